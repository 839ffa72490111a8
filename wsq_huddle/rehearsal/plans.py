"""Planned work of the nodes, apart from any problem: who answers for it, until when, and what became of it."""

from dataclasses import dataclass

from wsq_huddle.services import actions
from wsq_huddle.services.desk import Desk

from .days import Days


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`steps`: when, and what is done then: `plan`, `done`, `move 2` (to that working day) or `drop`."""

    node: str
    what: str
    owner: str
    due: int
    steps: tuple[tuple[str, str], ...]
    why: str = ""


def _plan(node: str, what: str, owner: str, due: int, *steps: tuple[str, str], why: str = "") -> Plan:
    return Plan(node=node, what=what, owner=owner, due=due, steps=steps, why=why)


PLANS = (
    _plan("4-west", "Count crash cart seals with 4 East", "Ana R.", 0, ("-3 07:27", "plan")),
    _plan(
        "4-west", "Ask for the second patient lift again", "Ben K.", -4, ("-8 07:27", "plan"), ("-4 07:27", "move -1")
    ),
    _plan("4-west", "New insulin pens: old ones to the box", "Lee M.", 3, ("-1 07:26", "plan")),
    _plan(
        "4-west", "Show night team the reset of the call box", "Lee M.", -6, ("-8 07:28", "plan"), ("-6 15:00", "done")
    ),
    _plan("4-east", "Slipper check on every round", "Mara S.", -4, ("-9 07:27", "plan"), ("-4 12:00", "done")),
    _plan("ccu", "Alarm limits on one card", "Ida F.", 2, ("-2 07:12", "plan")),
    _plan("5-east", "Labels for pumps that are lent", "Kim T.", 0, ("-2 07:12", "plan")),
    _plan("cardiac", "One list of pumps with Biomed", "S. Lind", 0, ("-1 08:17", "plan")),
    _plan("cardiac", "Home by 11: ask transport for figures", "J. Whitfield", -2, ("-7 08:16", "plan")),
    _plan("surgery", "Two cases to the morning list", "N. Diaz", -3, ("-5 08:16", "plan"), ("-3 12:00", "done")),
    _plan("biomed", "Repairs older than three days: one by one", "T. Berg", 1, ("-6 07:42", "plan")),
    _plan("executive", "Staffing plan for the nights", "R. Okafor", 1, ("-4 08:58", "plan")),
    _plan(
        "executive",
        "Rent twelve pumps for a month",
        "J. Cole",
        -6,
        ("-9 08:57", "plan"),
        ("-7 08:55", "drop"),
        why="nine came back from repair",
    ),
)


def carry_out(desk: Desk, plan: Plan, verb: str, subject: str, days: Days) -> str:
    """Plan it, finish it, move it or drop it, at the desk of its node; gives its subject, which the first one makes."""
    desk.sign_as(plan.owner)
    word, _, to = verb.partition(" ")
    if word == "plan":
        return actions.plan(desk, what=plan.what, owner=plan.owner, due=days.date(plan.due)).id
    if word == "done":
        return actions.done(desk, subject).id
    if word == "move":
        return actions.move(desk, subject, due=days.date(int(to))).id
    return actions.drop(desk, subject, why=plan.why).id
