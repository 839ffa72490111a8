"""The tree as this node knows it, and the nodes directly below: invited, and shut out."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from wsq_huddle.domain.nodes import State
from wsq_huddle.domain.records import record
from wsq_huddle.domain.spares import is_peer, node_of
from wsq_huddle.domain.text import one_line
from wsq_huddle.errors import NotAllowed

from .desk import Desk
from .texts import fact

if TYPE_CHECKING:
    from wsq_huddle.domain.nodes import Node
    from wsq_huddle.store.reader import Row
    from wsq_huddle.sync.enrolling import Invitation, Me


@record(kw_only=True)
class Known:
    """One place of the tree. `last_contact` is known of the neighbours only."""

    node: str
    name: str
    tier: int
    parent: str | None
    state: State
    last_contact: datetime | None


def listed(desk: Desk) -> list[Known]:
    """Every node that this one knows of, the highest tier first; those that were only invited come last."""
    look = desk.look()
    links = {str(row["peer"]): row for row in look.rows("SELECT peer, state, last_contact FROM link")}
    found: dict[str, Known] = {}
    for node in desk.tree().nodes.values():
        link = links.get(node.key)
        state, contact = node.state, link["last_contact"] if link else None
        if state is State.ACTIVE and link is not None and link["state"] != State.ACTIVE:
            state = State.REVOKED if link["state"] == State.REVOKED else State.FENCED
        found[node.key] = Known(
            node=node.key,
            name=node.name,
            tier=node.tier,
            parent=node.parent,
            state=state,
            last_contact=datetime.fromisoformat(contact) if contact else None,
        )
    known = sorted(found.values(), key=lambda one: (-one.tier, one.parent or "", one.name, one.node))
    return known + _invited(desk, {one.node for one in known if one.state is State.ACTIVE})


def invite(desk: Desk, node: str, *, name: str, tier: int, lasts: timedelta) -> "Invitation":
    """Make a one-time code for a node below; it is told here and kept nowhere."""
    from wsq_huddle.config.values import Wrong, read_key  # noqa: PLC0415 - only here
    from wsq_huddle.sync.enrolling import invite as make_code  # noqa: PLC0415 - SQLAlchemy, only here

    try:
        key = read_key(node)  # as the node's own huddle.toml has to have it
    except Wrong as wrong:
        raise NotAllowed(f"{one_line(node)!r} cannot be the key of a node: {wrong}") from None
    called = fact(name, "name")
    if not called:
        raise NotAllowed("Say what people call the node.")
    return make_code(desk.store, me(desk), key, called, tier, lasts=lasts, by=desk.author)


def spares(desk: Desk) -> list[Known]:
    """The spares of the nodes directly below; none of them is a node."""
    sql = "SELECT peer, state, last_contact FROM link WHERE role = 'spare' AND state <> 'revoked' ORDER BY peer"
    tree = desk.tree()
    return [_spare(desk, row["peer"], tree.nodes.get(node_of(row["peer"])), row) for row in desk.look().rows(sql)]


def invite_spare(desk: Desk, node: str, *, lasts: timedelta) -> "Invitation":
    """Make a one-time code for a second computer of a node directly below; it is told here and kept nowhere."""
    from wsq_huddle.sync.enrolling import Invitation  # noqa: PLC0415 - SQLAlchemy, only here
    from wsq_huddle.sync.sparing import invite as make_code  # noqa: PLC0415 - as above

    code, until = make_code(desk.store, node, lasts, by=desk.author)
    return Invitation(node, code, datetime.fromisoformat(until))


def revoke(desk: Desk, node: str) -> Known:
    """Shut a node directly below out, at once, or end a spare of one; gives it as it then is."""
    from wsq_huddle.sync import enrolling, sparing  # noqa: PLC0415 - SQLAlchemy, only here

    if is_peer(node):
        sparing.revoke(desk.store, node, by=desk.author)
        return _spare(desk, node, desk.tree().nodes.get(node_of(node)), None)
    enrolling.revoke(desk.store, node, by=desk.author)
    left = {one.node: one for one in listed(desk)}
    gone = Known(node=node, name=node, tier=0, parent=desk.node, state=State.REVOKED, last_contact=None)
    return left.get(node, gone)


def rotate(desk: Desk, node: str) -> Known:
    """Ask a node directly below to renew its token at its next contact; gives it as it is."""
    from wsq_huddle.sync.enrolling import ask_to_renew  # noqa: PLC0415 - SQLAlchemy, only here

    ask_to_renew(desk.store, node)
    return next(one for one in (*listed(desk), *spares(desk)) if one.node == node)


def waiting(desk: Desk) -> int:
    """How many entries of our own were brought back by others and wait for a person, because their key is not here."""
    row = desk.look().one("SELECT COUNT(*) AS n FROM parked WHERE status = 'recover'")
    return int(row["n"]) if row else 0


def recover(desk: Desk) -> int:
    """Bring into force what waits for a person; gives the number of entries."""
    from wsq_huddle.sync.enrolling import recover as bring_back  # noqa: PLC0415 - SQLAlchemy, only here

    return bring_back(desk.store)


def me(desk: Desk) -> "Me":
    """What this node is called and where it stands."""
    from wsq_huddle.sync.enrolling import Me  # noqa: PLC0415 - SQLAlchemy, only here

    return Me(desk.name, desk.tier)


def _spare(desk: Desk, peer: str, node: "Node | None", row: "Row | None") -> Known:
    contact = row["last_contact"] if row else None
    return Known(
        node=peer,
        name=desk.names(peer),
        tier=node.tier if node else 1,
        parent=node_of(peer),
        state=State.ACTIVE if row and row["state"] == State.ACTIVE else State.FENCED if row else State.REVOKED,
        last_contact=datetime.fromisoformat(contact) if contact else None,
    )


def _invited(desk: Desk, active: set[str]) -> list[Known]:
    sql = "SELECT node, name, tier, expires_at FROM code WHERE used_at IS NULL AND node NOT LIKE '%~%' ORDER BY node"
    return [
        Known(
            node=row["node"],
            name=row["name"],
            tier=row["tier"],
            parent=desk.node,
            state=State.INVITED,
            last_contact=None,
        )
        for row in desk.look().rows(sql)
        if row["node"] not in active and datetime.fromisoformat(row["expires_at"]) > desk.now()
    ]
