"""The wall: pages that turn by themselves, fit the terminal, and take no keys but those to leave."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from screens.bigness import ROWS, big
from screens.morning import MorningScreen
from screens.wall import WallApp, WallScreen, pages_of
from tests.screens.department import Department
from tests.screens.hospital import MONDAY, REPORTS, Drawn
from tests.screens.pictures import assert_same, picture, settled
from tests.services.hospital import ZONE, at
from wsq_huddle.domain.agendas import Mark as Told
from wsq_huddle.services import boards, drafts, huddles, problems

NOW = at("07:50", MONDAY).astimezone(ZONE)


class Still(WallScreen):
    """A wall whose pages a test turns."""

    every = 3600


def wall_of(drawn: Drawn, *, plain: bool = False) -> WallApp:
    return WallApp(
        lambda: drawn["4-west"], Still, lambda: (MorningScreen,), clock=lambda: NOW, theme="dark", plain=plain,
        place="4 West", reports=REPORTS,
    )  # fmt: skip


@pytest.fixture
def held(busy: Drawn) -> Drawn:
    busy.morning()
    busy.clock.put("07:50", MONDAY)
    return busy


async def test_the_wall_turns_its_pages_and_comes_round_again(held: Drawn) -> None:
    app = wall_of(held)
    seen = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, Still)
        for _ in range(7):
            seen.append(picture(app))
            screen._turn()  # noqa: SLF001 - as its timer does
            await settled(pilot)
        app.end()

    titles = [next(line for line in page[2:] if line).strip() for page in seen]
    assert all(len(line) <= 80 for page in seen for line in page)
    assert {title.split("  ")[0] for title in titles} >= {"HOW READY ARE WE?", "OUR TARGETS", "OUR PROBLEMS"}
    assert titles[0] in titles[1:]


@pytest.mark.parametrize(("size", "plain"), [((80, 24), False), ((80, 24), True), ((210, 50), False)])
async def test_the_wall_looks_as_it_did(held: Drawn, size: tuple[int, int], *, plain: bool) -> None:
    told = await assert_same(wall_of(held, plain=plain), f"wall-{size[0]}x{size[1]}{'-plain' * plain}", size=size)

    assert "READY" in "\n".join(told)
    assert not plain or "\n".join(told).isascii()


async def test_nobody_can_do_anything_at_a_wall_but_leave(held: Drawn) -> None:
    app = wall_of(held)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = picture(app)
        for key in ("f1", "f2", "r", "f3", "f4", "enter", "space", "c", "l", "u", "ctrl+p"):
            await pilot.press(key)
        await settled(pilot)
        assert picture(app) == before
        await pilot.press("ctrl+q")
        await settled(pilot)
    app.end()

    assert app.return_code == 0


async def test_nothing_that_people_typed_or_are_typing_stands_on_a_page(held: Drawn) -> None:
    """Answers with their notes, problems, lines that are being typed, one that has not left, and who signs."""
    west = held.signed("4-west", "Zanzibar Ruiz")
    one = huddles.sitting(west)
    huddles.reopen(west, one)
    for line, value in (("staff", "not-met"), ("falls", "1"), ("fall", "2")):
        huddles.answer(west, one, line, value, note="Zanzibar")
    huddles.close(west, one, plus="Zanzibar", thanks="Zanzibar")
    problems.raise_at(west, title="Zanzibar", detail="Zanzibar")
    for place, typed in (("raise", {"title": "Zanzibar"}), ("leaving/raise", {"to": "Cardiac", "words": "Zanzibar"})):
        drafts.keep(west, place, json.dumps(typed))
    app = wall_of(held)
    pages = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, Still)
        for _ in range(7):
            pages.append("\n".join(picture(app)))
            screen._turn()  # noqa: SLF001 - as its timer does
            await settled(pilot)
        app.end()

    assert len(set(pages)) > 3
    assert [page for page in pages if "Zanzibar" in page] == []


def test_every_page_of_every_tier_fits_24_lines(held: Drawn, tmp_path: Path) -> None:
    del tmp_path
    for key in ("4-west", "cardiac", "executive"):
        board = boards.board(held[key])
        for page in pages_of(board, NOW, plain=False):
            assert len(page) <= 19, f"a page of {key}"


def test_of_many_huddles_a_page_shows_those_it_has_room_for_and_counts_all(fifteen: Department) -> None:
    *_, morning = pages_of(boards.board(fifteen["cardiac"]), NOW, plain=False)

    assert len(morning) <= 19
    assert "of 16 have met" in repr(morning[-1])


def test_of_harm_that_nobody_ever_told_of_the_days_have_a_plus(held: Drawn) -> None:
    board = boards.board(held["4-west"])
    pages = repr(list(pages_of(board, NOW, plain=False)))
    never = next(one for one in board.since if one.days is None)

    assert board.counted_from is not None
    days = (board.on - board.counted_from).days
    assert all(shape in pages for shape in big(f"{days}+", plain=False))
    assert never.count == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (210, 50)])
async def test_no_number_and_no_time_is_cut_however_big_it_is_drawn(held: Drawn, size: tuple[int, int]) -> None:
    board = boards.board(held["4-west"])
    tally = replace(board.tally, raised=888, answered=777, fixed=666)
    full = replace(board, tally=tally, since=tuple(replace(one, days=1888) for one in board.since))
    app = wall_of(held)
    drawn: list[str] = []
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, Still)
        for _ in range(6):
            screen._turn()  # noqa: SLF001 - as its timer does
            screen.show(full)
            await settled(pilot)
            drawn += picture(app)
        app.end()

    assert [line for line in drawn if "…" in line] == []
    assert any("our huddle: " in line for line in drawn)


def test_what_one_page_has_no_room_for_stands_on_the_next(held: Drawn) -> None:
    board = boards.board(held["executive"])
    many = [boards.Measured(f"Measure {letter}", "1", "at most 2", Told.MET) for letter in "ABCDEFGHIJKLMN"]
    pages = list(pages_of(replace(board, measured=tuple(many)), NOW, plain=True))
    drawn = {str(cell) for page in pages for line in page for cell in line.cells}

    assert max(len(page) for page in pages) <= 19
    assert {one.name for one in many} <= drawn


def test_numbers_are_five_lines_of_one_width_each() -> None:
    for words in ("0", "1984", "07:15", "20+", "3/4", "-", ""):
        lines = big(words, plain=False)
        assert len(lines) == ROWS
        assert len({len(line) for line in lines}) == 1
    assert big("1", plain=True)[0] == "    ##"
    assert len(big("12", plain=True, size=2)) == 2 * ROWS
    assert big("1x", plain=True) == big("1", plain=True)
