"""Patterns: the same trouble in two places or more, and nothing that only sounds like it."""

import random
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain.patterns import Case, find, nearest

START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def labelled() -> list[tuple[str, Case]]:
    lines = Path(__file__).parent.joinpath("samples/patterns.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for number, line in enumerate(line for line in lines if line.strip() and not line.startswith("#")):
        group, node, kind, day, title = line.split(" | ")
        found.append((group, case(title, node, kind, key=f"problem-{number:04}", day=int(day))))
    return found


def case(  # noqa: PLR0913 - what a problem is
    title: str,
    node: str,
    kind: str = "equipment",
    *,
    key: str = "",
    day: float = 0,
    area: str = "",
) -> Case:
    when = START + timedelta(days=day)
    key = key or f"problem-{node}-{day}-{title}"
    return Case(id=key, origin=node, category=kind, title=title, raised_at=when, node=area or node)


LABELLED = labelled()


def test_the_same_trouble_weeks_later_is_another_pattern_with_a_key_of_its_own() -> None:
    cases = [case("IV pump gone", node, day=day) for day in (0, 20) for node in ("4-west", "5-east")]
    found = find(cases)

    assert [len(one.members) for one in found] == [2, 2]
    assert sorted(one.key for one in found) == ["equipment/pump", "equipment/pump/2"]


def test_the_list_is_long_enough_to_say_something() -> None:
    assert len(LABELLED) >= 80
    assert sum(group == "-" for group, _ in LABELLED) >= 35
    assert len({group for group, _ in LABELLED}) >= 15


def measured() -> tuple[float, float]:
    """Of the pairs put together, how many belong together; and of those that do, how many were found."""
    groups = {case.id: group for group, case in LABELLED}
    wanted = {
        frozenset(pair)
        for pair in combinations(groups, 2)
        if groups[pair[0]] == groups[pair[1]] and groups[pair[0]] != "-"
    }
    got = {frozenset(pair) for one in find(case for _, case in LABELLED) for pair in combinations(one.members, 2)}
    return len(wanted & got) / len(got), len(wanted & got) / len(wanted)


def test_most_of_what_is_put_together_belongs_together_and_most_that_does_is_found() -> None:
    precision, recall = measured()

    assert precision >= 0.9
    assert recall >= 0.8


def test_pumps_in_three_units_are_a_pattern_with_a_name_and_a_day() -> None:
    (found,) = find([
        case("Two IV pumps missing", "4-west", day=1),
        case("IV pump gone", "4-east", day=2),
        case("Short 3 infusion pumps", "ccu", day=4),
        case("Bed rail bent", "ccu", day=4),
    ])  # fmt: skip

    assert (found.key, found.name, found.nodes) == ("equipment/pump", "PUMPS", ("4-west", "4-east", "ccu"))
    assert (found.since, found.until) == (START + timedelta(days=1), START + timedelta(days=4))
    assert len(found.members) == 3


def test_two_broad_words_together_are_one_thing() -> None:
    (found,) = find([
        case("Bed alarm 14 silent", "4-west"),
        case("Bed alarm dead", "4-east"),
        case("Bed rail bent", "ccu"),
        case("Fire alarm test at 10", "rehab"),
    ])  # fmt: skip

    assert (found.name, len(found.members)) == ("BED ALARM", 2)


@pytest.mark.parametrize(
    "cases",
    [
        [case("Pump missing", "4-west", day=1), case("Pump missing", "4-west", day=2)],
        [case("Pump missing", "4-west", day=0), case("Pump missing", "4-east", day=7.01)],
        [case("Pump missing", "4-west"), case("Pump missing", "4-east", "supplies")],
        [case("Linen missing", "4-west"), case("Pump missing", "4-east")],
        [case("Missing again", "4-west"), case("Missing again", "4-east")],
        [case("Pump missing", "4-west", area="cardiac"), case("Pump missing", "4-east", area="cardiac")],
        [case("12 12 12", "4-west"), case("12 12 12", "4-east")],
        [],
    ],
    ids=["one place", "too far apart", "two kinds", "two things", "no thing", "one department", "numbers", "none"],
)
def test_what_is_no_pattern(cases: list[Case]) -> None:
    assert find(cases) == ()


def test_seven_days_are_not_too_far_apart() -> None:
    assert find([case("Pump missing", "4-west", day=0), case("Pump missing", "4-east", day=7)])


def test_the_executive_counts_departments() -> None:
    linen = [
        case("Linen short", "4-west", "supplies", area="cardiac"),
        case("No linen", "5-east", "supplies", area="cardiac"),
        case("Linen late", "theatre", "supplies", area="surgery"),
    ]

    (found,) = find(linen)

    assert found.nodes == ("cardiac", "surgery")
    assert found.origins == ("4-west", "5-east", "theatre")


def test_a_late_one_gets_the_key_of_those_before_it() -> None:
    before = [case("Two IV pumps missing", "4-west", day=1), case("IV pump gone", "4-east", day=2)]
    late = case("Pump lent out, not back", "5-east", day=5)
    (first,), (second,) = find(before), find([*before, late])

    assert first.key == second.key
    assert second.members[-1] == late.id
    assert nearest("Pump lent out, not back", "equipment", [first]) == first
    assert nearest("Bed rail bent", "equipment", [first]) is None
    assert nearest("Pump lent out", "supplies", [first]) is None


TITLES = st.lists(
    st.tuples(
        st.sampled_from([case.title for _, case in LABELLED] + ["", "\u202e", "a" * 200, "pump " * 30]),
        st.sampled_from(["4-west", "4-east", "ccu"]),
        st.sampled_from(["equipment", "staff"]),
        st.integers(0, 20),
    ),
    max_size=20,
)


@given(TITLES, st.randoms(use_true_random=False))
def test_the_order_in_which_they_came_changes_nothing(
    rows: list[tuple[str, str, str, int]], chance: random.Random
) -> None:
    cases = [case(title, node, kind, key=str(number), day=day) for number, (title, node, kind, day) in enumerate(rows)]
    shuffled = chance.sample(cases, len(cases))
    found = find(cases)
    by_id = {one.id: one for one in cases}
    members = [member for one in found for member in one.members]

    assert find([*shuffled, *shuffled]) == found
    assert len(members) == len(set(members))
    assert all(len(one.nodes) >= 2 for one in found)
    assert all(one.until - one.since <= timedelta(days=7) for one in found)
    assert all({by_id[member].category for member in one.members} == {one.category} for one in found)
    assert len({one.key for one in found}) == len(found)


def test_five_thousand_problems_take_about_five_times_one_thousand() -> None:
    thousand, five = _thousands(1_000), _thousands(5_000)
    one, all_ = (min(_seconds(cases) for _ in range(2)) for cases in (thousand, five))

    assert all_ < 10 * one + 0.05
    assert all_ < 3


def _thousands(count: int) -> list[Case]:
    """Titles like those of the list, half of them about one thing, over many places and days."""
    chance = random.Random(7)  # noqa: S311 - examples
    said = defaultdict(list)
    for _, one in LABELLED:
        said[one.category].append(one.title)
    kinds = sorted(said)
    found = []
    for at in range(count):
        kind = chance.choice(kinds)
        title = f"{chance.choice(said[kind])} {chance.choice(said[kind])}"
        found.append(case(title, f"n{chance.randrange(60)}", kind, key=f"{at:05}", day=at / 300))
    return found


def _seconds(cases: list[Case]) -> float:
    begins = time.process_time()
    find(cases)
    return time.process_time() - begins
