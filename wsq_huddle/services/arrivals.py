"""What a roll call says of messages, not of huddles: when a summary got here, who called a huddle off and when."""

import json
from datetime import date, datetime

from wsq_huddle.domain.huddles import Skipped

from .desk import Desk


def reached(desk: Desk, on: date) -> dict[str, datetime]:
    """When each huddle's summary got here, by the huddle's subject."""
    sql = (
        "SELECT huddle.subject, entry.received_at FROM huddle JOIN entry ON entry.id = huddle.reported"
        ' WHERE huddle."on" = :day AND huddle.node <> :node'
    )
    rows = desk.look().rows(sql, day=on.isoformat(), node=desk.node)
    return {str(row["subject"]): datetime.fromisoformat(row["received_at"]) for row in rows}


def called_off(desk: Desk, on: date) -> dict[str, tuple[str, datetime]]:
    """Who said of a huddle that there is none, and when, by its subject; no name where people are not shown above."""
    sql = (
        "SELECT entry.subject, entry.head, entry.at FROM huddle JOIN entry ON entry.subject = huddle.subject"
        " WHERE huddle.\"on\" = :day AND huddle.node <> :node AND huddle.state = 'skipped' AND entry.kind = :kind"
        " ORDER BY entry.arrival"
    )
    rows = desk.look().rows(sql, day=on.isoformat(), node=desk.node, kind=Skipped.kind)
    named = desk.settings.screens.people
    return {
        str(row["subject"]): (
            str(json.loads(row["head"]).get("by") or "") if named else "",
            datetime.fromisoformat(row["at"]),
        )
        for row in rows
    }
