"""The options of every command."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.cli.asked import split, wants_json
from wsq_huddle.errors import UsageError


def test_they_may_stand_before_or_after_the_command() -> None:
    before = split(["--config", "a.toml", "--as", "Ana R.", "--json", "problem", "list"], {})
    after = split(["problem", "list", "--json", "--as=Ana R.", "--config=a.toml"], {})

    assert before == after
    assert before[0].config == Path("a.toml")
    assert (before[0].author, before[0].json, before[1]) == ("Ana R.", True, ["problem", "list"])


def test_after_two_dashes_nothing_is_an_option() -> None:
    asked, rest = split(["problem", "note", "0198", "--", "--json", "--as"], {})

    assert not asked.json
    assert rest == ["problem", "note", "0198", "--", "--json", "--as"]
    assert not wants_json(["--", "--json"])


def test_what_is_said_counts_before_the_environment() -> None:
    environ = {"WSQ_HUDDLE_AS": "Ben K.", "WSQ_HUDDLE_CLOCK": "clock.json"}

    assert split(["chain"], environ)[0].author == "Ben K."
    assert split(["chain"], environ)[0].clock == Path("clock.json")
    assert split(["chain", "--as", "Ana R."], environ)[0].author == "Ana R."


@pytest.mark.parametrize("words", [["--as"], ["chain", "--now"], ["--config", ""], ["--config="]])
def test_an_option_without_its_value_is_refused(words: list[str]) -> None:
    with pytest.raises(UsageError, match="needs"):
        split(words, {})


@given(st.lists(st.text()))
def test_whatever_is_typed_is_split_or_refused(words: list[str]) -> None:
    try:
        _, rest = split(words, {})
    except UsageError:
        return
    assert all(word in words for word in rest)
