"""The huddles of earlier days, as far as today's looks back to them."""

from datetime import UTC, datetime

from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.rows import thawed


def before(desk: Desk, begins: datetime, node: str | None = None) -> Huddle | None:
    """The last huddle that was held before this instant, with its answers: last values stand there."""
    sql = (
        "SELECT * FROM huddle WHERE node = :node AND opened_at < :begins AND state IN ('open', 'closed')"
        " ORDER BY opened_at DESC LIMIT 1"
    )
    row = desk.look().one(sql, node=node or desk.node, begins=begins.astimezone(UTC).isoformat())
    return thawed(Huddle, row) if row else None
