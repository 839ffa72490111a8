"""Help of a unit: little is asked, what solved it before stands beside, and it can be asked for back."""

from datetime import timedelta

from screens.patience import Patience
from tests.screens.hospital import MONDAY, WEDNESDAY, Drawn
from tests.screens.walking import Walk, of, opened, ours, walking
from tests.services.hospital import at
from wsq_huddle.domain.problems import Mode
from wsq_huddle.services import huddles, problems


def short_before(hospital: Drawn) -> None:
    """Be short of a nurse once before, which the executives solved in five hours."""
    hospital.put("07:20", WEDNESDAY.replace(day=18))
    subject = hospital.asked("1 RN short until 19:00", "staff", "one RN")
    problems.escalate(hospital["cardiac"], subject, need="one RN")
    hospital.deliver()
    hospital.put("12:20", WEDNESDAY.replace(day=18))
    problems.resolve(hospital["executive"], subject, remedy="agency RN")
    hospital.deliver()
    problems.confirm(hospital["4-west"], subject)
    hospital.put("07:24")


HAPPENED = "   Happened before: Wed 18 Nov, 1 RN short until 19:00. Solved in 5 h: agency RN (Executive)"


def wide(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("   Happened before")]


async def to_help(walk: Walk, keys: int = 4) -> None:
    await walk.press("enter", "enter", *["right"] * keys)


async def test_what_solved_it_before_stands_in_one_line_of_the_form(quiet: Drawn) -> None:
    short_before(quiet)
    subject = ours(quiet, "2 RN short until 19:00")
    async with walking(quiet, size=(120, 40)) as walk:
        await opened(walk, subject)
        await walk.press("e")

        assert wide(walk.lines) == [HAPPENED]


async def test_on_a_small_screen_it_has_two_lines_and_nothing_below_moves(quiet: Drawn) -> None:
    short_before(quiet)
    subject = ours(quiet, "2 RN short until 19:00")
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        lines = walk.lines
        at_rule = next(at for at, line in enumerate(lines) if "ASK CARDIAC FOR HELP" in line)

        assert lines[at_rule + 6 : at_rule + 8] == [
            "   Happened before: Wed 18 Nov, 1 RN short until 19:00",
            "   Solved in 5 h: agency RN (Executive)",
        ]
        assert "stays here until it is answered." in lines[at_rule + 8]


async def test_without_anything_like_it_the_line_stays_free_and_nothing_jumps(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e")
        lines = walk.lines
        at_rule = next(at for at, line in enumerate(lines) if "ASK CARDIAC FOR HELP" in line)

        assert lines[at_rule + 4].startswith("   We want")
        assert lines[at_rule + 5 : at_rule + 8] == ["", "", ""]
        assert "stays here until it is answered." in lines[at_rule + 8]


async def test_tab_changes_what_we_want_and_enter_sends_it(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet) as walk:
        await opened(walk, subject)
        await walk.press("e", "tab", "tab", "tab", "tab")
        told = walk.line("We want")
        await walk.press("tab")
        back = walk.line("We want")
        await walk.press("tab", "enter")

        assert "( ) help    (x) them to know" in told
        assert "(x) help    ( ) them to know" in back
        assert "Tab changes" in told
        assert of(quiet, subject).escalation is not None
        assert of(quiet, subject).hops[-1].mode is Mode.AWARENESS


async def test_help_for_a_line_of_status_says_what_happened_before_too(busy: Drawn) -> None:
    short_before(busy)
    busy.put("07:21")
    west = busy["4-west"]
    one = busy.huddle("4-west", "Ana Ruiz", close=False)
    huddles.answer(west, one, "staff", "not-met", note="2 RN short until 19:00")
    async with walking(busy, size=(120, 40)) as walk:
        await walk.press("enter", *["right"] * 4)
        await walk.press("e")

        assert "ASK CARDIAC FOR HELP: 2 RN short until 19:00" in walk.text
        assert wide(walk.lines) == [HAPPENED]
        assert "Enter alone = 16:00" in walk.text


async def test_after_the_usual_hour_enter_alone_names_the_day_it_means(quiet: Drawn) -> None:
    west = quiet["4-west"]
    quiet.put("20:40")
    one = quiet.huddle("4-west", "Ana Ruiz", close=False)
    huddles.answer(west, one, "staff", "not-met", note="2 RN short")
    async with walking(quiet) as walk:
        await walk.press("enter")
        await walk.step("HELP")
        await walk.press("e")
        asked = walk.line("By when?")

        tomorrow = west.local(west.now()) + timedelta(days=1)
        assert f"Enter alone = {tomorrow:%a} {tomorrow.day} 16:00" in asked


async def test_a_name_in_the_huddles_words_is_told_of_while_closing_can_be_taken_back(quiet: Drawn) -> None:
    west = quiet["4-west"]
    quiet.put("07:15")
    one = quiet.huddle("4-west", "Ana Ruiz", close=False)
    huddles.answer(west, one, "staff", "not-met", note="Mr Miller needs a sitter")
    async with walking(quiet, patience=Patience(30, 30)) as walk:
        await walk.press("enter", *["right"] * 5, "end", "enter")

        assert walk.lines[21] == " Cardiac gets it in 30 s, u takes it back. May identify a patient."


async def test_an_event_raised_since_is_a_card_in_the_look_back(quiet: Drawn) -> None:
    west = quiet["4-west"]
    quiet.put("07:15", MONDAY.replace(day=29))
    quiet.huddle("4-west", "Ana Ruiz")
    quiet.put("09:40", MONDAY.replace(day=29))
    problems.raise_at(west, title="Fall at the bath", event="fall", reference="IR-7")
    quiet.put("07:15")
    quiet.huddle("4-west", "Ana Ruiz", close=False)
    async with walking(quiet) as walk:
        await walk.press("enter", "right", "g")
        before, keys = walk.line("Falls"), walk.lines[22]
        await walk.press("enter")
        card = walk.text
        await walk.type("night light")
        await walk.press("enter", "space", "enter", "enter", "enter", "enter")
        after = walk.line("Falls ")
    (answer,) = [one for one in huddles.sitting(west).huddle.answers if one.item == "4-west/fall"]  # type: ignore[union-attr]  # it is open

    assert "1 Falls" in before
    assert '"Fall at the bath"' in before
    assert keys.startswith(" Space As told, next")
    assert "How many?" not in card
    assert "IR-7" in card
    assert (answer.value, answer.cards[0].reference, answer.did) == ("1", "IR-7", ("night light",))
    assert after.endswith("looked into")
    assert answer.at is not None
    assert answer.at > at("07:15", MONDAY)


async def test_what_is_with_others_can_be_asked_for_again_and_asked_for_back_in_the_huddle(busy: Drawn) -> None:
    async with walking(busy) as walk:
        await to_help(walk)
        await walk.press("end")
        line, keys = walk.line("Discharge transport slow"), walk.lines[22]
        await walk.app.screen.run_action("recall")
        await walk.pilot.pause()
        form = walk.text
        await walk.type("we have our own crew")
        await walk.press("enter")
    transport = of(busy, busy.transport)

    assert line.endswith("5 d    n ask again")
    assert keys.startswith(" n Ask again   < > Step")
    assert "ASK FOR IT BACK: Discharge transport slow" in form
    assert transport.recall is not None
    assert transport.recall.why == "we have our own crew"


async def test_a_problem_that_was_handed_over_in_this_huddle_offers_no_plan_here(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("enter", "enter")
        subject = ours(quiet)
        await walk.press(*["right"] * 3)
        before = walk.lines[22]
        problems.escalate(quiet["4-west"], subject, need="a bed")
        await walk.press("left", "right")

        assert before.startswith(" Space We watch it, next   p Plan   e Ask for help")
        assert "help asked" in walk.line("Bed alarm dead")
        assert walk.lines[22].startswith(" n Ask again   < > Step")
        assert walk.app.screen.check_action("recall", ()) is True
