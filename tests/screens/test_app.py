"""The program around the screens: first frame, loading, what arrives, the filter, trouble."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.color import Color

from screens.app import HuddleApp
from screens.drawn import Drawn
from screens.field import Field
from screens.frame import DeskScreen
from screens.line import Line, item
from screens.marks import Mark
from screens.terminal import ControlFilter
from screens.themes import PALETTES
from tests.screens.demo import REPORTS, CardboardDesk, TodayScreen, cardboard, hostile_lines, no_places
from tests.screens.pictures import picture, settled
from wsq_huddle.errors import StoreError


def reported(folder: Path) -> str:
    """Give the one crash report in a folder."""
    (report,) = folder.glob("crash-*.txt")
    return report.read_text(encoding="utf-8")


async def test_the_first_frame_is_there_before_the_desk_is_open() -> None:
    may_open = threading.Event()

    def open_slowly() -> CardboardDesk:
        may_open.wait(10)
        return CardboardDesk()

    app = HuddleApp(
        open_slowly, TodayScreen, theme="dark", place="4 West", plain=False, reports=REPORTS, around=no_places
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        first = picture(app)
        await pilot.press("f2", "enter", "n", "f4", "space")
        may_open.set()
        await settled(pilot)

        assert first[0].startswith(" 4 West")
        assert first[1] == "═" * 80
        assert "F1 Help" in first[23]
        assert first[2:21] == [""] * 19
        assert "HUDDLE 07:15" in picture(app)[2]
        assert isinstance(app.screen, TodayScreen)
        assert app.screen.form is None
        assert app.screen.pressed == []


@pytest.mark.parametrize("name", sorted(PALETTES))
async def test_the_first_frame_has_the_colours_of_the_theme_that_was_asked_for(name: str) -> None:
    app = cardboard(theme=name)
    # Known before any style is read; a theme that came after them would be seen to change.
    assert app.stylesheet._variables == app.get_css_variables()  # noqa: SLF001 - Textual has no other way to ask
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)

        assert app.current_theme.name == name
        assert app.screen.styles.background == Color.parse(app.current_theme.background or "")
        assert app.has_class("-dark-mode") == app.current_theme.dark
        app.theme = "light" if name == "dark" else "dark"
        await settled(pilot)
        assert app.screen.styles.background == Color.parse(app.current_theme.background or "")


async def test_what_arrives_is_shown_by_itself_whichever_thread_tells_of_it() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)
        desk = app.desk_now
        assert isinstance(desk, CardboardDesk)
        app.screen.given = [item("new", Mark.NOW, "Oxygen low, bed 3", "nobody yet")]
        await asyncio.to_thread(desk.tell)
        await settled(pilot)

        assert "Oxygen low, bed 3" in "\n".join(picture(app))
        app.post_message(HuddleApp.LinkTold(Mark.ATTENTION, "no network 07:35, 2 to send"))
        await settled(pilot)
        assert picture(app)[0].endswith("▲ no network 07:35, 2 to send")


async def test_a_desk_that_cannot_be_opened_ends_with_its_sentence_and_code() -> None:
    def refuse() -> CardboardDesk:
        raise StoreError("The store is read-only.")

    app = HuddleApp(refuse, TodayScreen, theme="dark", plain=False, reports=REPORTS, around=no_places, behind=())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)

    assert app.return_code == 4


class Failing(TodayScreen):
    """A screen that cannot read."""

    error: Exception = StoreError("The disk is full.")

    def look(self) -> Sequence[Line]:
        raise self.error


class Broken(Failing):
    """A screen with a mistake in it."""

    error = ValueError("what somebody typed")


async def test_a_notice_that_is_longer_than_its_line_is_told_whole() -> None:
    words = " ".join(f"word{number}" for number in range(20))
    app = HuddleApp(CardboardDesk, Failing, theme="dark", plain=False, reports=REPORTS, around=no_places, behind=())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, DeskScreen)
        app.screen.say(words)
        await settled(pilot)
        told = picture(app)
        app.screen.hush()
        await settled(pilot)
        after = picture(app)

    assert " ".join(line.strip() for line in told[20:22]) == words
    assert told[22:] == after[22:], "the keys stay where they were"
    assert "word0" not in "".join(after)


async def test_a_screen_that_cannot_read_says_so_and_stays(tmp_path: Path) -> None:
    for home, told in ((Failing, "The disk is full."), (Broken, "Please ring IT; a report is at")):
        app = HuddleApp(CardboardDesk, home, theme="dark", plain=False, reports=tmp_path, around=no_places, behind=())
        async with app.run_test(size=(120, 24)) as pilot:
            await settled(pilot)

            assert told in " ".join(line.strip() for line in picture(app)[19:22])
            assert app.return_code is None
    written = reported(tmp_path)
    assert "what somebody typed" not in written
    assert "ValueError" in written


async def test_a_crash_leaves_one_sentence_and_a_report_without_what_was_typed(tmp_path: Path) -> None:
    class Crashing(TodayScreen):
        def action_open(self) -> None:
            typed = "Mrs Smith, bed 12"
            raise RuntimeError(typed)

    app = HuddleApp(CardboardDesk, Crashing, theme="dark", plain=False, reports=tmp_path, around=no_places, behind=())

    async def press_enter() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)

    with pytest.raises(RuntimeError, match="Mrs Smith"):
        await press_enter()

    written = reported(tmp_path)
    assert app.return_code == 1
    assert "in action_open" in written
    assert "Mrs Smith" not in written


async def test_the_filter_is_in_force_on_every_widget_that_shows_text() -> None:
    app = cardboard(hostile_lines())
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        shown = [*app.screen.query(Drawn), *app.screen.query(Field)]

        assert len(shown) > 10
        for widget in shown:
            assert any(isinstance(one, ControlFilter) for one in widget.get_line_filters())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_text_crashes_and_colours_nothing(size: tuple[int, int]) -> None:
    app = cardboard(hostile_lines())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("end", "up", "enter", "f1", "escape", "f2", "escape")
        await settled(pilot)
        told = "\n".join(picture(app))

        assert "see [/] or [/usr/bin]" in told
        assert "[@click=app.quit]x[/]" in told
        assert app.return_code is None


async def test_colours_can_be_changed_and_everything_is_drawn_in_them() -> None:
    app = cardboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = picture(app)
        for theme in ("light", "contrast", "ansi", "dark"):
            app.theme = theme
            await settled(pilot)

            assert picture(app) == before


async def test_old_consoles_get_ascii_only() -> None:
    app = cardboard([*hostile_lines(), *TodayScreen.given], plain=True)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)

        assert all(line.isascii() for line in picture(app)[:2] + picture(app)[36:])
        assert any(line.startswith("   v IV pumps missing") for line in picture(app))
