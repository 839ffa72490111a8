"""Make the pictures of the README from the real screens of the demo hospital: `python docs/pictures.py`."""

import asyncio
import re
from pathlib import Path

from screens.app import HuddleApp
from screens.marks import Mark
from screens.morning import MorningScreen
from screens.problems import ProblemsScreen
from screens.today import TodayScreen
from wsq_huddle.config import load
from wsq_huddle.rehearsal.demo import Hospital, open_hospital
from wsq_huddle.services.clocks import FrozenClock
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import FilePlace

FOLDER = Path(__file__).parent / "pictures"


async def draw(hospital: Hospital, node: str, name: str, *keys: str) -> None:
    """Sit down at a node, press keys, keep the screen."""
    hospital.switch(node)
    while hospital.leaping:  # noqa: ASYNC110 - the leap runs in a thread of the hospital's own
        await asyncio.sleep(0.2)
    settings = load(hospital.config(node)).settings
    clock = FrozenClock(hospital.now())

    def open_desk() -> Desk:
        store = open_store(FilePlace(settings.database, settings.secrets), node, clock=clock)
        return Desk(store, settings, author="")

    app = HuddleApp(
        open_desk,
        TodayScreen,
        lambda: (ProblemsScreen, MorningScreen),
        reports=hospital.folder,
        theme="dark",
        place=settings.node.name,
        clock=lambda: clock().astimezone(settings.zone),
        plain=False,
    )
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            for _ in range(5):
                await app.workers.wait_for_complete()
                await pilot.pause(0.1)
            app.post_message(app.LinkTold(Mark.MET, f"in touch {clock().astimezone(settings.zone):%H:%M}"))
        await pilot.pause(0.2)
        drawn = app.export_screenshot(title="wsq-huddle")
    # A picture fetches no font from elsewhere: the reader's own will do.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"terminal-\d+", "terminal", drawn)
    # Some viewers drop blanks at the beginning of a text unless they are told not to.
    drawn = drawn.replace("<svg ", '<svg xml:space="preserve" ', 1).replace("\n</text>", "</text>")
    (FOLDER / f"{name}.svg").write_text(drawn.rstrip() + "\n", encoding="utf-8")


async def main() -> None:
    with open_hospital(None, node="4-west") as hospital:
        hospital.start()
        await draw(hospital, "4-west", "today")
        await draw(hospital, "cardiac", "department")
        await draw(hospital, "cardiac", "morning", "c")


if __name__ == "__main__":
    asyncio.run(main())
