"""A huddle as `huddle show --json` prints it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from wsq_huddle.domain.agendas import Answer, Item, Mark, remarked
from wsq_huddle.domain.codec import encode
from wsq_huddle.domain.summaries import Summary, as_json

from .state import Huddle


def show(  # noqa: PLR0913 - a huddle, and what is known without it
    huddle: Huddle | None,
    items: Iterable[Item],
    summary: Summary,
    *,
    node: str,
    name: str,
    on: date,
    state: str,
    planned_at: datetime | None,
) -> dict[str, Any]:
    """Everything about one huddle, lines without an answer too. `state` is the worked-out one (`chains.standing`).

    Answers to what is no line of the agenda (read out, watched, what went well) follow in the order they were given.
    """
    lines = list(items)
    told = remarked(lines, huddle.answers if huddle else ())
    given = {(one.item, one.step): one for one in told}
    rows = [_row(item, given.pop((item.key, item.step), None)) for item in lines]
    rows += [_row(None, one) for one in given.values()]
    return {
        "node": node,
        "huddle": name,
        "on": on.isoformat(),
        "state": state,
        "planned_at": encode(planned_at or (huddle.planned_at if huddle else None)),
        "opened_at": encode(huddle.opened_at if huddle else None),
        "closed_at": encode(huddle.closed_at if huddle else None),
        "attended": list(huddle.attended) if huddle else [],
        "items": rows,
        "summary": as_json(summary),
    }


def _row(item: Item | None, one: Answer | None) -> dict[str, Any]:
    shown = one or item
    return {
        "item": one.item if one else item.key if item else "",
        "step": shown.step.value if shown else "",
        "kind": shown.kind.value if shown else "",
        "ask": item.ask if item else "",
        "value": one.shown if one else None,
        "note": one.note if one else "",
        "mark": (one.mark if one else Mark.NONE).value,
        "by": one.by if one else None,
        "at": encode(one.at) if one else None,
    }
