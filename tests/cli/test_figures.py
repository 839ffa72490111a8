"""`figures`: the document that others rely on, and what people read."""

from tests.cli.running import Node


def test_the_document_counts_the_morning_that_was_held(unit: Node) -> None:
    unit.do("huddle", "open")
    unit.do("problem", "raise", "Two IV pumps missing")
    unit.do("huddle", "close", now="2026-11-24T07:24:00+00:00")
    found = unit.json("figures", "--from", "2026-11-24", "--to", "2026-11-24", now="2026-11-24T09:30:00+00:00")

    assert (found["from"], found["to"]) == ("2026-11-24", "2026-11-24")
    assert found["huddles"] == {
        "planned": 1, "held": 1, "late": 0, "missed": 0, "skipped": 0, "median_minutes": 9.0,
    }  # fmt: skip
    assert found["problems"]["raised"] == 1
    assert found["nodes"][0]["node"] == "4-west"
    assert found["nodes"][0]["huddles"] == found["huddles"]


def test_without_days_it_is_the_month_up_to_today(unit: Node) -> None:
    found = unit.json("figures")

    assert (found["from"], found["to"]) == ("2026-11-01", "2026-11-24")


def test_people_read_none_yet_and_never_a_share_of_nothing(unit: Node) -> None:
    said = unit.do("figures").out

    assert "none yet" in said
    assert "%" not in said
    assert "0 planned" not in said  # 23 days without a huddle
    assert "docs/figures.md" in said


def test_days_that_nobody_can_mean_are_refused_in_a_sentence(unit: Node) -> None:
    assert "no date" in unit.try_("figures", "--from", "soon").err
    assert unit.try_("figures", "--from", "2026-11-24", "--to", "2026-11-01").code == 1
    assert unit.try_("figures", "--from", "0001-01-01").code == 1
    assert unit.try_("figures", "--from", "9999-12-31", "--to", "9999-12-31", "--json").kind == "not-allowed"
