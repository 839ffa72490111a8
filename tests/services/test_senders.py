"""Whether what waits is sent without a window; with real programs in `tests/cli/test_holders.py`."""

import pytest

from tests.services.hospital import Hospital
from wsq_huddle.services import senders


def test_a_program_without_a_window_is_known_for_as_long_as_it_sends(hospital: Hospital) -> None:
    unit = hospital["4-west"]
    assert senders.runs(unit) is False
    with senders.working(unit):
        assert senders.runs(unit) is True
        assert senders.runs(unit) is True, "to look changes nothing"
        assert senders.runs(hospital["5-east"]) is False
    assert senders.runs(unit) is False


def test_of_several_another_one_says_so_when_the_first_ends(
    hospital: Hospital, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(senders, "AGAIN_SECONDS", 0.01)
    unit = hospital["4-west"]
    first, second = senders.working(unit), senders.working(unit)
    with second:
        with first:
            assert senders.runs(unit) is True
        assert senders.runs(unit) is True


def test_who_leaves_is_told_what_sends_the_rest(hospital: Hospital) -> None:
    unit = hospital["4-west"]
    alone = senders.parting(unit, 2)
    with senders.working(unit):
        beside = senders.parting(unit, 2)

    assert alone.endswith("go out when the program is started again: no sender works without it.")
    assert beside == "2 to send: they are kept, and go out by themselves: the sender works on."
