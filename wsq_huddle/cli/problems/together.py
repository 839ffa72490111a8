"""The verbs for one problem or for several: one answer for all of them, or for none.

An id may also be the key of a pattern, such as `equipment/pump`: it stands for what waits here of it.
"""

from typing import Annotated

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import coming_day, moment, one_of
from wsq_huddle.cli.telling import local, table, tell
from wsq_huddle.domain.problems import Mode
from wsq_huddle.errors import NotAllowed, UsageError
from wsq_huddle.services import patterns, problems
from wsq_huddle.services.desk import Desk

from .showing import Id, Shown, answer_with, answer_with_all, app

Ids = Annotated[list[str], Argument(help="Problems, at least 4 characters of each id; or a pattern.", metavar="ID...")]


@app.command(cls=Verb)
def plan(
    context: Context,
    ids: Ids,
    what: Annotated[str, Option(help="What will be done.")],
    owner: Annotated[str, Option(help="The person who answers for it.")],
    due: Annotated[str, Option(help="The day it will be done, as 2026-11-24, tomorrow or fri.")],
) -> None:
    """Say what will be done, by whom, by when."""
    with at_desk(context) as desk:
        by = coming_day(due, "--due", desk.zone, desk.now())
        found = patterns.plan(desk, _chosen(desk, ids), what=what, owner=owner, due=by)
        answer_with_all(context, desk, found, typed={"what": what})


@app.command(cls=Verb)
def escalate(
    context: Context,
    ids: Ids,
    *,
    need: Annotated[str, Option(help="What is needed of them; for action it must be said.")] = "",
    tried: Annotated[str, Option(help="What was tried.")] = "",
    by: Annotated[str, Option(help="When an answer is wanted, as 2026-11-24T17:00, 10:00 or fri.")] = "",
    mode: Annotated[str, Option(help="action: it changes hands. awareness: it only informs.")] = Mode.ACTION.value,
) -> None:
    """Ask the next tier for help."""
    wanted = one_of(mode, "--mode", Mode)
    with at_desk(context) as desk:
        until = moment(by, "--by", desk.zone, desk.now()) if by else None
        found = patterns.escalate(desk, _chosen(desk, ids), need=need, tried=tried, by=until, mode=wanted)
        answer_with_all(context, desk, found, typed={"need": need, "tried": tried})


@app.command(cls=Verb)
def acknowledge(context: Context, ids: Ids) -> None:
    """Say that it is seen and taken on."""
    with at_desk(context) as desk:
        subjects = _chosen(desk, ids)
        if len(subjects) == 1:
            answer_with(context, desk, problems.acknowledge(desk, subjects[0]))
        else:
            answer_with_all(context, desk, patterns.acknowledge(desk, subjects))


@app.command("return", cls=Verb)
def give_back(
    context: Context,
    ids: Ids,
    answer: Annotated[str, Option(help="The answer.")],
    to: Annotated[str, Option(help="A node that has held it; by default who handed it over.")] = "",
    not_now: Annotated[bool, Option("--not-now", help="It is not possible now: say why, and what until then.")] = False,
) -> None:
    """Send it back with an answer."""
    with at_desk(context) as desk:
        subjects = _chosen(desk, ids)
        if to and len(subjects) > 1:
            raise UsageError("--to: several go back to who handed each over; send them one by one to go elsewhere.")
        if to:
            one = problems.give_back(desk, subjects[0], answer=answer, to=to, not_now=not_now)
            answer_with(context, desk, one, typed={"answer": answer})
        else:
            found = patterns.give_back(desk, subjects, answer=answer, not_now=not_now)
            answer_with_all(context, desk, found, typed={"answer": answer})


@app.command(cls=Verb)
def assign(
    context: Context,
    ids: Ids,
    to: Annotated[str, Option(help="The node that gets it.")],
    need: Annotated[str, Option(help="What is needed of them.")],
) -> None:
    """Hand it to any other node."""
    with at_desk(context) as desk:
        found = patterns.assign(desk, _chosen(desk, ids), to=to, need=need)
        answer_with_all(context, desk, found, typed={"need": need})


@app.command(cls=Verb)
def resolve(context: Context, ids: Ids, remedy: Annotated[str, Option(help="What solved it.")]) -> None:
    """Say that it is solved; who raised it is asked whether it worked."""
    with at_desk(context) as desk:
        found = patterns.resolve(desk, _chosen(desk, ids), remedy=remedy)
        answer_with_all(context, desk, found, typed={"remedy": remedy})


@app.command(cls=Verb)
def join(
    context: Context,
    id: Id,
    pattern: Annotated[str, Option(help="The pattern; by default the one that it is like.")] = "",
) -> None:
    """Do with it what was done with the others of its pattern; a pattern stands for all of it that wait."""
    with at_desk(context) as desk:
        if "/" in id and not pattern:
            answer_with_all(context, desk, patterns.join_all(desk, id))
            return
        answer_with(context, desk, patterns.join(desk, problems.find(desk, id), key=pattern))


@app.command("patterns", cls=Verb)
def listed(context: Context) -> None:
    """List what came up in several places: one thing, two nodes or more, seven days."""
    with at_desk(context) as desk:
        found = patterns.listed(desk)
        tell(context, [_shown(one) for one in found], lambda: _draw(desk, found))


def _chosen(desk: Desk, ids: list[str]) -> tuple[str, ...]:
    """The whole ids of what was named, each once; a pattern stands for those of it that wait."""
    found: dict[str, None] = {}
    for one in ids:
        if "/" not in one:
            found[problems.find(desk, one)] = None
            continue
        waiting = patterns.find(desk, one).waiting
        if not waiting:
            raise NotAllowed(f"Nothing of {one} waits here any more.")
        found |= dict.fromkeys(waiting)
    return tuple(found)


def _shown(one: patterns.Gathered) -> Shown:
    deal = one.deal
    return {
        "key": one.key,
        "name": one.name,
        "category": one.category,
        "since": one.since,
        "until": one.until,
        "nodes": one.nodes,
        "origins": one.origins,
        "members": [member.problem.id for member in one.members],
        "waiting": one.waiting,
        "deal": {"verb": deal.verb, "at": deal.at, "to": deal.to or None, "text": deal.text} if deal else None,
    }


def _draw(desk: Desk, found: tuple[patterns.Gathered, ...]) -> None:
    table(
        ("pattern", "what", "where", "since", "problems", "waiting", "done"),
        [
            (one.key, one.name, ", ".join(one.places), local(one.since, desk.zone), len(one.members), len(one.waiting),
             one.deal.verb.replace("_", " ") if one.deal else "")
            for one in found
        ],
        empty="No patterns.",
    )  # fmt: skip
