"""The agenda check: whether a huddle has had the same lines with the same answers so long that it is worth a look."""

from collections.abc import Collection, Iterable

from wsq_huddle.domain.agendas import Answer, Kind
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting
from wsq_huddle.store.rows import field_of

_NUMBERS = frozenset({Kind.COUNT, Kind.MEASURE, Kind.STANDARD})
"""Kinds of lines whose numbers differ from day to day without anything being new: their mark counts."""

DAYS = 10
"""Days with the same answers after which Close says so."""

_LAST = (
    "SELECT answers FROM huddle WHERE node = :node AND name = :name AND opened_at IS NOT NULL"
    " ORDER BY opened_at DESC LIMIT :days"
)


def unchanged(desk: Desk, one: Sitting, asked: Collection[str]) -> int:
    """For how many days it has been the same, `DAYS` at the most; 0 where it is not that long."""
    rows = desk.look().rows(_LAST, node=one.node, name=one.name, days=DAYS)
    if len(rows) < DAYS:
        return 0
    told = {_told(field_of(Huddle, "answers", row), asked) for row in rows}
    return DAYS if len(told) == 1 and {item for item, *_ in next(iter(told))} >= set(asked) else 0


def _told(answers: Iterable[Answer], asked: Collection[str]) -> frozenset[tuple[str, ...]]:
    """What was said to the lines that ask, whoever said it."""
    return frozenset(
        (one.item, one.step.value, _said(one), one.words, one.note, *one.did) for one in answers if one.item in asked
    )


def _said(one: Answer) -> str:
    return one.mark.value if one.kind in _NUMBERS else one.value or ""
