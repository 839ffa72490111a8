"""The measures of a node: target, last value, the values before it, and whether the last one is a real change."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from wsq_huddle.domain import changes
from wsq_huddle.domain.agendas import TODAY, Item, Kind, Mark, with_targets
from wsq_huddle.domain.agendas.answers import Numbers, marked, tamed
from wsq_huddle.domain.changes import Change
from wsq_huddle.domain.records import record

from . import huddles
from .desk import Desk
from .huddles import Sitting
from .places import Places

_ASKED = frozenset({Kind.MEASURE, Kind.STANDARD})


@record(kw_only=True)
class Reading:
    """A value that a huddle gave; of a standard the percentage that kept to it. `shown` is how it was given."""

    on: date
    value: float
    shown: str


@record(kw_only=True)
class Measure:
    """One measure or standard. `item.target` is today's; `readings` are the latest ones, oldest first.

    `mark` is that of the last reading against the target; `change` is None while it is no more than chance.
    """

    item: Item
    readings: tuple[Reading, ...]
    mark: Mark
    change: Change | None

    @property
    def last(self) -> Reading | None:
        return self.readings[-1] if self.readings else None


def board(desk: Desk, one: Sitting | None = None, places: Places | None = None) -> tuple[Measure, ...]:
    """All measures of this node in the order of its agenda, then its standards."""
    known = places or Places(desk)
    sitting = one or huddles.sitting(desk, places=known)
    asked = [item for item in huddles.agenda(desk, sitting, known).items if item.kind in _ASKED]
    items = with_targets(asked, sitting.huddle.answers if sitting.huddle else ())
    given = _given(desk, {item.key: _of(item) for item in items})
    # One that stands in two steps is one measure.
    once = {_of(item): item for item in reversed(items)}
    found = [_measure(item, given[_of(item)]) for item in reversed(once.values())]
    return tuple(sorted(found, key=lambda one: one.item.kind is Kind.STANDARD))


def _of(item: Item) -> str:
    return item.measure or item.standard or item.key


def _measure(item: Item, given: list[tuple[date, Numbers, str]]) -> Measure:
    readings = [
        Reading(on=on, value=value, shown=shown)
        for on, numbers, shown in reversed(given)
        if (value := _value(numbers)) is not None
    ]
    last = next((numbers for _, numbers, _ in given if _value(numbers) is not None), {})
    return Measure(
        item=item,
        readings=tuple(readings),
        mark=marked(item, last),
        change=changes.change([one.value for one in readings]),
    )


def _given(desk: Desk, wanted: Mapping[str, str]) -> dict[str, list[tuple[date, Numbers, str]]]:
    """What the latest huddles answered to these lines, by the measure that each asks for, the newest first."""
    found: dict[str, list[tuple[date, Numbers, str]]] = defaultdict(list)
    if not wanted:
        return found
    # Only what is shown is read out of the answers: a year of them is a long text.
    rows = desk.look().rows(
        'SELECT "on", answers FROM huddle WHERE node = :node AND opened_at IS NOT NULL'
        " ORDER BY opened_at DESC LIMIT :limit",
        node=desk.node, limit=changes.LATEST,
    )  # fmt: skip
    for row in rows:
        for one in json.loads(row["answers"]):
            numbers = tamed(one.get("numbers") or {})
            if one["item"] in wanted and numbers and not one["item"].endswith(TODAY):
                shown = one.get("words") or one.get("value") or ""
                found[wanted[one["item"]]].append((date.fromisoformat(row["on"]), numbers, shown))
    return found


def _value(numbers: Numbers) -> float | None:
    if numbers.get("of"):
        return 100 * numbers.get("kept", 0) / numbers["of"]
    return numbers.get("value")
