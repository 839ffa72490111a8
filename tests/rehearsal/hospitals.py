"""Hospitals for the tests of the rehearsal: their hubs start warm, and one with a short past stands once for a run."""

import pickle
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.moulds import alone
from tests.rehearsal.mornings import MORNING, SHORT
from tests.warm import Warm
from wsq_huddle.rehearsal.demo import Hospital, open_hospital
from wsq_huddle.services import problems

Story = Counter[tuple[str, str, datetime, str | None]]


class _WarmHub(Warm):
    """The program of a hub; what it said is in its file once it has ended."""

    def __init__(self, words: list[str], environ: dict[str, str], told: Path) -> None:
        super().__init__("wsq_huddle", *words, environ=environ)
        self._told = told

    def wait(self, timeout: float | None = None) -> int:
        code = super().wait(timeout)
        if not self.stdout.closed:
            self._told.write_text(self.stdout.read() + self.stderr.read(), encoding="utf-8")
            self.close()
        return code


warm = _WarmHub
"""Launches hubs that start warm: that they start at all, `demo` itself shows (tests/cli/test_demos.py)."""


@dataclass(frozen=True)
class Kept:
    """A hospital with a short past that somebody has left: its story until the screens opened, and when that was.

    After that one problem was raised at 4 West, `raised`; `shown` is what the clock showed then.
    """

    folder: Path
    story: Story
    raised: str
    shown: datetime

    def copied(self, to: Path) -> Path:
        """The folder, for a test that goes on with it."""
        return shutil.copytree(self.folder, to)


def told(hospital: Hospital) -> Story:
    """Everything that was recorded, without what is new each time: ids, keys, nonces."""
    found: Story = Counter()
    for key, desk in hospital.desks.items():
        sql = "SELECT kind, at FROM entry WHERE node = :node AND kind <> 'problem.arrived' ORDER BY arrival"
        found.update(
            (key, row["kind"], datetime.fromisoformat(row["at"]), None) for row in desk.look().rows(sql, node=key)
        )
        found.update((key, one.state.value, one.changed_at, one.title) for one in problems.listed(desk))
    return found


def kept(folders: pytest.TempPathFactory) -> Kept:
    """Make it, or find it made by another process of this run."""
    with alone(folders, "short-past") as shared:
        made = shared / "made"
        if not made.exists():
            made.write_bytes(pickle.dumps(_make(shared / "hospital")))
        found: Kept = pickle.loads(made.read_bytes())  # noqa: S301 - our own, of this run
        return found


def _make(folder: Path) -> Kept:
    with open_hospital(folder, tale=SHORT, now=lambda: MORNING, launch=warm) as hospital:
        story = told(hospital)
        raised = problems.raise_at(hospital.desks["4-west"], title="Clock in room 2 stopped", category="facilities")
        return Kept(folder, story, raised.id, hospital.now())
