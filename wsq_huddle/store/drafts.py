"""The kept table of lines being typed."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert

from .tables import DRAFT


def keep(connection: Connection, place: str, text: str, now: datetime) -> None:
    """Put a draft in its place; an empty text takes it away."""
    forget(connection, place)
    if text:
        row = {"place": place, "text": text, "updated_at": now.astimezone(UTC).isoformat()}
        connection.execute(insert(DRAFT), [row])


def forget(connection: Connection, place: str) -> None:
    """Take a draft away, within whatever transaction this is."""
    connection.execute(delete(DRAFT).where(DRAFT.c.place == place))
