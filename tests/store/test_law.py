"""The law of the one holder, played by seven real stores; `tests/domain` plays it with pure functions."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.domain.playing import Outcome
from tests.store.playing import Hospital, faults, play

SEEDS = range(8)


@pytest.fixture(scope="module")
def mornings() -> Iterator[tuple[Hospital, Outcome]]:
    """Mornings of a hospital, and what they came to; turns are forged when a morning is over."""
    with closing(Hospital()) as hospital:
        yield hospital, sum((play(hospital, seed, forging=True) for seed in SEEDS), Outcome())


def test_a_problem_is_held_by_exactly_one_node_at_any_time(mornings: tuple[Hospital, Outcome]) -> None:
    hospital, played = mornings

    assert played.problems > 20
    assert (played.disputed, played.ahead) == (0, 0)
    assert faults(hospital) == []


def test_a_turn_forged_on_an_old_one_never_takes_effect(mornings: tuple[Hospital, Outcome]) -> None:
    hospital, played = mornings

    assert played.forged > 10
    assert played.flipped == 0
    assert faults(hospital) == []


def test_all_parties_agree_when_a_tier_above_takes_over() -> None:
    with closing(Hospital()) as hospital:
        played = sum((play(hospital, seed, taking=True) for seed in SEEDS), Outcome())

        assert played.problems > 20
        assert faults(hospital) == []
