"""The questions are a chain: what is not well in Status is already a line in Plan and in Help."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.records import record

from .answers import WATCH, Answer, Mark, happened, looked_into, remarked
from .items import Item, Kind, Step


class Why(StrEnum):
    """Why a line stands in Plan and Help."""

    TARGET = "target not met"
    READINESS = "not ready"
    EVENT = "not looked into"
    PROBLEM = "raised today"


@record(kw_only=True)
class Line:
    """What the earlier questions leave to plan or to ask help for; `about` is an item's key or a problem's subject."""

    about: str
    ask: str
    why: Why
    mark: Mark
    note: str = ""
    planned: bool = False
    asked: bool = False
    watched: bool = False

    @property
    def settled(self) -> bool:
        return self.planned or self.asked or self.watched


def lines(
    items: Iterable[Item],
    answers: Iterable[Answer],
    *,
    raised: Mapping[str, str] | None = None,
    planned: Collection[str] = (),
    asked: Collection[str] = (),
) -> tuple[Line, ...]:
    """What is a line in Plan and in Help by itself: what is not met first, then attention, then problems raised today.

    `raised` maps the subjects of today's problems to their titles; `planned` and `asked` hold what has a plan or has
    been escalated, as keys of items or subjects of problems.
    """
    known = {item.key: item for item in items}
    given = remarked(known.values(), answers)
    watched = {one.item for one in given if one.step in {Step.PLAN, Step.HELP} and one.value == WATCH}
    rest = [
        Line(about=one.item, ask=known[one.item].ask if one.item in known else short(one.item),
             why=why, mark=one.mark, note=one.note)
        for one in given
        if (why := reason(one))
    ]  # fmt: skip
    rest.sort(key=lambda line: line.mark is not Mark.NOT_MET)
    rest += [
        Line(about=subject, ask=title, why=Why.PROBLEM, mark=Mark.ATTENTION)
        for subject, title in (raised or {}).items()
    ]
    return tuple(
        replace(line, planned=line.about in planned, asked=line.about in asked, watched=line.about in watched)
        for line in rest
    )


def reason(one: Answer) -> Why | None:
    """Why an answer is a line in Plan and Help, if it is; events that are welcome carry no mark and are none."""
    if one.kind is Kind.READINESS and one.mark in {Mark.ATTENTION, Mark.NOT_MET}:
        return Why.READINESS
    if one.kind in {Kind.MEASURE, Kind.STANDARD, Kind.CHECK} and one.mark is Mark.NOT_MET:
        return Why.TARGET
    if one.kind is Kind.EVENTS and one.mark is not Mark.NONE:
        return Why.EVENT if happened(one) > looked_into(one) else None
    return None
