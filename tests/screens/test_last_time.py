"""Last time as it was drawn: what came back with both texts, what is due, what was promised, what was announced."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from screens.patience import Patience
from screens.problem import ProblemScreen
from screens.today import TodayScreen
from tests.screens.hospital import MONDAY, SUNDAY, WEDNESDAY, Drawn, screens_of
from tests.screens.pictures import IN_TOUCH, SIZES, assert_same, assert_same_at_each, settled
from tests.screens.walking import walking
from wsq_huddle.domain.problems import State
from wsq_huddle.services import actions, announcements, huddles, problems, steps

PENS = "Pens are blue now. Old ones back to the box by Friday."


@pytest.fixture
def hospital(drawn_mould: Drawn) -> Iterator[Drawn]:
    """The hospital of the drawings, with an answer that was corrected and an announcement."""
    made = drawn_mould.copy()
    made.put("16:31", WEDNESDAY)
    made.signed("cardiac", "S. Lind")
    problems.put_right(made["cardiac"], made.pumps, part="answer", text="two from 5 East")
    made.put("09:00", SUNDAY)
    announcements.publish(
        made["executive"], title="New insulin pen", text=PENS, begins=MONDAY, ends=MONDAY + timedelta(days=4)
    )
    made.put("07:16")
    for desk in made.desks.values():
        desk.sign_as("")
    yield made
    made.close()


KEYS = ["enter", *"Ana", "enter", "space", "space"]


async def test_it_looks_as_drawn(hospital: Drawn) -> None:
    app = screens_of(hospital["4-west"], plain=True)
    drawn = await assert_same(app, "last-time-drawn-ascii", keys=KEYS, link=IN_TOUCH)

    told = [
        " What came back, and what did we promise?",
        " ANSWERS",
        "   + IV pumps missing          Cardiac: two from 5 East",
        '     corrected Wed 16:31 by Cardiac; it first said "two from 5 East, Fri 10:00"',
        "   + Restock late              Cardiac:",
        "     Pharmacy: new run at 05:00 from today",
        " > v Night RN short            Executive: agency RN Thu-Sun",
        "     solved, they say.  Did it work?          y Yes, fixed     x Not fixed",
        " DUE TODAY",
        "   A Count the slings          Lee M.",
        "   A Bed alarm dead, bed 12    Ana R.: spare from store",
        " PROMISED TO US",
        "   A Second patient lift       R. Okafor, Executive: for Fri 27 Nov",
        " ANNOUNCEMENTS",
        "   . New insulin pen           Executive, Mon 30 Nov to Fri 4 Dec",
    ]
    assert all(line.isascii() for line in drawn)
    assert [line[: len(words)] for line, words in zip(drawn[3:], told, strict=False)] == told
    assert "2 of 6 done" in drawn[3]
    assert drawn[15].endswith("3 d over")
    assert drawn[22].startswith(" Space Said, next   Enter Open   y Yes, fixed   x Not fixed   n Note")


async def test_it_looks_as_it_did_at_each_size_and_without_colours(hospital: Drawn) -> None:
    app = screens_of(hospital["4-west"])
    drawn = await assert_same_at_each(app, "last-time-drawn", SIZES, keys=KEYS, mono=True, link=IN_TOUCH)

    for lines in drawn[1:]:
        assert f'     "{PENS}"' in lines
        assert any(line.endswith("of the 11 problems we raised since 1 Nov are fixed.") for line in lines)


async def test_one_key_reads_an_announcement_out_and_its_author_sees_in_how_many_units(hospital: Drawn) -> None:
    async with walking(hospital) as walk:
        await walk.press("enter", "enter", "end")
        assert walk.line("New insulin pen").startswith(" > ")
        assert f'"{PENS}"' in walk.text
        assert "Space Said, next" in walk.lines[22]
        await walk.press("space", "left", "end")
        read = walk.line("New insulin pen")
    hospital.deliver()
    async with walking(hospital, key="executive") as walk:
        above = walk.line("New insulin pen")

        assert read.endswith("read out")
        assert above.endswith("read in 1 of 3 units")


async def test_with_more_than_six_answers_they_scroll_under_a_heading_that_counts(hospital: Drawn) -> None:
    for number in range(12):
        subject = hospital.asked(f"Number {number}", "it", "help")
        problems.give_back(hospital["cardiac"], subject, answer=f"answer {number}")
    hospital.deliver()
    async with walking(hospital) as walk:
        await walk.press("enter", "enter")
        first = walk.lines[4]
        await walk.press(*["down"] * 13)
        last = walk.lines[4]
        await walk.press("end")
        due = walk.text

        assert (first.split(), last.split()) == (["ANSWERS", "1", "of", "15"], ["ANSWERS", "14", "of", "15"])
        assert "ANSWERS" not in due


async def test_what_is_read_out_is_told_to_who_gave_the_answer(hospital: Drawn) -> None:
    async with walking(hospital) as walk:
        await walk.press("enter", "enter", "space")
    hospital.deliver()
    async with walking(hospital, key="cardiac", size=(80, 40)) as walk:
        walk.app.push_screen(ProblemScreen(hospital.pumps))
        await settled(walk.pilot)
        await settled(walk.pilot)

        assert "4 West: read out 07:16" in walk.text
        assert 'it first said "two from 5 East, Fri 10:00"' in " ".join(walk.text.split())


async def test_it_worked_is_said_with_one_key_and_who_solved_it_hears_of_it_in_ten_seconds(hospital: Drawn) -> None:
    async with walking(hospital, patience=Patience(600, 300)) as walk:
        await walk.press("enter", "enter", "down", "down", "y")
        told, line, after = walk.lines[21], walk.line("Night RN short"), walk.lines
        meanwhile = problems.read(hospital["4-west"], hospital.nights).state
        await walk.press("u")
        asks = walk.line("What did we learn?")
        await walk.press("escape", "y", "up", "enter")

        assert told == " Executive gets it in 600 s, u takes it back"
        assert line.endswith("leaves in 600 s")
        assert next(line for line in after if line.startswith(" > ")).startswith(" > ▲ ")
        assert meanwhile is State.RESOLVED
        assert asks
        assert problems.read(hospital["4-west"], hospital.nights).state is State.CLOSED


async def test_what_was_solved_here_asks_what_was_learned_because_nothing_leaves_that_could_be_taken_back(
    hospital: Drawn,
) -> None:
    west = hospital["4-west"]
    subject = problems.raise_at(west, title="Ice machine leaks").id
    problems.resolve(west, subject, remedy="new seal")
    hospital.put("07:40")
    async with walking(hospital) as walk:
        await walk.press("enter", "enter")
        walk.app.screen.lines.choose(subject)  # type: ignore[attr-defined] # the huddle
        await walk.press("y")

        assert walk.line("What did we learn?")


async def test_what_is_due_and_not_done_is_put_on_another_day_or_dropped(hospital: Drawn) -> None:
    west = hospital["4-west"]
    (slings,) = actions.listed(west)
    async with walking(hospital) as walk:
        await walk.press("enter", "enter", *["down"] * 3)
        keys = walk.lines[22]
        await walk.press("p")
        await walk.type("fri")
        await walk.press("enter")
        moved = actions.read(west, slings.id)

        assert keys.startswith(" Space Done, next   p Another day   d No longer needed")
        assert moved.due == MONDAY + timedelta(days=4)
        assert walk.line("Count the slings").startswith("   √ Count the slings")
        assert walk.line("Count the slings").endswith("due Fri 4")
        assert walk.lines[3].endswith("1 of 6 done"), "the count of the step does not change by answering"
    actions.move(west, slings.id, due=MONDAY)
    async with walking(hospital) as walk:
        await walk.press("enter", "home", *["down"] * 3, "d")
        await walk.type("we have new ones")
        await walk.press("enter")

        assert actions.read(west, slings.id).why == "we have new ones"
        assert walk.line("Count the slings").endswith("not needed")
        assert walk.lines[3].endswith("1 of 6 done")


async def test_what_was_not_fixed_stays_in_its_place_as_done_so_that_the_count_does_not_change(hospital: Drawn) -> None:
    async with walking(hospital) as walk:
        await walk.press("enter", "enter", "down", "down")
        before = [line[5:20] for line in walk.lines if line[3:4] in {"↓", "√", "▲", "○"}]
        await walk.press("x")
        await walk.type("short again")
        await walk.press("enter")
        after = [line[5:20] for line in walk.lines if line[3:4] in {"↓", "√", "▲", "○"}]

        assert walk.line("Night RN short").startswith("   √ Night RN short            not fixed: short again")
        assert walk.line("Night RN short").endswith("open again")
        assert walk.lines[3].endswith("1 of 6 done")
        assert after == before
    west = hospital["4-west"]
    looked = steps.look(west, huddles.sitting(west)).last_time

    assert (looked.done, looked.count) == (1, 6)
    assert [one.not_fixed for one in looked.answers] == [False, False, True]


async def test_another_plan_for_what_is_due_leaves_its_line_where_it_stood(hospital: Drawn) -> None:
    async with walking(hospital) as walk:
        await walk.press("enter", "enter", *["down"] * 4, "p")
        await walk.type("new alarm")
        await walk.press("enter", "enter")
        await walk.type("fri")
        await walk.press("enter", "enter")

        assert walk.line("Bed alarm dead").startswith("   √ Bed alarm dead, bed 12    ")
        assert ": new alarm" in walk.line("Bed alarm dead")
        assert walk.line("Bed alarm dead").endswith("due Fri 4")
        assert walk.lines[3].endswith("1 of 6 done")


async def test_the_plan_of_a_problem_that_is_due_is_opened_and_planned_anew(hospital: Drawn) -> None:
    async with walking(hospital) as walk:
        await walk.press("enter", "enter", *["down"] * 4)
        keys = walk.lines[22]
        await walk.press("p")
        form = walk.line("What will be done?")
        await walk.press("escape", "enter")

        assert keys.startswith(" Space Done, next   Enter Open   p Another plan   n Note")
        assert form
        assert isinstance(walk.app.screen, ProblemScreen)


async def test_from_all_commands_a_department_announces_and_takes_it_back_and_a_unit_does_not(hospital: Drawn) -> None:
    cardiac = hospital["cardiac"]
    async with walking(hospital, key="cardiac") as walk:
        assert isinstance(walk.app.screen, TodayScreen)
        titles = {command.title for command in walk.app.get_system_commands(walk.app.screen)}
        await walk.app.screen.run_action("announce")
        await settled(walk.pilot)
        await walk.type("Fire drill")
        await walk.press("enter", "enter", "enter")
        await walk.type("fri")
        await walk.press("enter")
        (drill,) = announcements.ours(cardiac, cardiac.tree())
        shown = walk.line("Fire drill")
        walk.app.screen.lines.choose(drill.announcement.id)
        await settled(walk.pilot)
        assert "d No longer needed" in walk.lines[22]
        await walk.press("d")
        await walk.type("put off")
        await walk.press("enter")

        assert "Announce to all below" in titles
        assert (drill.announcement.begins, drill.announcement.ends) == (MONDAY, MONDAY + timedelta(days=4))
        assert "read in 0 of 2 units" in shown
        assert announcements.ours(cardiac, cardiac.tree()) == ()
    async with walking(hospital) as walk:
        titles = {command.title for command in walk.app.get_system_commands(walk.app.screen)}

        assert "Announce to all below" not in titles


async def test_a_department_reads_what_its_units_said_at_the_end_and_the_executives_how_often(hospital: Drawn) -> None:
    west = hospital["4-west"]
    huddles.open_today(west)
    huddles.close(west, huddles.sitting(west), thanks="M. Ito saw the wrong pump label")
    hospital.put("08:10")
    async with walking(hospital, key="cardiac", size=(120, 40)) as walk:
        await walk.press("enter", "enter", "enter", *["right"] * 5)
        assert "SAID IN THE UNITS (1)" in walk.text
        assert '"M. Ito saw the wrong pump label"' in walk.text
    hospital.put("08:45")
    async with walking(hospital, key="executive", size=(120, 40)) as walk:
        await walk.press("enter", "enter", "enter", *["right"] * 5)

        assert "Ito" not in walk.text
        assert "SAID BELOW  thank you in 1 huddle" in walk.text
