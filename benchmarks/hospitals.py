"""Hospitals for the benchmarks, whose stores lie on disk where the program finds them."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# In front of this folder, where a benchmark has the name of a package of ours.
sys.path.insert(0, str(ROOT))

from tests.screens.hospital import Drawn  # noqa: E402 - after the path
from tests.services.hospital import settings_in  # noqa: E402
from wsq_huddle.services.desk import Desk  # noqa: E402
from wsq_huddle.services.stores import place_of  # noqa: E402
from wsq_huddle.store.opening import create_store  # noqa: E402
from wsq_huddle.store.places import Place  # noqa: E402


class OnDisk(Drawn):
    """The hospital of the drawings, or a quiet one, as a rehearsal on disk: the program may be told what time it is."""

    def add(self, key: str, place: Place | None = None, **said: str) -> Desk:
        settings = settings_in(self.folder, key, **said)
        store = create_store(place or place_of(settings), key, clock=self.clock, rehearsal=True)
        self.desks[key] = Desk(store, settings)
        return self.desks[key]

    def toml(self, key: str) -> Path:
        """The huddle.toml of a node."""
        return self.folder / key / "huddle.toml"
