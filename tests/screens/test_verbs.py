"""The forms of the verbs, key by key: what is asked, what Enter alone means, what is kept, what is refused."""

import threading
from collections.abc import Callable

import pytest

from screens.app import HuddleApp
from screens.form import KEPT_AFTER
from screens.problem import ProblemScreen
from screens.verbs.asking import VERBS, form_for, place_of
from screens.verbs.naming import fitting, node_named
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.walking import Walk, walking
from tests.services.hospital import ZONE
from wsq_huddle.domain.problems import Mode, Problem, State
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import drafts, problems

OTHERS = {"cardiac": "Cardiac Services", "cath": "Cath Lab", "biomed": "Biomed", "4-east": "4 East"}


async def opened(walk: Walk, subject: str) -> None:
    """Open a problem."""
    walk.app.push_screen(ProblemScreen(subject))
    await settled(walk.pilot)


def ours(hospital: Drawn, title: str = "Bed alarm dead") -> str:
    """Raise a problem at 4 West."""
    return problems.raise_at(hospital["4-west"], title=title, category="equipment").id


def of(hospital: Drawn, subject: str, key: str = "4-west") -> Problem:
    return problems.read(hospital[key], subject)


async def test_raising_costs_two_keys_besides_the_title_and_guesses_the_kind(quiet: Drawn) -> None:
    problems.raise_at(quiet["4-west"], title="Bed alarm silent", category="equipment")
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("bed alarm dead")
        await walk.pilot.pause(0.3)
        await settled(walk.pilot)
        asked = walk.text
        await walk.press("enter")
        (raised, _) = problems.listed(quiet["4-west"])

        assert "e Equipment" in asked
        assert (raised.title, raised.category, raised.urgency.value) == ("bed alarm dead", "equipment", "today")
        assert walk.lines[21] == ' Raised: "bed alarm dead"'


async def test_kind_and_urgency_change_with_tab_and_a_letter_and_are_not_guessed_over(quiet: Drawn) -> None:
    problems.raise_at(quiet["4-west"], title="Bed alarm silent", category="equipment")
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("bed alarm dead")
        await walk.press("tab", "t", "tab", "n")
        asked = walk.text
        await walk.press("enter")
        raised = next(one for one in problems.listed(quiet["4-west"]) if one.title == "bed alarm dead")

        assert "t Transport" in asked
        assert "Cardiac is told at once." in asked
        assert (raised.category, raised.urgency.value) == ("transport", "now")


@pytest.mark.parametrize("place", ["l", "c", "f1"])
async def test_a_problem_is_raised_over_any_screen_which_stays(quiet: Drawn, place: str) -> None:
    async with walking(quiet) as walk:
        await walk.press(place)
        before = walk.app.screen
        await walk.press("f2")
        await walk.type("over it")
        await walk.press("enter")

        assert walk.app.screen is before
        assert problems.listed(quiet["4-west"])[0].title == "over it"


async def test_a_title_alone_is_enough_and_none_is_not(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2", "enter")

        assert "What is wrong: this line cannot stay empty." in walk.lines[21]
        assert problems.listed(quiet["4-west"]) == []


async def test_help_is_asked_with_what_when_and_enter_alone(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        asked = walk.text
        await walk.type("two pumps")
        await walk.press("enter", "enter", "enter", "enter")
        told, ask = walk.lines[21], of(quiet, subject).ask

        assert "ASK CARDIAC FOR HELP: Bed alarm dead" in asked
        assert "Enter alone = 16:00" in asked
        assert ask is not None
        assert (ask.need, ask.mode) == ("two pumps", Mode.ACTION)
        assert ask.by is not None
        assert f"{ask.by.astimezone(ZONE):%d %H:%M}" == "30 16:00"
        assert told == " Cardiac gets it; it stays on our list until it is answered."


@pytest.mark.parametrize(("typed", "until"), [("10", "30 10:00"), ("10:30", "30 10:30"), ("noon", "30 12:00"),
                                              ("fri", "04 16:00"), ("2 dec", "02 16:00")])  # fmt: skip
async def test_by_when_is_typed_as_people_say_it(quiet: Drawn, typed: str, until: str) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        await walk.type("help")
        await walk.press("tab", "tab")
        await walk.type(typed)
        await walk.press("enter", "enter")
        ask = of(quiet, subject).ask

        assert ask is not None
        assert ask.by is not None
        assert f"{ask.by.astimezone(ZONE):%d %H:%M}" == until


async def test_only_to_know_needs_nothing_and_hands_nothing_over(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e", "tab", "tab", "tab", "t", "enter")
        problem = of(quiet, subject)

        assert problem.holder == "4-west"
        assert problem.escalation is not None
        assert problem.escalation.mode is Mode.AWARENESS


async def test_a_refusal_is_the_notice_and_every_typed_line_stays(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        await walk.type("two pumps")
        await walk.press("enter", "enter")
        await walk.type("whenever")
        await walk.press("enter", "enter")

        assert walk.lines[21].startswith(' "whenever" is no time')
        assert "two pumps" in walk.text
        assert "whenever" in walk.line("By when?")
        assert of(quiet, subject).holder == "4-west"


async def test_what_a_verb_was_told_is_kept_said_so_and_there_again(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("n")
        await walk.type("silent again")
        await walk.press("escape")
        told = walk.lines[21]
        await walk.press("n")

        assert told == ' Kept: "silent again"  n go on'
        assert "silent again" in walk.line("What should we know?")
        assert [one.place for one in drafts.kept(quiet["4-west"])] == [place_of("note", subject)]


async def test_a_draft_is_in_the_store_within_half_a_second_and_a_new_window_has_it(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.pilot.press(*"alarm")
        await walk.pilot.pause(KEPT_AFTER + 0.1)
        await settled(walk.pilot)
        (draft,) = drafts.kept(quiet["4-west"])
        assert '"alarm"' in draft.text
    async with walking(quiet) as walk:
        standing = walk.lines[21]
        await walk.press("f2")

        assert standing == ' Kept: "alarm"  F2 go on'
        assert "alarm" in walk.line("What is wrong?")
        await walk.press("enter")
        assert drafts.kept(quiet["4-west"]) == []


def kept_of(app: HuddleApp) -> str:
    return app.kept.of("raise").get("title", "")


async def test_a_draft_that_is_wiped_out_is_forgotten(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2", "a", "escape")
        kept = kept_of(walk.app)
        await walk.press("f2", "backspace", "escape")

        assert kept == "a"
        assert kept_of(walk.app) == ""
        assert drafts.kept(quiet["4-west"]) == []
        assert walk.lines[21] == ""


def acknowledged(problem: Problem) -> bool:
    return problem.acknowledged_at is not None


def back(problem: Problem) -> bool:
    return problem.holder == "4-west" and problem.answer is not None and problem.answer.text == "x y"


def solved(problem: Problem) -> bool:
    return problem.state is State.RESOLVED and problem.remedy == "x y"


def passed_up(problem: Problem) -> bool:
    return problem.holder == "executive"


def planned(problem: Problem) -> bool:
    return problem.what == "x y" and problem.owner == "Cardiac" and problem.due is not None


@pytest.mark.parametrize(
    ("keys", "happened"),
    [
        (("k",), acknowledged),
        (("t", "*", "enter"), back),
        (("s", "*", "enter"), solved),
        (("e", "*", "enter", "enter", "enter", "enter"), passed_up),
        (("p", "*", "enter", "enter", "enter", "enter"), planned),
    ],
)
async def test_each_key_of_the_holder_does_what_it_says(
    quiet: Drawn, keys: tuple[str, ...], happened: Callable[[Problem], bool]
) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    async with walking(quiet, "cardiac") as walk:
        await opened(walk, subject)
        for key in keys:
            await (walk.type("x y") if key == "*" else walk.press(key))

        assert happened(of(quiet, subject, "cardiac"))
        assert walk.lines[21].strip()


async def test_it_is_handed_to_a_place_named_by_a_few_letters(drawn: Drawn) -> None:
    subject = drawn.asked("Pump dead", "equipment", "a pump")
    async with walking(drawn, "cardiac") as walk:
        await opened(walk, subject)
        await walk.press("a")
        await walk.type("bio")
        shown = walk.text
        await walk.press("enter")
        await walk.type("mend it")
        await walk.press("enter", "enter")

        assert "Biomed" in shown
        assert of(drawn, subject, "cardiac").holder == "biomed"


@pytest.mark.parametrize(("key", "state"), [("y", State.CLOSED), ("x", State.OPEN)])
async def test_who_raised_it_says_whether_it_worked(quiet: Drawn, key: str, state: State) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    problems.resolve(quiet["cardiac"], subject, remedy="new pump")
    quiet.deliver()
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press(key)
        await walk.type("still dead")
        await walk.press("enter")

        assert of(quiet, subject).state is state


async def test_what_has_no_letter_is_among_all_commands_only_where_it_is_allowed(quiet: Drawn) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    async with walking(quiet) as walk:
        await opened(walk, subject)
        unit = {command.title for command in walk.app.get_system_commands(walk.app.screen)}
        await walk.app.screen.run_action("recall")
        await walk.type("we found one")
        await walk.press("enter")

        assert "Ask for the problem back" in unit
        assert "Take the problem over" not in unit
        assert "Send it back with an answer" not in unit
        assert of(quiet, subject).recall is not None
    async with walking(quiet, "executive") as walk:
        problems.raise_at(quiet["cardiac"], title="Beds", category="beds")
        quiet.deliver()
        (below,) = problems.listed(quiet["executive"])
        await opened(walk, below.id)
        titles = {command.title for command in walk.app.get_system_commands(walk.app.screen)}

        assert "Take the problem over" in titles


async def test_who_signs_is_asked_with_whom_for_above_the_unit_only(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f4")
        assert "For whom?" not in walk.text
    async with walking(quiet, "executive") as walk:
        await walk.press("f4", "ctrl+u")
        await walk.type("J. Cole")
        await walk.press("enter")
        await walk.type("R. Okafor")
        await walk.press("enter")

        assert quiet["executive"].author == "J. Cole for R. Okafor"
        assert walk.lines[21] == " J. Cole for R. Okafor signs from now on."


def test_places_are_found_by_name_word_and_key_and_what_is_not_clear_is_said() -> None:
    assert fitting("ca", OTHERS) == ["cardiac", "cath"]
    assert fitting("serv", OTHERS) == ["cardiac"]
    assert node_named("cath lab", OTHERS) == "cath"
    assert node_named("4 e", OTHERS) == "4-east"
    with pytest.raises(NotAllowed, match="Cardiac Services, Cath Lab: type a letter more"):
        node_named("ca", OTHERS)
    with pytest.raises(NotAllowed, match="no place that we know of"):
        node_named("zzz", OTHERS)


async def test_every_form_fits_at_80_columns_and_says_what_enter_does(quiet: Drawn) -> None:
    subject = quiet.asked("Suction gone in all rooms of the north side", "equipment", "a pump")
    async with walking(quiet, "cardiac") as walk:
        await opened(walk, subject)
        screen = walk.app.screen
        assert isinstance(screen, ProblemScreen)
        for verb in VERBS:
            screen.ask(form_for(verb, screen, of(quiet, subject, "cardiac"))) if VERBS[verb].asks else None
            await settled(walk.pilot)

            assert all(len(line) <= 80 for line in walk.lines), verb
            assert not VERBS[verb].asks or walk.lines[22].startswith(" Enter "), verb
            assert "more (^P)" not in walk.lines[22], verb
            screen.close_form()
            await settled(walk.pilot)


async def test_a_store_that_is_locked_makes_no_key_wait(quiet: Drawn) -> None:
    desk, locked, free = quiet["4-west"], threading.Event(), threading.Event()

    def hold() -> None:
        with desk.store.writing():
            locked.set()
            free.wait(20)

    app = screens_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        holder = threading.Thread(target=hold)
        holder.start()
        locked.wait(20)
        await pilot.press("f2", *"alarm", "enter", "f1")
        await pilot.pause(0.1)
        while_locked = "\n".join(picture(app))
        free.set()
        holder.join()
        await settled(pilot)

        assert "ON THIS SCREEN" in while_locked
        assert problems.listed(desk)[0].title == "alarm"
        app.end()
