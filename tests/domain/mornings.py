"""Entries and definitions for stories of huddles: a unit, its department, one morning in November."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from wsq_huddle.domain import agendas, definitions, huddles
from wsq_huddle.domain.agendas import Item, Kind
from wsq_huddle.domain.definitions import DefinitionSet, Sort
from wsq_huddle.domain.entries import START, Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.huddles import Answered, Huddle, Opened

ON = date(2026, 11, 30)
AT = datetime(2026, 11, 30, 7, 15, tzinfo=UTC)
UNIT, PARENT = "4-west", "cardiac"
LINE = ("executive", PARENT, UNIT)
SUBJECT = huddles.subject_of(UNIT, ON, "morning")

OPENED = huddles.Opened(on=ON, name="morning", planned_at=AT, minutes=10, leader="Ana R.", editions={"4-west/items": 1})


def told(event: Event, number: int, node: str = UNIT, **changes: Any) -> Told:  # noqa: ANN401 - any field of Told
    """The entry of this number in the story of the unit's huddle, a minute after the one before."""
    plain: dict[str, Any] = {
        "id": f"e{number}",
        "hash": f"{number:064}",
        "subject": SUBJECT,
        "kind": event.kind,
        "event": event,
        "node": node,
        "device": f"{node}/1",
        "seq": number,
        "prev": START,
        "by": "Ana R.",
        "at": AT + timedelta(minutes=number),
        "turn": None,
        "on": None,
        "tick": number,
        "audience": event.audience,
        "to": None,
    }
    return Told(**(plain | changes))


def story(*events: Event) -> list[Told]:
    return [told(event, number) for number, event in enumerate(events)]


def declared(owner: str, sort: str, *said: dict[str, Any], edition: int = 1) -> DefinitionSet:
    event = definitions.publish(None, owner=owner, sort=sort, definitions=said)
    return DefinitionSet(owner=owner, sort=sort, edition=edition, definitions=event.definitions if event else ())


def item(key: str, kind: str, step: str = "status", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any key of an item
    return {"key": key, "step": step, "kind": kind, "ask": key.capitalize(), "tiers": [1], **more}


SETS = (
    declared(
        UNIT,
        Sort.ITEMS,
        item("home-by-11", "measure", "targets", measure="home-by-11"),
        item("methods", "readiness"),
        item("staff", "readiness"),
        item("fall", "events", ask="Falls"),
        item("good-catch", "events"),
        item("falls-bundle", "standard", standard="falls-bundle"),
        item("round", "check"),
        item("beds-free", "count"),
        item("ahead", "text"),
    ),
    declared(UNIT, Sort.MEASURES, {"key": "home-by-11", "name": "Home by 11", "target": 30, "direction": "at-least"}),
    declared(UNIT, Sort.STANDARDS, {"key": "falls-bundle", "name": "Falls bundle", "target": 95, "sample": 10}),
)
ITEMS: tuple[Item, ...] = agendas.agenda(SETS, LINE, tier=1)


def line(name: str) -> Item:
    return agendas.find(ITEMS, name)


def answered(item: str, value: str, kind: Kind = Kind.COUNT, **more: Any) -> Answered:  # noqa: ANN401 - any field
    return Answered(item=item, step="status", item_kind=kind.value, value=value, **more)


def folded(*events: Event) -> Huddle:
    huddle = huddles.fold(story(*events))
    assert huddle is not None
    return huddle


def opening(huddle: Huddle | None, **changes: Any) -> Opened:  # noqa: ANN401 - any argument of `open_at`
    plain: dict[str, Any] = {
        "at_node": UNIT, "on": ON, "name": "morning", "planned_at": AT, "minutes": 10, "leader": "Ana R.",
        "editions": {},
    }  # fmt: skip
    return huddles.open_at(huddle, **(plain | changes))
