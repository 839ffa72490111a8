"""The log: entries as they were written, and what this store knows beside them."""

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class LogEntry(SQLModel, table=True):
    """One entry. `arrival` is its place in this store: 1, 2, 3 ... in the order of commits, causes before effects.

    A parked entry is kept and passed on, and is in no story until this program understands it.
    """

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("device", "seq"),
        Index("entry_subject", "subject", "arrival"),
    )

    id: str = Field(primary_key=True)
    arrival: int = Field(unique=True)
    subject: str
    kind: str
    audience: str
    node: str
    device: str
    seq: int
    turn: int | None = None
    tick: int | None = None
    at: str
    hash: str = Field(unique=True)
    head: str
    text: str | None = None
    seal: str
    received_at: str
    received_from: str | None = None
    parked: bool = False
