"""`board`: a table, a document, and a wall only where there is a terminal for it."""

import pytest

from tests.cli.running import Node

KEYS = {"name", "on", "told_on", "row", "ready", "targets", "measured", "since", "counted_from", "tally", "morning"}


def test_a_board_is_a_document_and_a_table_without_what_was_typed(unit: Node) -> None:
    unit.json("huddle", "open")
    unit.json("huddle", "answer", "staff", "not-met", "--note", "Zanzibar is short")
    unit.json("problem", "raise", "Zanzibar pump")
    told = unit.json("board")
    drawn = unit.try_("board")

    assert set(told) == KEYS
    assert {one["name"]: one["mark"] for one in told["ready"]}["Staff"] == "not-met"
    assert told["tally"]["raised"] == 1
    assert drawn.code == 0
    assert "Falls, 5 days" in drawn.out
    assert "Zanzibar" not in drawn.out + str(told)


@pytest.mark.parametrize("every", ["0", "2.9", "-1", "soon", "nan", "99999"])
def test_pages_that_stay_too_short_or_too_long_are_refused(unit: Node, every: str) -> None:
    refused = unit.try_("board", "--wall", "--every", every)

    assert refused.code == 2
    assert "--every takes seconds" in refused.err


def test_a_wall_needs_a_terminal_and_has_no_document(unit: Node) -> None:
    assert unit.try_("board", "--wall").code == 2
    assert unit.try_("board", "--wall", "--json").kind == "usage"
