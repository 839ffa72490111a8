"""What is imported when: nothing heavy before the content is painted, what the first write needs right after it."""

import subprocess
import sys
from pathlib import Path

from wsq_huddle.config import load
from wsq_huddle.config.writing import write_new
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.services.stores import make_at

ROOT = Path(__file__).parents[2]
HEAVY = ("sqlalchemy", "sqlmodel", "alembic", "pydantic", "httpx", "fastapi", "uvicorn", "typer", "tomlkit")

WATCHED = """
import asyncio, sys, time
from pathlib import Path
from screens.app import HuddleApp
from screens.today import TodayScreen
from tests_of import desk

seen = []

def heavy():
    return sorted(name for name in %r if name in sys.modules)

class Watched(HuddleApp):
    def content_shown(self):
        seen.append(heavy())
        super().content_shown()

async def run():
    at_first = heavy()
    app = Watched(desk, TodayScreen, theme="dark", plain=False, place="4 West", reports=Path("."))
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            await pilot.pause(0.05)
            if heavy():
                break
        print(at_first, seen[0], "sqlalchemy" in heavy())
        app.end()

asyncio.run(run())
"""

LATER = (
    *HEAVY, "sqlite3", "wsq_huddle.store", "wsq_huddle.sync", "wsq_huddle.rehearsal",
    "wsq_huddle.services.desk", "wsq_huddle.services.todays",
    "wsq_huddle.domain.entries", "wsq_huddle.domain.events", "wsq_huddle.domain.problems", "wsq_huddle.domain.huddles",
    "screens.form", "screens.field", "screens.help", "screens.huddle", "screens.morning", "screens.problem",
    "screens.problems", "screens.problem_lines", "screens.seats", "screens.story_lines", "screens.verbs",
    "screens.today.department", "screens.today.executive", "screens.today.reading", "screens.today.slot",
    "screens.today.unit",
)  # fmt: skip
FIRST = """
import asyncio, sys, threading
from pathlib import Path
from textual.css.stylesheet import Stylesheet
from wsq_huddle.cli.showing import Shown
from screens.app import HuddleApp
from screens.today import TodayScreen
from wsq_huddle.errors import HuddleError

later, painted, again = %r, threading.Event(), []
parse = Stylesheet.reparse

def counted(self):
    again.append(self)
    parse(self)

def loader():
    # The first thing that happens after the first frame.
    print([name for name in later if name in sys.modules], len(again))
    painted.set()
    raise HuddleError("That is all.")

async def run():
    Stylesheet.reparse = counted
    app = HuddleApp(loader, TodayScreen, place="4 West", reports=Path("."), plain=False)
    async with app.run_test(size=(80, 24)) as pilot:
        while not painted.is_set():
            await pilot.pause(0.05)

asyncio.run(run())
"""

OPENING = """
import sys
from pathlib import Path
from wsq_huddle.config import load
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.stores import open_at

def desk():
    settings = load(Path({config!r})).settings
    return Desk(open_at(settings, machine_clock), settings)
"""


def test_nothing_heavy_is_imported_before_the_content_is_painted_and_the_store_is_warm_after_it(tmp_path: Path) -> None:
    config = write_new(tmp_path, key="4-west", name="4 West", tier=1, timezone="UTC", dir_given=True)
    make_at(load(config).settings, machine_clock).close()
    (tmp_path / "tests_of.py").write_text(OPENING.format(config=str(config)), encoding="utf-8")
    (tmp_path / "watched.py").write_text(WATCHED % (HEAVY,), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(tmp_path / "watched.py")],
        capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert ran.stdout == "[] [] True\n", ran.stdout + ran.stderr


def test_before_the_first_frame_nothing_of_the_store_or_of_a_later_screen_is_imported_and_no_style_parsed_twice(
    tmp_path: Path,
) -> None:
    (tmp_path / "first.py").write_text(FIRST % (LATER,), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(tmp_path / "first.py")],
        capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLORTERM": "truecolor"},
    )  # fmt: skip

    assert ran.stdout == "[] 0\n", ran.stdout + ran.stderr
