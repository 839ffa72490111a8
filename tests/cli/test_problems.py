"""`problem`: every verb and every look, on a real store."""

import pytest

from tests.cli.running import Node
from tests.cli.terminal import Terminal

PROBLEM = {
    "id", "title", "detail", "category", "urgency", "state", "origin", "holder", "path", "turn", "raised_at",
    "raised_by", "owner", "due", "reference", "escalation", "delivered_at", "acknowledged_at", "remedy", "disputed",
}  # fmt: skip
LINE = {"turn", "kind", "at", "node", "by", "data"}


@pytest.fixture
def raised(unit: Node) -> str:
    told = unit.json("problem", "raise", "Two IV pumps missing", "--category", "equipment", "--as", "Ana R.")
    return str(told["id"])


def test_a_raised_problem_has_just_the_fields_that_others_rely_on(unit: Node, raised: str) -> None:
    shown = unit.json("problem", "show", raised)

    assert set(shown) == PROBLEM | {"story", "stand_in"}
    assert set(shown["story"][0]) == LINE
    assert (shown["title"], shown["category"], shown["urgency"]) == ("Two IV pumps missing", "equipment", "today")
    assert (shown["state"], shown["origin"], shown["holder"], shown["path"]) == ("open", "4-west", "4-west", ["4-west"])
    assert (shown["turn"], shown["raised_by"], shown["raised_at"]) == (1, "Ana R.", "2026-11-24T07:15:00+00:00")
    assert [shown[name] for name in ("owner", "due", "reference", "escalation", "remedy", "disputed")] == [
        None, None, None, None, None, False,
    ]  # fmt: skip


def test_verbs_that_take_text_say_which_words_may_identify_somebody(unit: Node, raised: str) -> None:
    noted = unit.json("problem", "note", raised, "asked 5 East")

    assert noted["warnings"] == []
    assert "warnings" not in unit.json("problem", "show", raised)


def test_a_safety_event_is_asked_which_it_is_on_a_terminal_and_named_elsewhere(unit: Node) -> None:
    words = ("problem", "raise", "Slipped by the sink", "--category", "safety")
    refused = unit.try_(*words)
    assert refused.code == 2
    assert "Which safety event is it (fall, " in refused.err
    assert "another)? Say it with --event." in refused.err
    assert unit.json("problem", "list") == []

    assert unit.json(*words, "--event", "another")["category"] == "safety"
    with Terminal("--config", str(unit.config), "--now", unit.now, *words) as terminal:
        terminal.until(b"Which safety event is it (")
        terminal.type(b"fall\n")
        assert terminal.ended() == 0
    assert len(unit.json("problem", "list")) == 2


def test_a_plan_takes_a_day_or_a_time_of_that_day(unit: Node, raised: str) -> None:
    by_day = unit.json("problem", "plan", raised, "--what", "spare", "--owner", "Ben K.", "--due", "2026-11-26")
    by_time = unit.json(
        "problem", "plan", raised, "--what", "spare", "--owner", "Ben K.", "--due", "2026-11-27T17:00:00+00:00"
    )

    assert (by_day["owner"], by_day["due"]) == ("Ben K.", "2026-11-26")
    assert by_time["due"] == "2026-11-27"


def test_a_problem_is_resolved_reopened_resolved_again_and_confirmed(unit: Node, raised: str) -> None:
    states = [
        unit.json("problem", "resolve", raised, "--remedy", "two from 5 East")["state"],
        unit.json("problem", "reopen", raised, "--why", "they came without leads")["state"],
        unit.json("problem", "resolve", raised, "--remedy", "leads found")["state"],
        unit.json("problem", "confirm", raised, "--lesson", "ask for leads")["state"],
    ]

    assert states == ["resolved", "open", "resolved", "closed"]
    assert unit.json("problem", "show", raised)["remedy"] == "leads found"


def test_an_answer_is_read_out_once_and_stands_in_the_huddle_that_is_open(unit: Node, raised: str) -> None:
    unit.do("problem", "resolve", raised, "--remedy", "two from 5 East")
    unit.do("huddle", "open")
    story = unit.json("problem", "read", raised)["story"]
    again = unit.try_("problem", "read", raised)

    assert story[-1]["data"]["read_out"] is True
    assert raised in [one["item"] for one in unit.json("huddle", "show")["items"]]
    assert (again.code, again.err) == (1, "wsq-huddle: This answer has been read out already.\n")


def test_what_was_raised_here_need_not_be_heard_here(unit: Node, raised: str) -> None:
    heard = unit.try_("problem", "see", raised)

    assert (heard.code, heard.err) == (1, "wsq-huddle: 4 West has seen this already.\n")


def test_words_that_were_wrong_are_put_right_and_the_first_ones_stay_in_the_story(unit: Node, raised: str) -> None:
    unit.do("problem", "note", raised, "they are on 5 West")
    last = unit.json("problem", "correct", raised, "--text", "they are on 5 East")
    title = unit.json("problem", "correct", raised, "--part", "title", "--text", "Two pumps are missing")
    wrong = unit.try_("problem", "correct", raised, "--part", "answer", "--text", "x", "--json")

    story = unit.json("problem", "show", raised)["story"]
    assert (last["warnings"], title["title"]) == ([], "Two pumps are missing")
    assert [line["data"]["text"] for line in story if line["kind"] == "problem.noted"] == ["they are on 5 East"]
    assert (wrong.code, wrong.kind) == (1, "not-allowed")


def test_a_problem_is_withdrawn_with_a_reason(unit: Node, raised: str) -> None:
    assert unit.json("problem", "withdraw", raised, "--why", "found them")["state"] == "withdrawn"


@pytest.mark.parametrize(
    "words",
    [
        ("escalate", "--need", "two pumps", "--tried", "5 East", "--by", "2026-11-24T17:00", "--mode", "action"),
        ("assign", "--to", "biomed", "--need", "two pumps"),
        ("return", "--answer", "here they are"),
        ("return", "--answer", "here they are", "--to", "biomed"),
        ("take-over", "--why", "they cannot act"),
        ("recall", "--why", "solved here"),
        ("acknowledge",),
        ("confirm",),
    ],
)
def test_what_the_rules_forbid_is_a_sentence_and_changes_nothing(
    unit: Node, raised: str, words: tuple[str, ...]
) -> None:
    verb, *options = words
    told = unit.try_("problem", verb, raised, *options, "--json")

    assert told.code == 1
    assert told.kind == "not-allowed"
    assert told.err.startswith("wsq-huddle: ")
    assert told.err.strip().endswith(".")
    assert unit.json("problem", "show", raised)["turn"] == 1


def test_lists_are_by_place_by_state_and_by_words(unit: Node, raised: str) -> None:
    words = ("Linen short", "--category", "supplies", "--urgency", "routine")
    other = unit.json("problem", "raise", *words, now="2026-11-24T07:16:00+00:00")["id"]
    unit.json("problem", "withdraw", other, "--why", "came", now="2026-11-24T07:17:00+00:00")

    def listed(*words: str) -> list[str]:
        return [one["id"] for one in unit.json("problem", "list", *words)]

    assert set(unit.json("problem", "list")[0]) == PROBLEM
    assert listed() == [other, raised]
    assert listed("--at", "away") == []
    assert listed("--at", "here") == [raised]
    assert listed("--at", "all") == [other, raised]
    assert listed("--state", "open") == [raised]
    assert set(listed("--state", "open,withdrawn")) == {other, raised}
    assert listed("--search", "pump") == [raised]


def test_similar_problems_come_with_a_score(unit: Node, raised: str) -> None:
    found = unit.json("problem", "similar", "IV pumps missing again")

    assert [one["id"] for one in found] == [raised]
    assert set(found[0]) == PROBLEM | {"score"}
    assert 0 < found[0]["score"] <= 1


def test_ids_may_be_shortened_as_long_as_they_mean_one(unit: Node, raised: str) -> None:
    bare = raised.removeprefix("problem-")
    second = unit.json("problem", "raise", "Another", now="2026-11-24T07:15:00.001+00:00")["id"]
    shared = "".join(a for a, b in zip(raised, second, strict=True) if a == b)[: len("problem-") + 8]

    assert unit.json("problem", "show", bare)["id"] == raised
    assert unit.json("problem", "show", raised[:-1])["id"] == raised
    for wrong in ("abc", "ffff", "%%%%", shared):
        told = unit.try_("problem", "show", wrong, "--json")
        assert (told.code, told.kind) == (1, "not-found"), wrong


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("raise", "x", "--urgency", "noww"), "--urgency"),
        (("raise", "x", "--category", "equipmnt"), "--category"),
        (("list", "--at", "heer"), "--at"),
        (("list", "--state", "opne"), "--state"),
        (("plan", "ID", "--what", "w", "--owner", "o", "--due", "soon"), "--due"),
        (("escalate", "ID", "--need", "n", "--by", "soon"), "--by"),
        (("escalate", "ID", "--mode", "acton"), "--mode"),
    ],
)
def test_a_wrong_word_after_an_option_names_the_option(
    unit: Node, raised: str, words: tuple[str, ...], option: str
) -> None:
    told = unit.try_("problem", *(raised if word == "ID" else word for word in words), "--json")

    assert (told.code, told.kind) == (2, "usage")
    assert told.err.startswith(f"wsq-huddle: {option}: ")


def test_a_word_that_is_nearly_right_is_recognised(unit: Node) -> None:
    told = unit.try_("problem", "raise", "x", "--category", "equipmnt")

    assert "Did you mean equipment?" in told.err


def test_who_stands_in_for_a_closed_holder_is_told(unit: Node, raised: str) -> None:
    text = unit.config.read_text()
    hours = '[calendar]\nbegins = "09:00"\nends = "17:00"\nstand_in = "house"\n'
    unit.config.write_text(text.replace("[calendar]\n", hours))
    unit.do("huddle", "open")
    shown = unit.json("problem", "show", raised)
    later = unit.json("problem", "show", raised, now="2026-11-24T12:00:00+00:00")

    assert shown["stand_in"] == {"node": "house", "name": "house", "call": ""}
    assert later["stand_in"] is None
    assert "house stands in" in unit.do("problem", "show", raised).out
    assert "4 West: closed, house stands in." in unit.do("chain").out
    assert [one["stand_in"] for one in unit.json("chain")["closed"]] == ["house"]
