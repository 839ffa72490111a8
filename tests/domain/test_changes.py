"""A real change and chance, on published numbers and on lists counted by hand."""

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain.changes import LATEST, LEAST, Change, Rule, Way, change, limits

# NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.2, flow rates of ten batches: 50.81, limits 45.8159, 55.8041.
FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
# Anhoej and Mohammed, Mastering SPC Charts in Healthcare, the chart that is not screened: 15.8, no value beyond.
COUNTS = (18, 16, 8, 9, 10, 11, 26, 14, 15, 14, 18, 19, 18, 11, 28, 20, 16, 17, 12, 13, 24, 16, 15, 11)
STEADY = (5, 7, 4, 6, 5, 7, 4, 6, 5, 7, 4, 6)
"""Mean 5.5; the moving ranges are 2, 3, 2, 1 and so on, 2 in the mean, so that the limits are about 0 and 11."""


def test_limits_are_those_that_are_published() -> None:
    flow, counts = limits(FLOW), limits(COUNTS)

    assert flow.centre == pytest.approx(50.81)
    assert [flow.lower, flow.upper] == pytest.approx([45.8159, 55.8041], abs=1e-4)
    assert counts.centre == pytest.approx(15.7917, abs=1e-4)
    assert [counts.lower, counts.upper] == pytest.approx([2.4938, 29.0895], abs=1e-4)
    assert change(COUNTS) is None


def test_a_value_beyond_the_limits_is_a_change_and_one_inside_is_chance() -> None:
    assert change((*STEADY, 14)) == Change(way=Way.UP, rule=Rule.BEYOND, count=1)
    assert change((*STEADY, -3)) == Change(way=Way.DOWN, rule=Rule.BEYOND, count=1)
    assert change((*STEADY, 9)) is None


def test_eight_in_a_row_on_one_side_of_the_mean_are_a_change_and_seven_are_chance() -> None:
    before, after = (4, 5, 4, 5, 4, 5, 4), (6, 7, 6, 7, 6, 7, 6, 7)
    seven = (*before, 4, *after[:7])

    assert change((*before, *after)) == Change(way=Way.UP, rule=Rule.SHIFT, count=8)
    assert change(seven) is None
    assert change([-value for value in (*before, *after)]) == Change(way=Way.DOWN, rule=Rule.SHIFT, count=8)


def test_a_value_on_the_mean_ends_a_row() -> None:
    mean = 6
    values = (3, 4, 5, 4, 4, 7, 8, 7, 8, mean, 7, 8, 7)

    assert fmean(values) == mean
    assert change(values) is None
    assert change((3, 4, 5, 4, 3, 7, 8, 7, 8, 7, 7, 8, 7)) == Change(way=Way.UP, rule=Rule.SHIFT, count=8)


def test_of_few_values_nothing_is_said() -> None:
    assert change((*STEADY, 14)[-LEAST:]) is not None
    assert change((*STEADY, 14)[-LEAST + 1 :]) is None
    assert change(()) is None


def test_of_rare_harm_nothing_is_said_because_its_limits_would_be_too_narrow() -> None:
    assert change((0,) * 13 + (1,) + (0,) * 5 + (1,)) is None
    assert change((95,) * 20) is None
    assert change((95,) * 20 + (60,)) is None


def test_what_is_older_than_the_latest_values_counts_no_more() -> None:
    quiet = STEADY * 3

    assert len(quiet) == LATEST
    assert change((*(90 + value for value in quiet), *quiet)) is None


@given(st.lists(st.integers(-1000, 1000), max_size=60), st.integers(-50, 50))
def test_moving_all_values_moves_no_change_and_turning_them_turns_it(values: list[int], by: int) -> None:
    """Whole numbers, so that no sum is rounded."""
    found = change(values)
    turned = change([-value for value in values])

    assert change([value + by * len(values[-LATEST:]) for value in values]) == found
    assert (turned is None) == (found is None)
    if found is not None and turned is not None:
        assert turned.way is not found.way
