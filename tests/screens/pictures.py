"""Pictures of screens: drawn as text for the eye of a test, as SVG to be kept and compared."""

import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.filter import NoColor
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from screens.app import HuddleApp
from screens.field import Field
from screens.marks import Mark

if TYPE_CHECKING:
    from textual.screen import Screen

Link = tuple[Mark, str] | None
IN_TOUCH = (Mark.MET, "in touch {now}")
SIZES = [(80, 24), (120, 40), (210, 50)]

FOLDER = Path(__file__).parent / "snapshots"


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the desk is opened, no key waits for its turn, threads have read and everything is drawn."""
    app = pilot.app
    while isinstance(app, HuddleApp) and app.is_running and not (app.ready or app.workers):
        await pilot.pause(0.001)
    for _ in range(3):
        while isinstance(app, HuddleApp) and app.is_running and not app.turns.quiet:
            await pilot.pause(0.001)
        # What fails in a thread is said on the screen by whoever asked for it; it may fail before one waits or while.
        with suppress(WorkerFailed):
            await app.workers.wait_for_complete()
        await pilot.pause()


def picture(app: App[Any]) -> list[str]:
    """Give the screen as text, a string for each line."""
    screen: Screen[Any] = app.screen
    return [strip.text.rstrip() for strip in screen._compositor.render_strips()]  # noqa: SLF001 - Textual has no other way


def svg(app: App[Any]) -> str:
    """Give the screen as SVG without what differs from run to run."""
    drawn = re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title="wsq-huddle"))
    # Blanks as they are: the pictures are read by people, too. All else stays escaped, as XML wants it.
    drawn = drawn.replace("&#160;", "\N{NO-BREAK SPACE}")
    return "\n".join(line.rstrip() for line in drawn.replace("><", ">\n<").splitlines()) + "\n"


async def assert_same(
    app: App[Any], name: str, *, size: tuple[int, int] = (80, 24), keys: Sequence[str] = (), link: Link = None
) -> list[str]:
    """Run an app, press keys, and compare what it shows with `snapshots/NAME.svg`; gives it as text, too.

    `UPDATE_SNAPSHOTS=1` keeps the new picture; a run that fails leaves it beside the kept one as `NAME.new.svg`.
    """
    async with _walked(app, keys, size, link):
        new, text = svg(app), picture(app)
    _assert_as_kept({name: new})
    return text


async def assert_same_at_each(  # noqa: PLR0913 - all but three by name
    app: App[Any],
    name: str,
    sizes: Sequence[tuple[int, int]],
    *,
    keys: Sequence[str] = (),
    mono: bool = False,
    link: Link = None,
) -> list[list[str]]:
    """Do the same at several sizes, `NAME-80x24` and so on: the keys once, and then the window is made larger.

    With `mono` there is one more, `NAME-mono`: at the first size, as it is where no colours are wanted.
    """
    drawn: dict[str, tuple[str, list[str]]] = {}
    async with _walked(app, keys, sizes[0], link) as pilot:
        for wide, high in sizes:
            await _resized(pilot, wide, high)
            drawn[f"{name}-{wide}x{high}"] = svg(app), picture(app)
        texts = [text for _, text in drawn.values()]
        if mono:
            await _resized(pilot, *sizes[0])
            await without_colours(pilot)
            drawn[f"{name}-mono"] = svg(app), picture(app)
            assert drawn[f"{name}-mono"][1] == texts[0], "without colours the same is said"
    _assert_as_kept({one: new for one, (new, _) in drawn.items()})
    return texts


async def told_of_link(pilot: Pilot[Any], link: tuple[Mark, str]) -> None:
    """Say on line 1 how the link is; `{now}` is the time of the picture."""
    app, (mark, words) = pilot.app, link
    assert isinstance(app, HuddleApp)
    app.post_message(HuddleApp.LinkTold(mark, words.format(now=f"{app.now():%H:%M}")))
    await settled(pilot)


async def without_colours(pilot: Pilot[Any]) -> None:
    """Let a program that runs be as it is where NO_COLOR is set when it starts."""
    app = pilot.app
    app._filters.append(NoColor())  # noqa: SLF001 - Textual looks at the variable once, at the start
    app.theme = "ansi"
    await settled(pilot)


async def _resized(pilot: Pilot[Any], wide: int, high: int) -> None:
    if pilot.app.size != (wide, high):
        await pilot.resize_terminal(wide, high)
        await settled(pilot)


@asynccontextmanager
async def _walked(app: App[Any], keys: Sequence[str], size: tuple[int, int], link: Link) -> AsyncIterator[Pilot[Any]]:
    """Run an app and press keys: each when the last one was answered, letters in a line as people type them.

    `link` is what line 1 says of it, as the program tells it where there is one.
    """
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        if link is not None:
            await told_of_link(pilot, link)
        for key in keys:
            await pilot.press(key)
            if len(key) > 1 or not isinstance(app.focused, Field):
                await settled(pilot)
        await settled(pilot)
        yield pilot


def _assert_as_kept(pictures: Mapping[str, str]) -> None:
    other = [name for name, new in pictures.items() if not _is_as_kept(name, new)]
    assert not other, f"{', '.join(other)} drawn otherwise than in {FOLDER}; the new ones lie there as NAME.new.svg"


def _is_as_kept(name: str, new: str) -> bool:
    kept, beside = FOLDER / f"{name}.svg", FOLDER / f"{name}.new.svg"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        kept.write_text(new, encoding="utf-8")
    beside.unlink(missing_ok=True)
    if kept.exists() and kept.read_text(encoding="utf-8") == new:
        return True
    beside.write_text(new, encoding="utf-8")
    return False
