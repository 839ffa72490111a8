"""The list: drawn as designed, moved with keys and mouse, quick with thousands of lines."""

import time

from screens.drawn import Pen, changed_part
from screens.line import STANDARD, Said, drawn, fact, heading, item, row, rule
from screens.lines import Lines
from screens.marks import Mark, Tone
from tests.screens.demo import TODAY, ProblemsScreen, cardboard, hostile_lines
from tests.screens.pictures import picture, settled

PLAIN = Pen(80, "dark", plain=True)


def test_a_line_is_drawn_in_the_columns_of_the_design() -> None:
    line = item("iv", Mark.DOWN, "IV pumps missing", "Cardiac: two from 5 East, Fri 10:00", "Wed 16:10")

    assert drawn(line, PLAIN).text == (
        "   v IV pumps missing          Cardiac: two from 5 East, Fri 10:00    Wed 16:10 "
    )
    assert drawn(line, PLAIN, chosen=True).text.startswith(" > v IV pumps")


def test_words_flow_over_empty_cells_and_the_answer_up_to_the_time() -> None:
    long = item("x", Mark.UNKNOWN, "5 North, 5 East, Tele 6 and all of the others", "", "ring 4452")
    wide = item("y", Mark.UP, "2 RN short until 19:00", "from Status", "p plan  e ask for help")

    assert drawn(long, PLAIN).text == "   ? 5 North, 5 East, Tele 6 and all of the others                    ring 4452 "
    assert drawn(wide, PLAIN).text.rstrip().endswith("from Status               p plan  e ask for help")


def test_a_long_title_stands_whole_where_there_is_room_beside_it() -> None:
    line = item("x", Mark.NOT_MET, "Falls bundle: target not met", "from Status", "p plan  e ask for help")
    fuller = item("y", Mark.UP, "Discharge transport slow all day", "with Cardiac, seen Wed 08:04", "5 d")

    assert drawn(line, PLAIN).text == "   R Falls bundle: target not met  from Status           p plan  e ask for help "
    assert drawn(fuller, PLAIN).text == (
        "   ^ Discharge transport slow all day  with Cardiac, seen Wed 08:04   5 d       "
    )


def test_a_long_title_takes_what_is_free_and_what_stands_beside_it_stays_whole() -> None:
    line = item(
        "x", Mark.UP, "Discharge transport slow for a week now", "with Cardiac, seen Wed 08:04", "5 d  n ask again"
    )

    assert drawn(line, PLAIN).text == (
        "   ^ Discharge transport slo.. with Cardiac, seen Wed 08:04    5 d  n ask again "
    )
    assert "slow for a week now  with Cardiac" in drawn(line, Pen(120, "dark", plain=True)).text


def test_what_does_not_fit_ends_with_dots_before_the_next_column() -> None:
    line = item("x", Mark.UP, "A problem with a very long title", "Cardiac: two from 5 East, Fri 10:00", "5 d")

    assert drawn(line, PLAIN).text.startswith("   ^ A problem with a very l.. Cardiac")


def test_every_line_is_as_wide_as_the_screen_and_content_stays_at_120() -> None:
    for line in (*TODAY, *hostile_lines(), heading("A", "b", "c"), rule("t" * 200, "r"), fact("tried", "x")):
        for width in (80, 100, 120, 200):
            strip = drawn(line, Pen(width, "dark", plain=False), chosen=bool(line.id))

            assert strip.cell_length == width
            assert len(strip.text.rstrip()) <= 1200
            assert not strip.crop(120, width).text.strip()


def test_a_row_has_columns_and_tones_of_its_own() -> None:
    strip = drawn(row("r", (Mark.NOT_MET, Said("Falls", Tone.STRONG), "2", ""), STANDARD), PLAIN)

    assert [(part.text, part.style == PLAIN.styles[Tone.NOT_MET]) for part in strip][1] == ("R", True)


def test_only_the_part_of_a_line_that_differs_is_sent() -> None:
    old = PLAIN.strip([("4 West ", Tone.HEADING), ("07:08", Tone.TEXT), (" in touch", Tone.MUTED)])
    new = PLAIN.strip([("4 West ", Tone.HEADING), ("07:09", Tone.TEXT), (" in touch", Tone.MUTED)])

    assert (changed_part(3, old, new).x, changed_part(3, old, new).width, changed_part(3, old, new).y) == (7, 5, 3)


async def test_keys_move_the_choice_over_what_can_be_chosen() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        chosen = []
        for key in ("down", "end", "up", "home", "pagedown", "pageup", "up"):
            await pilot.press(key)
            chosen.append(app.screen.query_one(Lines).chosen)

        assert chosen == ["iv", "lift", "transport", "start", "lift", "start", "start"]


async def test_a_click_chooses_and_a_second_one_opens() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click(Lines, offset=(20, 5))
        await pilot.click(Lines, offset=(20, 5))
        await pilot.click(Lines, offset=(20, 3))
        await settled(pilot)

        assert app.screen.query_one(Lines).chosen == "rn"
        assert getattr(app.screen, "pressed", None) == ["rn"]


async def test_what_does_not_fit_is_counted_and_the_chosen_line_stays_in_sight() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        first = picture(app)
        await pilot.press("end")
        await settled(pilot)

        assert "4984 below" in first[18]
        assert any(line.startswith(" > ▲ Problem 4999") for line in picture(app))


async def test_the_chosen_line_stays_chosen_when_others_come_and_go() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = app.screen.query_one(Lines)
        lines.choose("rn")
        lines.put([line for line in TODAY if line.id != "iv"])
        kept = lines.chosen
        lines.put([line for line in TODAY if line.id not in {"iv", "rn"}])

        assert (kept, lines.chosen) == ("rn", "restock")


async def test_a_key_in_5000_lines_takes_less_than_10_ms_of_work() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("l")
        await settled(pilot)
        assert isinstance(app.screen, ProblemsScreen)
        lines, times = app.screen.lines, []
        for _ in range(21):
            began = time.process_time()
            lines.action_page_down()
            times.append(time.process_time() - began)

        assert len(lines.lines) == 5_000
        assert sorted(times)[10] < 0.010
