"""The mouse: real sequences on a real terminal; every line, step and key label can be clicked."""

from pathlib import Path

from screens.figures import FiguresScreen
from screens.foot import Foot
from screens.frame import DeskScreen
from screens.huddle import HuddleScreen
from screens.lines import Lines
from tests.cli.running import made
from tests.cli.terminal import LEAVE, Terminal
from tests.screens.hospital import Drawn
from tests.screens.pictures import settled
from tests.screens.walking import Walk, walking


def click(column: int, row: int) -> bytes:
    """What a terminal sends for a click; columns and rows count from 1."""
    return f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m".encode()


def wheel(column: int, row: int) -> bytes:
    return f"\x1b[<65;{column};{row}M".encode()


def test_a_huddle_is_begun_and_a_line_opened_with_the_mouse_alone(tmp_path: Path) -> None:
    unit = made(tmp_path / "unit")
    with Terminal("--config", str(unit.config), "--now", unit.now) as terminal:

        def clicked(column: int, row: int, then: bytes) -> None:
            terminal.rest(0.4)
            terminal.seen = b""
            terminal.type(click(column, row))
            terminal.until(then)

        terminal.until(b"Start the huddle")
        terminal.until(b"All problems")
        clicked(10, 4, b"Who leads?")  # the button
        terminal.rest(0.4)
        clicked(3, 23, b"today's targets")  # its key label: Enter Start
        clicked(26, 2, b"How are we doing now?")  # the step Status
        terminal.rest(0.4)
        terminal.type(click(20, 6))  # the line Equipment
        clicked(20, 6, b"What is missing?")  # once more: it opens
        clicked(4, 24, b"How it is now.")  # F1
        terminal.type(wheel(10, 10))
        terminal.until(b"above")
        terminal.type(LEAVE)
        assert terminal.ended() == 0

    assert unit.json("huddle", "show")["state"] == "open"


async def test_every_line_can_be_chosen_by_a_click_and_a_second_one_opens_it(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        for kind in (None, HuddleScreen, FiguresScreen):
            if kind is not None:
                walk.app.push_screen(kind())
                await settled(walk.pilot)
            await _click_all(walk)
        await walk.press("escape", "escape", "l")
        await _click_all(walk)
        await walk.press("c")
        await _click_all(walk)


async def _click_all(walk: Walk) -> None:
    screen = walk.app.screen
    assert isinstance(screen, DeskScreen)
    lines = screen.query_one(Lines)
    await walk.press("home")
    for at, line in enumerate(lines.lines[: lines.size.height - 1]):
        if line.id and lines.lines[at].id != lines.chosen:
            await walk.pilot.click(Lines, offset=(20, at))
            await settled(walk.pilot)
            assert lines.chosen == line.id


async def test_every_key_at_the_foot_does_by_a_click_what_it_does_by_the_key(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        foot = walk.app.screen.query_one(Foot)
        pressed: list[str] = []
        walk.app.simulate_key = pressed.append  # type: ignore[method-assign,assignment]  # what a click presses
        spans = [(row, begin, key) for row, line in enumerate(foot._spans) for begin, _, key in line]  # noqa: SLF001 - where they stand
        for row, begin, _ in spans:
            await walk.pilot.click(Foot, offset=(begin, row))

        assert pressed == [key for _, _, key in spans]
        assert len(pressed) >= 8
