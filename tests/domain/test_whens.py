"""Times and days as people type them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain.problems import Urgency
from wsq_huddle.domain.whens import read_by, read_day, usual_by, usual_day
from wsq_huddle.errors import NotAllowed

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 30, 7, 24, tzinfo=ZONE)
"""A Monday."""
USUAL = datetime(2026, 11, 30, 16, tzinfo=ZONE)


def by(typed: str, now: datetime = NOW) -> str:
    read = read_by(typed, now=now.astimezone(UTC), zone=ZONE, usual=USUAL)
    return f"{read.astimezone(ZONE):%a %d %b %H:%M}"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", "Mon 30 Nov 16:00"),
        ("   ", "Mon 30 Nov 16:00"),
        ("10", "Mon 30 Nov 10:00"),
        ("10:00", "Mon 30 Nov 10:00"),
        ("10.30", "Mon 30 Nov 10:30"),
        ("by 10:30", "Mon 30 Nov 10:30"),
        ("2pm", "Mon 30 Nov 14:00"),
        ("2:15 pm", "Mon 30 Nov 14:15"),
        ("12 am", "Tue 01 Dec 00:00"),
        ("7", "Tue 01 Dec 07:00"),
        ("noon", "Mon 30 Nov 12:00"),
        ("midnight", "Mon 30 Nov 23:59"),
        ("today", "Mon 30 Nov 16:00"),
        ("tomorrow", "Tue 01 Dec 16:00"),
        ("tomorrow noon", "Tue 01 Dec 12:00"),
        ("fri", "Fri 04 Dec 16:00"),
        ("Friday", "Fri 04 Dec 16:00"),
        ("mon", "Mon 07 Dec 16:00"),
        ("fri 10", "Fri 04 Dec 10:00"),
        ("fri at 10:30", "Fri 04 Dec 10:30"),
        ("2 dec", "Wed 02 Dec 16:00"),
        ("Dec 2", "Wed 02 Dec 16:00"),
        ("2nd of December", "Wed 02 Dec 16:00"),
        ("Wed, 2 Dec.", "Wed 02 Dec 16:00"),
        ("2 dec 14:30", "Wed 02 Dec 14:30"),
        ("14:30 2 dec", "Wed 02 Dec 14:30"),
        ("2026-12-02", "Wed 02 Dec 16:00"),
        ("30 sept", "Thu 30 Sep 16:00"),
        ("29 feb", "Tue 29 Feb 16:00"),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(typed: str, read: str) -> None:
    assert by(typed) == read


@pytest.mark.parametrize(
    "typed", ["soon", "25", "10:75", "13pm", "0am", "32 dec", "2 dez", "10 11", "fri fri", "2 dec 10", "\u0661\u0660"]
)
def test_what_is_no_time_is_refused_with_what_would_be_one(typed: str) -> None:
    with pytest.raises(NotAllowed, match="is no time: write 10, 10:00, noon, today, fri or 2 dec"):
        by(typed)


def test_today_in_the_evening_ends_with_the_day() -> None:
    assert by("today", NOW.replace(hour=18)) == "Mon 30 Nov 23:59"


def test_a_time_that_is_over_is_refused_only_when_the_day_was_said_too() -> None:
    with pytest.raises(NotAllowed, match='"today 7" is over already'):
        by("today 7")


def test_a_time_is_that_of_the_day_the_clocks_change() -> None:
    before = datetime(2026, 10, 31, 20, tzinfo=ZONE)

    read = read_by("10", now=before.astimezone(UTC), zone=ZONE, usual=USUAL)
    assert read == datetime(2026, 11, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", date(2026, 12, 3)),
        ("today", date(2026, 11, 30)),
        ("tomorrow", date(2026, 12, 1)),
        ("wed", date(2026, 12, 2)),
        ("by 2 dec", date(2026, 12, 2)),
        ("2026-12-24", date(2026, 12, 24)),
        ("1 jan", date(2027, 1, 1)),
    ],
)
def test_a_day_is_read_for_a_plan(typed: str, day: date) -> None:
    assert read_day(typed, today=NOW.date(), usual=usual_day(NOW.date(), timedelta(hours=72))) == day


def test_a_day_that_is_over_or_none_is_refused() -> None:
    with pytest.raises(NotAllowed, match="is over already"):
        read_day("2026-11-29", today=NOW.date(), usual=NOW.date())
    with pytest.raises(NotAllowed, match="is no day: write today, tomorrow, fri or 2 dec"):
        read_day("10:00", today=NOW.date(), usual=NOW.date())


def test_nothing_typed_is_four_in_the_afternoon_or_the_next_huddle_for_what_is_routine() -> None:
    huddle = NOW + timedelta(days=1)

    assert usual_by(Urgency.TODAY, now=NOW, zone=ZONE, next_huddle=huddle) == USUAL
    assert usual_by(Urgency.ROUTINE, now=NOW, zone=ZONE, next_huddle=huddle) == huddle
    assert usual_by(Urgency.ROUTINE, now=NOW, zone=ZONE) == USUAL
    assert usual_by(Urgency.NOW, now=USUAL, zone=ZONE) == USUAL + timedelta(days=1)


@given(
    st.text()
    | st.lists(
        st.sampled_from(["10", "2", "dec", "fri", "today", "noon", "pm", ":", ".", "10:00", "29", "feb", "00", "24"])
    ).map(" ".join)
)
def test_whatever_is_typed_is_a_time_to_come_or_refused_in_a_sentence(typed: str) -> None:
    try:
        read = read_by(typed, now=NOW, zone=ZONE, usual=USUAL)
    except NotAllowed as refused:
        said = str(refused)
    else:
        assert read > NOW
        return
    assert said.endswith(".")
    assert len(said) < 120
