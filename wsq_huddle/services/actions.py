"""Planned work of this node, with a person who answers for it and a day."""

from collections.abc import Callable
from datetime import date

from wsq_huddle.domain import actions
from wsq_huddle.domain.actions import Action, State
from wsq_huddle.domain.events import Event
from wsq_huddle.store.rows import thawed

from .desk import Desk
from .texts import fact


def plan(desk: Desk, *, what: str, owner: str, due: date, about: str | None = None) -> Action:
    event = actions.plan(what=what, owner=fact(owner, "owner's name"), due=due, about=about)
    with desk.recording() as writing:
        told = writing.recorder.write(desk.author, event, actions.PREFIX)
    return read(desk, told.subject)


def done(desk: Desk, subject: str) -> Action:
    return _decide(desk, subject, lambda action: actions.done(action, at_node=desk.node))


def move(desk: Desk, subject: str, *, due: date) -> Action:
    return _decide(desk, subject, lambda action: actions.move(action, at_node=desk.node, due=due))


def drop(desk: Desk, subject: str, *, why: str) -> Action:
    return _decide(desk, subject, lambda action: actions.drop(action, at_node=desk.node, why=why))


def find(desk: Desk, shortened: str) -> str:
    """The whole id of an action from a shortened one."""
    return desk.find("action", actions.PREFIX, shortened)


def read(desk: Desk, subject: str) -> Action:
    return desk.read(Action, "action", subject)


def listed(desk: Desk, *, node: str | None = None, state: State | None = State.OPEN) -> list[Action]:
    """Actions of a node, by default of this one, those that are due first; all states with `state=None`."""
    sql = "SELECT * FROM action WHERE node = :node AND (:any = 1 OR state = :state) ORDER BY due, subject"
    rows = desk.look().rows(sql, node=node or desk.node, any=int(state is None), state=(state or State.OPEN).value)
    return [thawed(Action, row) for row in rows]


def _decide(desk: Desk, subject: str, verb: Callable[[Action], Event]) -> Action:
    with desk.deciding(actions, subject) as (action, record):
        record(verb(action))
    return read(desk, subject)
