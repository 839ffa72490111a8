"""What comes in and what goes out, as the OpenAPI document tells it; requests are held against these shapes."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from wsq_huddle.domain.entries import NAME_LIMIT
from wsq_huddle.sync.wire import ENTRIES

Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, Field(min_length=1, max_length=NAME_LIMIT)]
Number = Annotated[int, Field(ge=0, lt=2**53, strict=True)]


class Shape(BaseModel):
    """The base: fields that a later client adds are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class EntryShape(Shape):
    head: str
    text: str | None = None
    seal: str


class RefusalShape(Shape):
    """What the child refused of what it read from us, by the hash of its head: it may not have been able to read it."""

    hash: Sha
    reason: Annotated[str, Field(max_length=500)]


class WitnessShape(Shape):
    """The head of a device's chain, so that a log that was cut off is found out."""

    device: Name
    seq: Number
    hash: Sha


class PushRequest(Shape):
    """Entries of the child's feed from `after + 1` on; `after_chain` is the feed's chain at `after`."""

    epoch: Number
    after: Number
    after_chain: Sha
    entries: Annotated[list[EntryShape], Field(max_length=ENTRIES)]
    refused: Annotated[list[RefusalShape], Field(max_length=100)] = []
    witness: WitnessShape | None = None


class Result(Shape):
    n: int
    id: str
    status: str
    reason: str = ""


class PushAnswer(Shape):
    acked: int
    acked_chain: str
    results: list[Result]
    now: str


class Item(Shape):
    n: int
    chain: str
    entry: EntryShape


class FeedAnswer(Shape):
    items: list[Item]
    head: int
    more: bool
    now: str


class UpPosition(Shape):
    """How far we have read the child's feed."""

    n: int
    chain: str


class DownPosition(Shape):
    """The feed to the child; `chain` is the one at the number it asked about, if there is one."""

    head: int
    acked: int
    chain: str | None


class HelloAnswer(Shape):
    node: str
    epoch: int
    state: str
    up: UpPosition
    down: DownPosition
    protocols: list[int]
    limits: dict[str, int]
    renew: bool
    rehearsal: bool
    now: str


class EnrolRequest(Shape):
    """With a code; or with the token that the node has, and the name of who confirmed."""

    node: Name
    token_hash: Sha
    code: Annotated[str, Field(max_length=100)] | None = None
    by: Annotated[str, Field(max_length=NAME_LIMIT)] = ""
    rehearsal: bool = False
    device: Annotated[str, Field(pattern=r"^([0-9a-f]{8})?$")] = ""
    """What a computer writes as that wants in as a spare of the node; empty for the node's own."""


class NodeShape(Shape):
    key: str
    name: str
    tier: int
    parent: str | None = None


class EnrolAnswer(Shape):
    node: str
    name: str
    tier: int
    parent: NodeShape
    tree: list[NodeShape]
    epoch: int
    spare: str
    """What we call it if it is a spare; else empty."""
    head: int
    rehearsal: bool
    limits: dict[str, int]
    now: str


class TokenRequest(Shape):
    """The SHA-256 of the token that the child will use next; it has stored it already."""

    token_hash: Sha


class TokenAnswer(Shape):
    active_after_first_use: bool
    now: str


class RestartRequest(Shape):
    """What the child knows of us that we do not: we were restored from a backup."""

    epoch: Number
    acked: Number
    read: Number
    read_chain: Sha


class RestartAnswer(Shape):
    epoch: int
    now: str


class ProblemDocument(Shape):
    """RFC 9457, with a `code` for programs and what it needs to go on."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
