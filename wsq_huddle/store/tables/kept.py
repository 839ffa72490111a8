"""Kept tables: what is not in the log and never made from it; a rebuild leaves them alone."""

from sqlmodel import Field, Index, SQLModel, UniqueConstraint


class Identity(SQLModel, table=True):
    """Whose store this is; one row. A rehearsal is marked for good and never joins what is none."""

    id: int = Field(default=1, primary_key=True)
    node: str
    rehearsal: bool = False
    created_at: str


class Device(SQLModel, table=True):
    """The store that entries are written in: made anew by every new database and every restore.

    `seq` and `hash` are those of the last entry written in it; `arrival` counts all entries of the store. The row
    of the current device is locked by every transaction that records.
    """

    id: str = Field(primary_key=True)
    current: bool = True
    seq: int = 0
    hash: str
    arrival: int = 0
    created_at: str


class Subject(SQLModel, table=True):
    """The lock and the highest tick of a subject."""

    subject: str = Field(primary_key=True)
    tick: int = 0


class FeedItem(SQLModel, table=True):
    """One place in the feed to a peer, numbered without gaps."""

    __tablename__ = "feed_item"
    __table_args__ = (UniqueConstraint("peer", "epoch", "entry_id"),)

    peer: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    n: int = Field(primary_key=True)
    entry_id: str
    chain: str
    queued_at: str


class Link(SQLModel, table=True):
    """A neighbour. `role` is theirs: parent, child or spare; `state`: active, fenced, revoked or diverged."""

    peer: str = Field(primary_key=True)
    role: str
    state: str
    epoch: int = 0
    last_contact: str | None = None
    clock_offset: float = 0.0
    trouble: str | None = None


class LinkIn(SQLModel, table=True):
    """How far the feed of a peer was read, in each epoch."""

    __tablename__ = "link_in"

    peer: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    in_n: int = 0
    in_chain: str


class LinkOut(SQLModel, table=True):
    """The head of the feed to a peer, and how much of it the peer has committed."""

    __tablename__ = "link_out"

    peer: str = Field(primary_key=True)
    epoch: int
    out_head: int = 0
    out_chain: str
    out_acked: int = 0


class Parked(SQLModel, table=True):
    """What came and is not in force: `parked` (kept, forwarded, applied later) or `refused` (kept and shown).

    `recover` is parked until a person says so: ours, as it seems, but not sealed with a key of ours. `told_at` is
    when the neighbour that brought it was told of a refusal.
    """

    __table_args__ = (Index("parked_status", "status", "at"),)

    hash: str = Field(primary_key=True)
    status: str
    reason: str
    peer: str
    entry_id: str
    subject: str
    kind: str
    head: str
    text: str | None = None
    seal: str
    at: str
    told_at: str | None = None


class Refusal(SQLModel, table=True):
    """What a peer refused of ours, and why."""

    peer: str = Field(primary_key=True)
    entry_id: str = Field(primary_key=True)
    n: int
    reason: str
    at: str


class Credential(SQLModel, table=True):
    """A token of a child: its SHA-256, never the token."""

    token_hash: str = Field(primary_key=True)
    node: str = Field(index=True)
    slot: str = "current"
    epoch: int
    created_at: str
    revoked_at: str | None = None


class Code(SQLModel, table=True):
    """A one-time enrolment code: its SHA-256, never the code. `token_hash` is that of who used it."""

    code_hash: str = Field(primary_key=True)
    node: str = Field(index=True)
    name: str
    tier: int
    invited_by: str
    expires_at: str
    tries: int = 0
    used_at: str | None = None
    token_hash: str | None = None


class Timer(SQLModel, table=True):
    """A rule that fires once for a turn of a problem, also across restarts."""

    subject: str = Field(primary_key=True)
    turn: int = Field(primary_key=True)
    rule: str = Field(primary_key=True)
    due_at: str = Field(index=True)
    fired_at: str | None = None


class Draft(SQLModel, table=True):
    """A line that somebody is typing, kept within half a second and never sent. `place` names the field."""

    place: str = Field(primary_key=True)
    text: str
    updated_at: str


class Setting(SQLModel, table=True):
    """Small facts of this store: the last huddle shown, an exchange that was asked for."""

    key: str = Field(primary_key=True)
    value: str


class Pin(SQLModel, table=True):
    """The PIN of a person who signs here: its scrypt hash, never the PIN. `person` is the name in lower case.

    `cost` is scrypt's n; `wrong` tries in a row make the next one wait until `wait_until`.
    """

    person: str = Field(primary_key=True)
    salt: str
    hash: str
    cost: int
    set_at: str
    wrong: int = 0
    wait_until: str | None = None
