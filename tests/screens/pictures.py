"""Pictures of screens: drawn as text for the eye of a test, as SVG to be kept and compared."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.pilot import Pilot

from screens.app import HuddleApp

if TYPE_CHECKING:
    from textual.screen import Screen

FOLDER = Path(__file__).parent / "snapshots"


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the desk is opened, no key waits for its turn, threads have read and everything is drawn."""
    app = pilot.app
    while isinstance(app, HuddleApp) and app.is_running and not (app.ready or app.workers):
        await pilot.pause(0.001)
    for _ in range(3):
        while isinstance(app, HuddleApp) and app.is_running and not app.turns.quiet:
            await pilot.pause(0.001)
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
    app: App[Any], name: str, *, size: tuple[int, int] = (80, 24), keys: Sequence[str] = ()
) -> list[str]:
    """Run an app, press keys, and compare what it shows with `snapshots/NAME.svg`; gives it as text, too.

    `UPDATE_SNAPSHOTS=1` keeps the new picture; a run that fails leaves it beside the kept one as `NAME.new.svg`.
    """
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        new, text = svg(app), picture(app)
    kept, beside = FOLDER / f"{name}.svg", FOLDER / f"{name}.new.svg"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        kept.write_text(new, encoding="utf-8")
    beside.unlink(missing_ok=True)
    if not kept.exists() or kept.read_text(encoding="utf-8") != new:
        beside.write_text(new, encoding="utf-8")
        raise AssertionError(f"{name} is drawn otherwise than {kept}; the new picture is {beside}")
    return text
