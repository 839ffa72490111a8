"""What in the words of a command may identify a patient is told by kind and place, never repeated, never refused."""

from pathlib import Path

import pytest

from tests.cli.running import Node

NAMED = "asked Mr Miller's wife"
SAID = "wsq-huddle: Looks like a patient's name."


@pytest.fixture
def raised(unit: Node) -> str:
    return str(unit.json("problem", "raise", "Two IV pumps missing")["id"])


VERBS: dict[str, tuple[str, ...]] = {
    "detail": ("problem", "raise", "Pumps", "--detail", NAMED),
    "what": ("problem", "plan", "ID", "--what", NAMED, "--owner", "Ben K.", "--due", "2026-11-26"),
    "text": ("problem", "note", "ID", NAMED),
    "remedy": ("problem", "resolve", "ID", "--remedy", NAMED),
    "why": ("problem", "withdraw", "ID", "--why", NAMED),
}


@pytest.mark.parametrize("field", VERBS)
def test_a_verb_names_the_field_and_the_place_of_a_name(unit: Node, raised: str, field: str) -> None:
    words = [raised if word == "ID" else word for word in VERBS[field]]

    told = unit.json(*words)

    assert told["warnings"] == [{"kind": "name", "field": field, "start": 6, "end": 15}]


def test_people_read_one_sentence_that_repeats_nothing(unit: Node) -> None:
    done = unit.do("problem", "raise", "Mr Miller fell, bed 12", "--detail", "MRN 00482913")

    assert done.err.startswith("wsq-huddle: Looks like a patient's name, the bed of a patient and a record number.")
    assert len(done.err.splitlines()) == 1
    assert not any(word in done.err for word in ("Miller", "12", "00482913"))


def test_nothing_is_said_about_words_that_identify_nobody(unit: Node, raised: str) -> None:
    done = unit.do("problem", "note", raised, "Ana R.: spare from store")

    assert done.err == ""


def test_a_huddle_and_an_action_are_guarded_too(unit: Node) -> None:
    unit.do("huddle", "open")
    item = next(item for item in unit.json("huddle", "show")["items"] if item["kind"] == "readiness")
    noted = unit.json("huddle", "answer", item["item"], "attention", "--note", NAMED)
    planned = unit.json("action", "plan", NAMED, "--owner", "Ben K.", "--due", "2026-11-26")
    dropped = unit.json("action", "drop", planned["id"], "--why", NAMED)

    assert [warning["field"] for told in (noted, planned, dropped) for warning in told["warnings"]] == [
        "note",
        "what",
        "why",
    ]


def test_the_place_is_that_in_what_was_recorded(unit: Node, raised: str) -> None:
    noted = unit.json("problem", "note", raised, "  \u200bpatient\u00a0Smith waits ")
    (warning,) = noted["warnings"]
    recorded = noted["story"][-1]["data"]["text"]

    assert recorded[warning["start"] : warning["end"]] == "patient Smith"


def test_the_log_says_nothing_of_what_was_found(unit: Node) -> None:
    before = unit.json("problem", "raise", "Two IV pumps missing")["story"][0]["data"]
    after = unit.json("problem", "raise", "Mr Miller fell")["story"][0]["data"]

    assert set(after) == set(before)
    logs = [path for path in (unit.folder / "data").rglob("*.log*") if path.is_file()]
    assert not any(_holds(path, "Miller") for path in logs)


def _holds(path: Path, word: str) -> bool:
    return word in path.read_text(encoding="utf-8", errors="replace")
