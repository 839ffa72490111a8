"""Counts what was lost or doubled on the way: the logs of all stores side by side, entry by entry."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from wsq_huddle.domain.events import Audience
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.services.desk import Desk

from .hospital import TOP

_ENTRIES = "SELECT id, hash, subject, audience, node, device, seq, turn FROM entry"
_PATHS = "SELECT subject, node FROM problem_path"
_PROBLEMS = "SELECT subject, state, holder, turn FROM problem"


@dataclass(frozen=True)
class Counted:
    """`lost`: entries that are not where they are meant to be; `doubled`: entries or turns that are there twice.

    `disagreeing`: problems of which two nodes do not say the same.
    """

    entries: int
    lost: int
    doubled: int
    disagreeing: int


@dataclass(frozen=True)
class _Written:
    subject: str
    audience: str
    node: str
    turn: int | None


def count(desks: Mapping[str, Desk]) -> Counted:
    """Look at all stores, once nothing is on its way any more."""
    rows = {key: desk.look().rows(_ENTRIES) for key, desk in desks.items()}
    written = {
        str(row["id"]): _Written(row["subject"], row["audience"], row["node"], row["turn"])
        for found in rows.values()
        for row in found
    }
    here = {key: {str(row["id"]) for row in found} for key, found in rows.items()}
    paths: dict[str, set[str]] = {}
    for desk in desks.values():
        for row in desk.look().rows(_PATHS):
            paths.setdefault(str(row["subject"]), set()).add(str(row["node"]))
    tree = desks[TOP].tree()
    lost = sum(
        one not in here[key] for one, entry in written.items() for key in _meant(entry, tree, paths) if key in here
    )
    twice = sum(len(found) - len({row[name] for row in found}) for found in rows.values() for name in ("id", "hash"))
    twice += sum(len(found) - len({(row["device"], row["seq"]) for row in found}) for found in rows.values())
    turns = Counter((entry.subject, entry.turn) for entry in written.values() if entry.turn is not None)
    twice += sum(number - 1 for number in turns.values())
    return Counted(len(written), lost, twice, _disagreeing(desks))


def _meant(entry: _Written, tree: Tree, paths: Mapping[str, set[str]]) -> set[str]:
    """The nodes that an entry is for."""
    above, below = set(tree.ancestors(entry.node)), set(tree.below(entry.node))
    match Audience(entry.audience):
        case Audience.PATH:
            return {entry.node} | paths.get(entry.subject, set())
        case Audience.PARENT:
            return {entry.node, tree.parent(entry.node) or entry.node}
        case Audience.UP:
            return {entry.node} | above
        case Audience.DOWN:
            return below
        case Audience.KIN:
            return above | below
        case Audience.HERE:
            return {entry.node}


def _disagreeing(desks: Mapping[str, Desk]) -> int:
    said: dict[str, set[tuple[str, str, int]]] = {}
    for desk in desks.values():
        for row in desk.look().rows(_PROBLEMS):
            said.setdefault(str(row["subject"]), set()).add((row["state"], row["holder"], row["turn"]))
    return sum(len(stories) > 1 for stories in said.values())
