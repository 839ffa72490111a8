"""A link is in touch, out of reach or not let in, by what is noted of it."""

from datetime import UTC, datetime, timedelta

from wsq_huddle.domain.links import STALE, Touch, touch_at

NOW = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)


def test_a_link_is_out_of_reach_when_it_was_silent_for_longer_than_a_long_poll_takes() -> None:
    assert touch_at(NOW, NOW - STALE, trouble=False) is Touch.IN_TOUCH
    assert touch_at(NOW, NOW - STALE - timedelta(seconds=1), trouble=False) is Touch.NO_NETWORK
    assert touch_at(NOW, None, trouble=False) is Touch.NO_NETWORK


def test_what_is_not_let_in_is_not_called_a_network_fault() -> None:
    assert touch_at(NOW, None, trouble=True) is Touch.NOT_ACCEPTED
    assert touch_at(NOW, NOW, trouble=True) is Touch.NOT_ACCEPTED
