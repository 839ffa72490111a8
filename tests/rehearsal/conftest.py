"""Hospitals made once for the tests that only look at them, and one that was left and can be gone on with."""

from collections.abc import Iterator

import pytest

from tests.rehearsal.hospitals import Kept, kept, warm
from tests.rehearsal.mornings import MORNING
from wsq_huddle.rehearsal.demo import Hospital, open_hospital


@pytest.fixture(scope="module")
def hospital() -> Iterator[Hospital]:
    """One with all of its past, as the screens of 4 West open."""
    with open_hospital(now=lambda: MORNING, launch=warm) as opened:
        yield opened


@pytest.fixture(scope="session")
def left(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """One with a short past that was left; tests go on with copies."""
    return kept(tmp_path_factory)
