"""What waits before it leaves, verb by verb: in the roll call, in the steps of the huddle, and its close."""

from collections.abc import Awaitable, Callable

import pytest

from screens.huddle.needs import NeedsScreen
from screens.patience import Patience
from screens.problem import ProblemScreen
from tests.screens.hospital import MONDAY, Drawn
from tests.screens.pictures import settled
from tests.screens.walking import Walk, walking
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.problems import Problem
from wsq_huddle.domain.problems import State as Stands
from wsq_huddle.services import drafts, huddles, problems
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import open_store

LONG = Patience(600, 300)
NOTICE = 21


def of(hospital: Drawn, subject: str, key: str = "4-west") -> Problem:
    return problems.read(hospital[key], subject)


async def solve(walk: Walk) -> None:
    await walk.press("s")
    await walk.type("new pump")
    await walk.press("enter")


async def send_back(walk: Walk) -> None:
    await walk.press("t")
    await walk.type("ask again")
    await walk.press("enter")


async def pass_up(walk: Walk) -> None:
    await walk.press("e")
    await walk.type("rent one")
    await walk.press("enter", "enter", "enter", "enter")


async def hand_over(walk: Walk) -> None:
    await walk.press("a")
    await walk.type("bio")
    await walk.press("enter")
    await walk.type("mend it")
    await walk.press("enter", "enter")


@pytest.mark.parametrize(
    ("use", "to"), [(solve, "4 West"), (send_back, "4 West"), (pass_up, "Executive"), (hand_over, "Biomed")]
)
async def test_each_verb_that_hands_over_waits_in_the_roll_call_and_says_who_gets_it(
    drawn: Drawn, use: Callable[[Walk], Awaitable[None]], to: str
) -> None:
    subject = drawn.asked(f"Suction gone {to} {use.__name__}", "equipment", "a pump")
    async with walking(drawn, "cardiac", patience=LONG) as walk:
        walk.app.push_screen(NeedsScreen("4-west", MONDAY))
        await settled(walk.pilot)
        walk.app.screen.lines.choose(subject)  # type: ignore[attr-defined] # the needs of 4 West
        await settled(walk.pilot)
        await use(walk)
        told, line = walk.lines[NOTICE], walk.line("Suction gone")
        before = of(drawn, subject, "cardiac")
        await walk.press("enter")
        after = of(drawn, subject, "cardiac")

        assert told == f" {to} gets it in 600 s, u takes it back"
        assert "leaves in 600 s" in line
        assert before.holder == "cardiac"
        assert after.holder != "cardiac"
        assert not walk.app.leaving.takes_back


async def test_closing_waits_and_is_taken_back_with_a_key(quiet: Drawn) -> None:
    desk = quiet["4-west"]
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("enter", "enter", *["right"] * 5, "end", "enter")
        told, line = walk.lines[NOTICE], walk.line("[ Close the huddle ]")
        await walk.press("u")
        back, state = walk.lines[NOTICE], huddles.sitting(desk).state
        await walk.press("enter", "enter")

        assert told == " Cardiac gets it in 600 s, u takes it back"
        assert "leaves in 600 s" in line
        assert back == " Taken back: the huddle is open."
        assert state is State.OPEN
        assert huddles.sitting(desk).state is State.CLOSED
        assert [one.place for one in drafts.kept(desk) if not one.place.endswith("/at")] == []


async def test_what_others_were_faster_with_is_refused_at_once_and_never_waits(quiet: Drawn) -> None:
    desk = quiet["4-west"]
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("enter", "enter", *["right"] * 5, "end")
        # Another window over the same store, of which this one has not heard yet.
        other = Desk(open_store(desk.store.place, desk.node, clock=quiet.clock), desk.settings)
        huddles.close(other, huddles.sitting(other))
        await walk.press("enter")

        assert not walk.app.leaving.takes_back
        assert walk.lines[NOTICE] == " This huddle is closed already."
        assert [one.place for one in drafts.kept(desk) if not one.place.endswith("/at")] == []


async def test_help_for_a_line_of_the_agenda_waits_and_its_form_opens_over_another_step(quiet: Drawn) -> None:
    desk = quiet["4-west"]
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("enter", "enter", *["left"] * 5, "right", "right", "down", "enter")
        await walk.type("two short")
        await walk.press("enter", "right", "right", "e")
        asks = walk.text
        await walk.type("two RN")
        await walk.press("enter", "enter", "enter", "enter")
        line = walk.line("two short")
        await walk.press("left", "u")
        form = walk.line("What do we need?")
        raised = problems.listed(desk)
        await walk.press("enter", "enter", "enter", "enter", "enter")

        assert "It leaves 600 s after Enter (u takes it back)" in asks
        assert "leaves in 600 s" in line
        assert "two RN" in form
        assert raised == []
        assert [(one.title, one.holder) for one in problems.listed(desk)] == [("two short", "cardiac")]


async def test_space_on_what_is_due_solves_a_problem_of_others_in_some_seconds_and_enter_elsewhere_does_not_hurry_it(
    quiet: Drawn,
) -> None:
    subject, other = quiet.asked("Suction gone", "equipment", "a pump"), quiet.asked("Bed gone", "beds", "a bed")
    cardiac = quiet["cardiac"]
    for one in (subject, other):
        problems.plan(cardiac, one, what="from store", owner="S. Lind", due=MONDAY)
    async with walking(quiet, "cardiac", patience=LONG) as walk:
        await walk.press("enter", "enter", "enter", *["left"] * 5, "home", "space")
        told, line = walk.lines[NOTICE], walk.line("leaves in 600 s")
        await walk.press("enter")
        still = walk.lines[NOTICE]
        await walk.press("escape", "u")
        back, stands = walk.lines[NOTICE], {of(quiet, one, "cardiac").state for one in (subject, other)}
        await walk.press("home", "space", "home", "enter")

        assert told == " 4 West gets it in 600 s, u takes it back"
        assert "gone" in line
        assert still == told
        assert back == " Taken back: it is not done."
        assert stands == {Stands.OPEN}
        assert Stands.RESOLVED in {of(quiet, one, "cardiac").state for one in (subject, other)}


async def test_what_was_done_with_a_key_and_not_sent_leads_to_its_problem(quiet: Drawn) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    mark = f"leaving/problem/{subject}/done"
    drafts.keep(quiet["cardiac"], mark, '{"to": "4 West", "words": "from store"}')
    async with walking(quiet, "cardiac", patience=LONG) as walk:
        standing = walk.lines[NOTICE]
        await walk.press("u")

        assert standing == ' Not sent to 4 West: "from store"  u go on'
        assert isinstance(walk.app.screen, ProblemScreen)
        assert drafts.kept(quiet["cardiac"]) == []
