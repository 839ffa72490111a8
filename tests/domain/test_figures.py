"""What figures mean, and that each is defined where people look for it."""

from datetime import timedelta
from pathlib import Path

import wsq_huddle
from tests.domain.telling import AT, DAY
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.figures import MEANINGS, Case, as_json, count, count_problems, median
from wsq_huddle.domain.figures.counting import count_huddles

DOCS = Path(wsq_huddle.__file__).parents[1] / "docs" / "figures.md"


def named(document: dict[str, object], prefix: str = "") -> set[str]:
    """The names of all figures of a document; those by tier and the days are no figures of their own."""
    found: set[str] = set()
    for name, value in document.items():
        if name in {"from", "to", "nodes"}:
            continue
        if isinstance(value, dict) and value:
            found |= named(value, f"{prefix}{name}.")
        else:
            found.add(prefix + name)
    return found


def test_every_figure_is_defined_and_nothing_else_is() -> None:
    none = count((), (), (), begins=DAY, ends=DAY, now=AT, asked=(), tiers={})

    assert {one.name for one in MEANINGS} == named(as_json(none))


def test_the_page_about_figures_says_what_the_screen_says() -> None:
    page = DOCS.read_text(encoding="utf-8")
    missing = [
        words
        for one in MEANINGS
        for words in (f"## {one.title}\n", f"`{one.name}`", one.definition, one.formula, one.source, one.does_not_say)
        if words not in page
    ]

    assert missing == []


def test_a_median_is_the_middle_and_of_nothing_there_is_none() -> None:
    assert median([3.0, 1.0, 200.0]) == 3.0
    assert median([3.0, 1.0]) == 2.0
    assert median([]) is None


def test_hours_with_two_nodes_of_a_tier_are_one_time_at_that_tier() -> None:
    cases = [Case(origin="4-west", stays={"4-west": 1.0, "cardiac": 2.0, "biomed": 3.0})]

    assert count_problems(cases, {"4-west": 1, "cardiac": 2, "biomed": 2}).median_hours_at_tier == {"1": 1.0, "2": 5.0}


def test_a_huddle_that_is_going_on_counts_as_held() -> None:
    row = Row(node="4-west", name="4 West", tier=1, parent="cardiac", huddle="morning", planned_at=AT,
              state=State.OPEN, opened_at=AT)  # fmt: skip
    counted = count_huddles([row], AT + timedelta(minutes=5))

    assert (counted.planned, counted.held, counted.median_minutes) == (1, 1, None)
