"""Targets and Status: the lines that ask, with what was answered and what it was last time."""

from collections.abc import Iterable

from wsq_huddle.domain.agendas import TODAY, Answer, Item, Step, remarked, with_targets
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import Problem
from wsq_huddle.domain.records import record
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.rows import field_of

from . import events

_BACK = 10
"""Huddles that are looked through for the last value of a measure."""


@record(kw_only=True)
class Asked:
    """One line. `item.target` is today's; `changed`: it was changed for today; `last` is the last value before.

    `told` are the events of its kind that were raised as problems since it was answered last.
    """

    item: Item
    answer: Answer | None
    last: Answer | None = None
    changed: bool = False
    told: tuple[Problem, ...] = ()

    @property
    def done(self) -> bool:
        return self.answer is not None or not self.item.asks


def look(desk: Desk, huddle: Huddle | None, items: Iterable[Item]) -> dict[Step, tuple[Asked, ...]]:
    """All lines by step, in the order of the agenda."""
    answers = huddle.answers if huddle else ()
    asked = with_targets(items, answers)
    given = {(one.item, one.step): one for one in remarked(asked, answers)}
    changed = {one.item.removesuffix(TODAY) for one in answers if one.item.endswith(TODAY)}
    last = _last(desk, huddle, {item.key for item in asked if item.measure or item.standard})
    told = events.look(desk, huddle, asked)
    found: dict[Step, list[Asked]] = {step: [] for step in Step}
    for item in asked:
        found[item.step].append(
            Asked(
                item=item,
                answer=given.get((item.key, item.step)),
                last=last.get(item.key),
                changed=item.key in changed,
                told=told.get(item.key, ()),
            )
        )
    return {step: tuple(lines) for step, lines in found.items()}


def _last(desk: Desk, huddle: Huddle | None, wanted: set[str]) -> dict[str, Answer]:
    """The last value of each measure and standard, of a huddle before this one."""
    if not wanted:
        return {}
    before = huddle.opened_at if huddle and huddle.opened_at else desk.now()
    rows = desk.look().rows(
        "SELECT answers FROM huddle WHERE node = :node AND opened_at < :before ORDER BY opened_at DESC LIMIT :limit",
        node=desk.node, before=before.isoformat(), limit=_BACK,
    )  # fmt: skip
    found: dict[str, Answer] = {}
    for row in rows:
        for one in field_of(Huddle, "answers", row):
            if one.item in wanted and one.numbers:
                found.setdefault(one.item, one)
        if len(found) == len(wanted):
            break
    return found
