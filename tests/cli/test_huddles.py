"""`huddle` and `chain`: a unit's morning from the command line."""

import pytest

from tests.cli.running import Node

HUDDLE = {
    "node", "huddle", "on", "state", "planned_at", "opened_at", "closed_at", "attended", "items", "summary",
    "recurring",
}  # fmt: skip
ITEM = {"item", "step", "kind", "ask", "value", "note", "mark", "by", "at"}
SUMMARY = {
    "complete", "covers", "readiness", "targets", "events", "standards", "problems", "units", "present", "leaders",
    "answers", "corrects",
}  # fmt: skip
ROW = {
    "node", "name", "tier", "parent", "huddle", "planned_at", "state", "late", "heard_at", "opened_at", "closed_at",
    "reported_at", "problems_up", "problems_down", "on_paper",
}  # fmt: skip


def item(shown: dict[str, object], key: str) -> dict[str, object]:
    items = shown["items"]
    assert isinstance(items, list)
    return next(one for one in items if one["item"] == key)


def test_a_huddle_is_opened_answered_attended_closed_and_opened_again(unit: Node) -> None:
    opened = unit.json("huddle", "open")
    answered = unit.json("huddle", "answer", "staff", "not-met", "--note", "two short", "--as", "Ana R.")
    attended = unit.json("huddle", "attend", "Ana R.", "Ben K.", "--leader", "C. Diaz")
    closed = unit.json("huddle", "close", "--plus", "on time", "--delta", "louder", now="2026-11-24T07:24:00+00:00")

    assert set(opened) >= HUDDLE
    assert (opened["state"], opened["on"], opened["huddle"]) == ("open", "2026-11-24", "morning")
    assert set(opened["items"][0]) == ITEM
    assert set(opened["summary"]) >= SUMMARY
    staff = item(answered, "4-west/staff")
    assert (staff["value"], staff["mark"], staff["note"], staff["by"]) == ("not-met", "not-met", "two short", "Ana R.")
    assert answered["warnings"] == []
    assert attended["attended"] == ["C. Diaz", "Ana R.", "Ben K."]
    assert (closed["closed_at"], closed["summary"]["present"]) == ("2026-11-24T07:24:00+00:00", 3)
    assert unit.json("huddle", "reopen")["closed_at"] is None


def test_a_huddle_is_called_off_with_a_reason_and_the_morning_says_so(unit: Node) -> None:
    assert unit.json("huddle", "skip", "--why", "fire drill")["state"] == "skipped"

    chain = unit.json("chain")
    assert set(chain) == {"on", "window", "nodes", "closed"}
    assert set(chain["window"]) == {"opens", "closes"}
    assert set(chain["nodes"][0]) == ROW
    assert [(row["node"], row["state"]) for row in chain["nodes"]] == [("4-west", "skipped")]
    assert unit.json("chain", "--on", "2026-11-25")["nodes"][0]["state"] == "planned"


def test_another_day_or_another_huddle_may_be_meant(unit: Node) -> None:
    text = unit.config.read_text(encoding="utf-8")
    unit.config.write_text(
        text + '\n[[huddle]]\nname = "morning"\nat = "07:15"\nminutes = 10\n'
        '\n[[huddle]]\nname = "evening"\nat = "19:15"\nminutes = 10\nprotected = false\n',
        encoding="utf-8",
    )

    assert unit.json("huddle", "open", "--huddle", "evening", now="2026-11-24T19:15:00+00:00")["huddle"] == "evening"
    assert unit.json("huddle", "show", "--on", "2026-11-20")["on"] == "2026-11-20"
    assert unit.json("huddle", "show", "--huddle", "morning")["state"] == "planned"
    assert unit.try_("huddle", "show", "--huddle", "noon").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("answer", "staff", "met"),
        ("attend", "Ana R."),
        ("close",),
        ("reopen",),
        ("mark", "5-east", "--as-held", "paper"),
        ("mark", "4-west", "--as-held", "paper"),
    ],
)
def test_what_the_rules_forbid_is_a_sentence(unit: Node, words: tuple[str, ...]) -> None:
    told = unit.try_("huddle", *words, "--json")

    assert told.code == 1
    assert told.err.startswith("wsq-huddle: ")


def test_a_line_that_is_not_there_is_told_with_those_that_are(unit: Node) -> None:
    unit.do("huddle", "open")
    told = unit.try_("huddle", "answer", "staf", "met", "--json")

    assert (told.code, told.kind) == (1, "not-found")
    assert "staff" in told.err


def test_somebody_or_a_number_has_to_be_there(unit: Node) -> None:
    unit.do("huddle", "open")

    assert unit.try_("huddle", "attend").code == 2
    assert unit.try_("huddle", "attend", "--number", "few").code == 2
    assert unit.json("huddle", "attend", "--number", "7")["summary"]["present"] == 7


def test_people_see_the_lines_and_the_morning(unit: Node) -> None:
    unit.do("huddle", "open")

    assert "4-west/staff" in unit.do("huddle", "show").out
    assert "protected time 07:00 to 09:00" in unit.do("chain").out


def test_the_paper_form_has_the_lines_with_what_is_known_by_now(unit: Node) -> None:
    unit.do("huddle", "open")
    unit.do("huddle", "answer", "staff", "not-met", "--note", "two short")
    unit.do("problem", "raise", "Bed alarm dead")

    told = unit.json("huddle", "sheet")
    plain = unit.do("huddle", "sheet").out

    assert set(told) == {"node", "huddle", "on", "lines"}
    assert plain == "\n".join(told["lines"]) + "\n"
    assert "[ ] Bed alarm dead - nobody yet, no plan" in plain
    assert "not met: two short" in plain
    assert "Falls bundle" in plain


def test_a_mark_that_is_none_is_a_mistake_of_usage(unit: Node) -> None:
    told = unit.try_("huddle", "mark", "5-east", "--as-held", "papr", "--json")

    assert (told.code, told.kind) == (2, "usage")
    assert "Did you mean paper?" in told.err
