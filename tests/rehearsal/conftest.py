"""A hospital with all of its past, made once for the tests that only look at it."""

from collections.abc import Iterator

import pytest

from tests.rehearsal.mornings import MORNING
from wsq_huddle.rehearsal.demo import Hospital, open_hospital


@pytest.fixture(scope="module")
def hospital() -> Iterator[Hospital]:
    """A whole one, as the screens of 4 West open."""
    with open_hospital(now=lambda: MORNING) as opened:
        yield opened
