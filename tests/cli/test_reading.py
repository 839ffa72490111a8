"""What people type after an option."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wsq_huddle.cli.reading import ask, coming_day, day, moment, number, one_of
from wsq_huddle.errors import UsageError

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 24, 7, 15, tzinfo=CHICAGO)
"""A Tuesday."""


def test_a_time_without_an_offset_is_this_nodes() -> None:
    assert moment("2026-11-24T17:00", "--by", CHICAGO, NOW) == datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    assert moment("2026-11-24T17:00:00+00:00", "--by", CHICAGO, NOW) == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


def test_a_day_alone_is_its_last_minute() -> None:
    assert moment("2026-11-24", "--by", CHICAGO, NOW) == datetime(2026, 11, 25, 5, 59, tzinfo=UTC)


def test_a_time_is_on_the_day_it_is_here() -> None:
    assert day("2026-11-25T03:00:00+00:00", "--due", CHICAGO) == date(2026, 11, 24)


@pytest.mark.parametrize("wrong", ["", "tomorrow", "24/11/2026", "2026-13-01", "2026-02-30T10:00", "9999999999"])
def test_what_is_no_date_names_its_option(wrong: str) -> None:
    with pytest.raises(UsageError, match=r"^--due: "):
        day(wrong, "--due", CHICAGO)
    for read in (coming_day, moment):
        if wrong != "tomorrow":
            with pytest.raises(UsageError, match=r"^--due: .* is no date or time like .* or "):
                read(wrong, "--due", CHICAGO, NOW)


def test_what_is_to_come_may_be_said_in_words() -> None:
    days = {"today": 24, "tomorrow": 25, "Fri": 27, "tue": 1, "27 nov": 27, "2026-11-25": 25, "2026-11-20": 20}
    for said, number_of_day in days.items():
        assert coming_day(said, "--from", CHICAGO, NOW).day == number_of_day, said
    assert moment("10:00", "--by", CHICAGO, NOW) == datetime(2026, 11, 24, 10, 0, tzinfo=CHICAGO)
    assert moment("fri 14:30", "--by", CHICAGO, NOW) == datetime(2026, 11, 27, 14, 30, tzinfo=CHICAGO)


@pytest.mark.parametrize("wrong", ["", "-1", "1.5", "two", "1e3", "٣", "9" * 10])
def test_what_is_no_number_names_its_option(wrong: str) -> None:
    with pytest.raises(UsageError, match=r"^--limit: "):
        number(wrong, "--limit")


def test_a_word_must_be_one_of_those_that_are_known() -> None:
    assert one_of("away", "--at", ("here", "away")) == "away"
    with pytest.raises(UsageError, match=r"none of here, away\. Did you mean here\?"):
        one_of("her", "--at", ("here", "away"))


def test_nothing_is_asked_where_nobody_can_answer() -> None:
    assert ask("given", "--node", "Which node?") == "given"
    assert ask("", "--timezone", "Which zone?", default="UTC") == "UTC"
    with pytest.raises(UsageError, match=r"^Which node\? Say it with --node\.$"):
        ask("", "--node", "Which node?")
