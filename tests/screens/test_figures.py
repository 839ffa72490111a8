"""The screen of the figures, and the page for the whiteboard: each line is explained, and nothing is a reproach."""

from datetime import date

import pytest

from screens.figures import FiguresScreen, lines, month, share, span
from screens.marks import Tone
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import assert_same, picture, settled
from wsq_huddle.domain.figures import MEANINGS
from wsq_huddle.services import figures


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_figures_look_as_they_did(drawn: Drawn, size: tuple[int, int]) -> None:
    app = screens_of(drawn["4-west"])
    told = await assert_same(app, f"figures-{size[0]}x{size[1]}", size=size, keys=("end", "enter", "down", "down"))

    assert all(len(line) <= size[0] for line in told)


async def test_the_last_line_of_today_opens_them_and_left_goes_to_the_month_before(drawn: Drawn) -> None:
    app = screens_of(drawn["4-west"])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("end", "enter")
        await settled(pilot)
        first = "\n".join(picture(app))
        await pilot.press("left")
        await settled(pilot)
        before = "\n".join(picture(app))
        await pilot.press("right", "right")
        await settled(pilot)

        assert isinstance(app.screen, FiguresScreen)
        assert "1 Nov to 30 Nov 2026" in first
        assert "It does not say" in first
        assert "1 Oct to 31 Oct 2026" in before
        assert "Until solved                none yet" in before
        assert "This is the month we are in." in "\n".join(picture(app))
        await pilot.press("escape")
        await settled(pilot)
        assert not isinstance(app.screen, FiguresScreen)


def test_every_figure_but_the_number_planned_has_a_line_of_its_own(drawn: Drawn) -> None:
    found = figures.between(drawn["cardiac"], date(2026, 11, 1), date(2026, 11, 30))
    shown = {line.id for line in lines(found, str.upper)} - {""}

    assert {one.name for one in MEANINGS} - shown <= {"huddles.planned", "silent", "escalates_everything"}
    assert not any(isinstance(cell, Tone) for line in lines(found, str.upper) for cell in line.cells)


def test_a_share_of_nothing_and_a_time_of_nothing_are_none_yet() -> None:
    assert share(0, 0) == span(None) == "none yet"
    assert share(0, 4) == "0 of 4"
    assert [span(hours) for hours in (0.4, 4.12, 60.0)] == ["24 min", "4.1 h", "2.5 d"]


def test_a_month_back_is_a_whole_one() -> None:
    assert month(date(2026, 3, 30), 0) == (date(2026, 3, 1), date(2026, 3, 30))
    assert month(date(2026, 3, 30), 1) == (date(2026, 2, 1), date(2026, 2, 28))
    assert month(date(2026, 3, 30), 3) == (date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(("key", "says"), [("4-west", "OURS TO SOLVE"), ("cardiac", "to decide")])
async def test_w_writes_a_page_for_the_whiteboard_and_says_where(drawn: Drawn, key: str, says: str) -> None:
    app = screens_of(drawn[key])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        told = picture(app)
    path = drawn[key].settings.store_folder / "pages" / f"{key}-2026-11-30.txt"
    page = path.read_text(encoding="utf-8")

    assert "Written to this file, to be printed, sent or read out:" in "\n".join(told)
    assert str(path) in "".join(line.strip() for line in told)
    assert says in page
    assert max(len(line) for line in page.splitlines()) <= 72
