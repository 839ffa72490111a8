"""What an area announces to all below it, and what was announced to us."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from wsq_huddle.domain import announcements
from wsq_huddle.domain.announcements import Announcement, Reach
from wsq_huddle.domain.nodes import Tree
from wsq_huddle.domain.records import record
from wsq_huddle.store.rows import thawed

from .desk import Desk

if TYPE_CHECKING:
    from wsq_huddle.store.store import Writing

USUAL_DAYS = 6
"""How many days after its first one an announcement ends when nobody says: a week in all."""


@record
class Told:
    """An announcement of ours and how far it has got."""

    announcement: Announcement
    reach: Reach


def publish(
    desk: Desk, *, title: str, text: str = "", begins: date | None = None, ends: date | None = None
) -> Announcement:
    """Announce something to all below this node: from today, for a week, unless other days are said."""
    today = _today(desk)
    first = begins or today
    last = ends or max(first, today) + timedelta(days=USUAL_DAYS)
    event = announcements.publish(desk.tree(), title=title, text=text, begins=first, ends=last, today=today)
    with desk.recording() as writing:
        told = writing.recorder.write(desk.author, event, announcements.PREFIX)
    return read(desk, told.subject)


def withdraw(desk: Desk, subject: str, *, why: str) -> Announcement:
    with desk.deciding(announcements, subject) as (announcement, record_):
        record_(announcements.withdraw(announcement, at_node=desk.node, why=why))
    return read(desk, subject)


def read_out(desk: Desk, subject: str) -> Announcement:
    """Say that it was read out here; who announced it gets to know."""
    tree = desk.tree()
    with desk.deciding(announcements, subject) as (announcement, record_):
        record_(announcements.read(announcement, tree))
    return read(desk, subject)


def note_read(desk: Desk, writing: "Writing", subject: str, *, huddle: str) -> None:
    """Record within a transaction that it was read out in a huddle; nothing where it was before."""
    tree: Tree = writing.transaction.tree
    writing.transaction.lock([subject])
    announcement = writing.recorder.state(subject)
    if announcement is not None and tree.me not in announcement.read:
        writing.recorder.write(desk.author, announcements.read(announcement, tree, huddle=huddle), subject)


def find(desk: Desk, shortened: str) -> str:
    """The whole id of an announcement from a shortened one."""
    return desk.find("announcement", announcements.PREFIX, shortened)


def read(desk: Desk, subject: str) -> Announcement:
    return desk.read(Announcement, "announcement", subject)


def listed(desk: Desk, *, over: bool = False) -> list[Announcement]:
    """All that were announced by us and to us and are not over; with `over` the old and the withdrawn ones too."""
    since = "" if over else _today(desk).isoformat()
    state = "" if over else " AND state = 'out'"
    sql = f"SELECT * FROM announcement WHERE ends >= :since{state} ORDER BY begins, subject"  # noqa: S608 - our own words
    heard = {desk.node, *desk.tree().ancestors(desk.node)}
    return [thawed(Announcement, row) for row in desk.look().rows(sql, since=since) if row["node"] in heard]


def for_us(desk: Desk, on: date, tree: Tree) -> list[Announcement]:
    """What those above have announced and is in force on a day, the oldest first."""
    sql = "SELECT * FROM announcement WHERE ends >= :day AND begins <= :day AND state = 'out' ORDER BY begins, subject"
    above = set(tree.ancestors(tree.me))
    rows = desk.look().rows(sql, day=on.isoformat())
    return [thawed(Announcement, row) for row in rows if row["node"] in above]


def ours(desk: Desk, tree: Tree) -> tuple[Told, ...]:
    """What we have announced and is not over, with how far it has got."""
    return tuple(Told(one, announcements.reach(one, tree)) for one in listed(desk) if one.node == desk.node)


def _today(desk: Desk) -> date:
    return desk.local(desk.now()).date()
