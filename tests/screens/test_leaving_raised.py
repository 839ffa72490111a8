"""What is raised and goes up by itself waits, too: a safety event, what is needed now, what comes after the huddle."""

import asyncio

from screens.patience import Patience
from screens.verbs.raised import named_in
from tests.screens.hospital import Drawn
from tests.screens.pictures import settled
from tests.screens.test_leaving import LONG, until
from tests.screens.walking import opened, walking
from wsq_huddle.domain.problems import Problem, State, Urgency
from wsq_huddle.services import drafts, huddles, problems, sites

NOTICE, KEYS = 21, 22
SHORT = Patience(4, 2)


def raised(hospital: Drawn, key: str = "4-west") -> list[Problem]:
    return list(problems.listed(hospital[key]))


async def test_a_safety_event_waits_and_u_opens_it_with_its_words(quiet: Drawn) -> None:
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("f2")
        await walk.type("Fall in the bath")
        await walk.press("tab", "y", "enter")
        told, keys, meanwhile = walk.lines[NOTICE], walk.lines[KEYS], raised(quiet)
        kept = {one.place for one in drafts.kept(quiet["4-west"])}
        await walk.press("u")
        form = walk.text
        await walk.press("escape")

        assert told == " Cardiac gets it in 600 s, u takes it back"
        assert "u Undo" in keys
        assert meanwhile == []
        assert kept == {"raise", "leaving/raise"}
        assert "Fall in the bath" in form
        assert "y safety event    Falls" in form
        assert raised(quiet) == []
        assert walk.lines[NOTICE] == ' Kept: "Fall in the bath"  F2 go on'


async def test_it_goes_by_itself_and_what_is_needed_now_waits_less(quiet: Drawn) -> None:
    async with walking(quiet, patience=SHORT) as walk:
        await walk.press("f2")
        await walk.type("Oxygen is out")
        await walk.press("tab", "tab", "n", "enter")
        told = walk.lines[NOTICE]
        await until(lambda: bool(raised(quiet)))
        await settled(walk.pilot)
        (one,) = raised(quiet)

        assert told == " Cardiac gets it in 2 s, u takes it back"
        assert (one.urgency, [alert.to for alert in one.alerts]) == (Urgency.NOW, ["cardiac"])
        assert walk.lines[NOTICE] == ' Raised: "Oxygen is out"'
        assert drafts.kept(quiet["4-west"]) == []


async def test_after_the_huddle_any_other_waits_too_and_enter_sends_it_now(quiet: Drawn) -> None:
    desk = quiet["4-west"]
    huddles.open_today(desk)
    huddles.close(desk, huddles.sitting(desk))
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("f2")
        await walk.type("Linen short")
        await walk.press("enter")
        told = walk.lines[NOTICE]
        await walk.press("enter")
        (one,) = raised(quiet)

        assert told == " Cardiac gets it in 600 s, u takes it back"
        assert [hop.to for hop in one.hops] == ["cardiac"]


async def test_one_that_stays_here_waits_for_nothing(quiet: Drawn) -> None:
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("f2")
        await walk.type("Printer jams")
        await walk.press("enter")

        assert [one.title for one in raised(quiet)] == ["Printer jams"]
        assert walk.lines[NOTICE] == ' Raised: "Printer jams"'


async def test_while_one_waits_f2_begins_a_new_line(quiet: Drawn) -> None:
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("f2")
        await walk.type("Fall in the bath")
        await walk.press("tab", "y", "enter", "f2")
        form = walk.line("What is wrong?")
        await walk.type("Printer jams")
        await walk.press("enter", "down")

        assert form.split("?")[1].strip() == ""
        assert [one.title for one in raised(quiet)] == ["Printer jams"]
        assert "Cardiac gets it in 600 s, u takes it back" in walk.lines[NOTICE]


async def test_who_signs_later_does_not_sign_for_it(quiet: Drawn) -> None:
    async with walking(quiet, patience=LONG) as walk:
        await walk.press("f4")
        await walk.type("Ana R.")
        await walk.press("enter", "f2")
        await walk.type("Fall in the bath")
        await walk.press("tab", "y", "enter", "f4")
        await walk.press(*["backspace"] * 6)
        await walk.type("Ben K.")
        await walk.press("enter")
        await walk.app.leaving.send_all()
        await asyncio.sleep(0)

        assert [one.raised_by for one in raised(quiet)] == ["Ana R."]


async def test_no_longer_needed_not_fixed_and_fixed_wait_where_others_have_it_on_their_way(quiet: Drawn) -> None:
    west, alone = quiet["4-west"], problems.raise_at(quiet["4-west"], title="Printer jams")
    shared = quiet.asked("Linen short", "supplies", "ten sheets")
    problems.give_back(quiet["cardiac"], shared, answer="tomorrow")
    quiet.deliver()
    async with walking(quiet, patience=LONG) as walk:
        for subject in (alone.id, shared):
            await opened(walk, subject)
            await walk.press("d")
            await walk.type("we have some")
            await walk.press("enter")
            told = walk.lines[NOTICE]
        await walk.press("u")

        assert problems.read(west, alone.id).state is State.WITHDRAWN
        assert told == " Cardiac gets it in 600 s, u takes it back"
        assert problems.read(west, shared).state is State.OPEN
        assert "we have some" in walk.line("Why not?")


def test_who_fell_is_a_fall_and_what_did_not_is_none(quiet: Drawn) -> None:
    site = sites.read(quiet["4-west"])

    assert named_in(site, "Patient fell in the bath") == "Falls"
    assert not named_in(site, "Fan is off")
