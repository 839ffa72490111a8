"""A look costs as many statements in a large hospital as in a small one, and each finds its rows by an index."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.services.hospital import Clock, at, settings_in
from wsq_huddle.domain.problems import Raised, Urgency
from wsq_huddle.services import chains, huddles, problems, steps, todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import MemoryPlace
from wsq_huddle.store.reader import Row

LOOKS: dict[str, Callable[[Desk], object]] = {
    "today": todays.today,
    "morning": chains.morning,
    "steps": lambda desk: steps.look(desk, huddles.sitting(desk)),
    "summary": lambda desk: huddles.summary_of(desk, huddles.sitting(desk)),
    "here": lambda desk: problems.listed(desk, at="here", limit=20),
}


class Counting:
    """A reader that notes what it is asked."""

    def __init__(self, reader: Any) -> None:  # noqa: ANN401 - whichever reader the store has
        self._reader = reader
        self.asked: list[tuple[str, dict[str, object]]] = []

    def rows(self, sql: str, **parameters: object) -> list[Row]:
        self.asked.append((sql, parameters))
        found: list[Row] = self._reader.rows(sql, **parameters)
        return found

    def one(self, sql: str, **parameters: object) -> Row | None:
        found = self.rows(sql, **parameters)
        return found[0] if found else None


class Watched(Desk):
    """A desk that looks through one reader that counts."""

    counting: Counting | None = None

    def look(self) -> Any:  # noqa: ANN401 - a reader
        if self.counting is None:
            self.counting = Counting(super().look())
        return self.counting


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("large")
    store = create_store(MemoryPlace(), "4-west", clock=Clock(at("07:00")))
    yield Watched(store, settings_in(folder, "4-west"))
    store.close()


def asked(desk: Watched, look: Callable[[Desk], object]) -> list[tuple[str, dict[str, object]]]:
    desk.look()
    assert desk.counting is not None
    desk.counting.asked.clear()
    look(desk)
    return list(desk.counting.asked)


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_costs_the_same_few_statements_whatever_there_is(desk: Watched, name: str) -> None:
    before = len(asked(desk, LOOKS[name]))
    with desk.recording() as writing:
        for number in range(120):
            raised = Raised(category="other", urgency=Urgency.TODAY, title=f"problem {number}")
            writing.recorder.write("x", raised, "problem-")

    assert len(asked(desk, LOOKS[name])) <= before + 2  # at most a count beside each group that is not shown whole
    assert before <= 33


@pytest.mark.parametrize("name", LOOKS)
def test_each_statement_of_a_look_uses_an_index(desk: Watched, name: str) -> None:
    small = ("node", "link", "link_out", "draft", "definition", "place")  # a row for each neighbour or place
    for sql, parameters in asked(desk, LOOKS[name]):
        plan = desk.look().rows(f"EXPLAIN QUERY PLAN {sql}", **parameters)
        scans = [str(row["detail"]) for row in plan if str(row["detail"]).startswith("SCAN")]
        assert all(scan.split()[1] in small or "USING" in scan for scan in scans), (sql, scans)


def test_a_group_that_is_not_read_whole_is_counted_whole(desk: Watched) -> None:
    for number in range(todays.FEW + 1):
        problems.raise_at(desk, title=f"one more {number}")
    group = todays.ours(desk)

    assert len(group.problems) == todays.FEW
    assert group.count > todays.FEW
