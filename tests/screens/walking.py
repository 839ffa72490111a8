"""Walking through the screens as people do: keys, then what stands there; for the tests of several screens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from screens.app import HuddleApp
from screens.patience import AT_ONCE, Patience
from screens.problem import ProblemScreen
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from wsq_huddle.domain.problems import Problem
from wsq_huddle.services import problems


class Walk:
    """One window of one node."""

    def __init__(self, app: HuddleApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each after the last has had its effect."""
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def step(self, name: str) -> None:
        """Go on to a step of the huddle: `HELP`."""
        while f"[{name}]" not in self.lines[1]:
            await self.press("right")

    async def type(self, words: str) -> None:
        """Type letters into the line that has the cursor."""
        await self.pilot.press(*("space" if letter == " " else letter for letter in words))
        await settled(self.pilot)

    @property
    def lines(self) -> list[str]:
        return picture(self.app)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line(self, words: str) -> str:
        """Give the first line with these words in it."""
        return next(line for line in self.lines if words in line)


@asynccontextmanager
async def walking(
    hospital: Drawn, key: str = "4-west", *, size: tuple[int, int] = (80, 24), patience: Patience = AT_ONCE
) -> AsyncIterator[Walk]:
    """Open the screens of a node and wait until everything behind them stands."""
    app = screens_of(hospital[key], patience=patience)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await settled(pilot)
        try:
            yield Walk(app, pilot)
        finally:
            app.end()


async def opened(walk: Walk, subject: str) -> None:
    """Open a problem."""
    walk.app.push_screen(ProblemScreen(subject))
    await settled(walk.pilot)


def ours(hospital: Drawn, title: str = "Bed alarm dead") -> str:
    """Raise a problem at 4 West."""
    return problems.raise_at(hospital["4-west"], title=title, category="equipment").id


def of(hospital: Drawn, subject: str, key: str = "4-west") -> Problem:
    return problems.read(hospital[key], subject)
