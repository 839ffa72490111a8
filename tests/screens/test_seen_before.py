"""While somebody types what is wrong: the same one that is open, what solved another; several lines that are kept."""

from textual.pilot import Pilot

from tests.screens.hospital import MONDAY, Drawn
from tests.screens.pictures import settled
from tests.screens.walking import Walk, walking
from tests.services.hospital import at
from wsq_huddle.domain.problems import Mode, Urgency
from wsq_huddle.services import huddles, problems

FORM, TITLE, SEEN, BEHIND, NOTICE, KEYS = 16, 17, 19, 20, 21, 22


async def looked_up(pilot: Pilot[None]) -> None:
    """Wait until it is quiet for long enough, and what is known stands."""
    await pilot.pause(0.25)
    await settled(pilot)


async def typed(walk: Walk, words: str) -> None:
    await walk.type(words)
    await looked_up(walk.pilot)


def night_call(hospital: Drawn) -> str:
    """Raise a call that was mended in five minutes, weeks ago."""
    desk = hospital["4-west"]
    hospital.put("07:00", MONDAY.replace(day=3))
    subject = problems.raise_at(desk, title="Alarm dead, bath", category="equipment").id
    hospital.put("07:05", MONDAY.replace(day=3))
    problems.resolve(desk, subject, remedy="reset at the wall box")
    problems.confirm(desk, subject)
    hospital.put("07:22")
    return subject


async def test_the_same_one_and_what_solved_another_stand_below_and_the_form_never_jumps(busy: Drawn) -> None:
    night_call(busy)
    async with walking(busy) as walk:
        await walk.press("f2")
        empty = walk.lines
        await typed(walk, "Bed alarm dead again")
        shown = walk.lines

        assert shown[SEEN].startswith("   Seen before     Bed alarm dead, bed 12: ours, Ana R.")
        assert shown[SEEN].endswith("Down Enter: same one")
        assert shown[BEHIND] == "                   Alarm dead, bath, Tue 3: reset at the wall box, 5 min"
        assert shown[:TITLE] == empty[:TITLE]
        assert shown[FORM].startswith("── RAISE A PROBLEM ──")


async def test_down_and_enter_note_that_it_is_the_same_one_and_raise_no_double(busy: Drawn) -> None:
    desk = busy["4-west"]
    before = len(problems.listed(desk))
    async with walking(busy) as walk:
        await walk.press("f2")
        await typed(walk, "Bed alarm dead again")
        await walk.press("down")
        chosen = walk.lines
        await walk.press("enter")
        told = walk.lines[NOTICE]
    notes = [line.data["text"] for line in problems.story_of(desk, busy.bed) if line.kind == "problem.noted"]

    assert chosen[SEEN].startswith(" > Seen before")
    assert chosen[KEYS].startswith(" Enter Same one   Esc Back")
    assert notes == ["Same one, again: Bed alarm dead again"]
    assert len(problems.listed(desk)) == before
    assert told == ' The same one again: noted on "Bed alarm dead, bed 12"'


async def test_escape_on_the_same_one_goes_back_to_the_title_and_enter_raises_it(busy: Drawn) -> None:
    desk = busy["4-west"]
    async with walking(busy) as walk:
        await walk.press("f2")
        await typed(walk, "Bed alarm dead")
        await walk.press("down", "escape")
        await walk.type(", bed 7")
        await walk.press("enter")

    assert problems.listed(desk)[0].title == "Bed alarm dead, bed 7"


async def test_a_new_problem_has_nothing_below_and_down_goes_to_the_next_line(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await typed(walk, "Something unheard of")
        before = walk.lines
        await walk.press("down")

        assert walk.lines[:22] == before[:22], "nothing moves"
        assert "Space Change" in walk.lines[22], "it stands at the choice of kinds"
        assert before[SEEN] == before[BEHIND] == ""


async def test_f2_again_goes_to_the_other_line_that_is_kept_then_to_a_new_one_and_back(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("first")
        await walk.press("f2")
        empty = walk.line("What is wrong?")
        await walk.type("second")
        shown = walk.lines
        await walk.press("f2")
        first, keys = walk.line("What is wrong?"), walk.lines[KEYS]
        await walk.press("f2")
        third = walk.line("What is wrong?")
        await walk.press("f2")
        second = walk.line("What is wrong?")
        await walk.press("escape")
        standing = walk.lines[NOTICE]
        await walk.press("f2", "enter", "f2")
        left = walk.line("What is wrong?")
        await walk.press("enter")

        assert empty.split("?")[1].strip() == ""
        assert shown[FORM].endswith(" 1 other line is kept ───")
        assert shown[KEYS].endswith("F2 The other kept line")
        assert "F2" not in shown[KEYS + 1]
        assert ("first" in first, "second" in second) == (True, True)
        assert keys.endswith("F2 A new line")
        assert third.split("?")[1].strip() == ""
        assert standing == ' Kept: "second"  F2 go on'
        assert "first" in left
        assert [one.title for one in problems.listed(quiet["4-west"])] == ["first", "second"]


async def test_f2_over_an_empty_line_stays(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        before = walk.lines
        await walk.press("f2")

        assert walk.lines == before


async def test_a_safety_event_asks_which_and_goes_up_to_know_by_itself(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("Slipped at the bath")
        await walk.press("tab", "y", "tab", "f")
        asked = walk.lines
        await walk.press("enter")
        told = walk.lines[NOTICE]
    (fall,) = problems.listed(quiet["4-west"])

    assert asked[TITLE + 1].startswith("   Which           y safety event    Falls")
    assert asked[BEHIND - 1].strip() == "Cardiac gets to know."
    assert (fall.category, fall.about, fall.urgency) == ("safety", "4-west/fall", Urgency.TODAY)
    assert [(hop.to, hop.mode) for hop in fall.hops] == [("cardiac", Mode.AWARENESS)]
    assert told == ' Raised: "Slipped at the bath" Cardiac gets to know.'


async def test_a_title_that_names_the_event_needs_no_key_for_which(quiet: Drawn) -> None:
    problems.raise_at(quiet["4-west"], title="Fall at the door", event="fall")
    async with walking(quiet) as walk:
        await walk.press("f2")
        await typed(walk, "Fall at the bath")
        asked = walk.line("Which")
        await walk.press("enter")

    assert "y safety event    Falls" in asked
    assert {one.about for one in problems.listed(quiet["4-west"])} == {"4-west/fall"}


async def test_what_is_raised_after_the_huddle_goes_up_by_itself(quiet: Drawn) -> None:
    desk = quiet["4-west"]
    quiet.put("07:15")
    quiet.huddle("4-west", "Ana Ruiz")
    quiet.put("09:10")
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("Lift stuck")
        await walk.press("enter")
        told = walk.lines[NOTICE]
    (raised,) = problems.listed(desk)

    assert told == ' Raised: "Lift stuck" Cardiac gets to know.'
    assert [hop.mode for hop in raised.hops] == [Mode.AWARENESS]
    assert raised.raised_at > at("09:10", MONDAY)
    assert huddles.sitting(desk).state.value == "closed"


async def test_before_the_huddle_it_goes_nowhere_by_itself(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("Lift stuck")
        await walk.press("enter")
    (raised,) = problems.listed(quiet["4-west"])

    assert raised.hops == ()
