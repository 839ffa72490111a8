"""`action`: planned work of this node. Each verb prints the action as it then is."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.guarding import warned
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import coming_day, one_of
from wsq_huddle.cli.telling import shortened, table, tell
from wsq_huddle.domain.actions import PREFIX, Action, State
from wsq_huddle.domain.codec import encode
from wsq_huddle.services import actions

app = group()

Id = Annotated[str, Argument(help="The action; at least 4 characters of its id.", metavar="ID")]
Due = Annotated[str, Option(help="The day, as 2026-11-24, tomorrow or fri.")]


@app.callback()
def action() -> None:
    """Planned work of this node, with a person who answers for it and a day."""


@app.command(cls=Verb)
def plan(
    context: Context,
    what: Annotated[str, Argument(help="What is to be done.")],
    owner: Annotated[str, Option(help="The person who answers for it.")],
    due: Due,
) -> None:
    """Plan some work."""
    with at_desk(context) as desk:
        one = actions.plan(desk, what=what, owner=owner, due=coming_day(due, "--due", desk.zone, desk.now()))
        _answer(context, one, typed={"what": what})


@app.command(cls=Verb)
def done(context: Context, id: Id) -> None:
    """Say that it is done."""
    with at_desk(context) as desk:
        _answer(context, actions.done(desk, actions.find(desk, id)))


@app.command(cls=Verb)
def move(context: Context, id: Id, due: Due) -> None:
    """Put it on another day."""
    with at_desk(context) as desk:
        until = coming_day(due, "--due", desk.zone, desk.now())
        _answer(context, actions.move(desk, actions.find(desk, id), due=until))


@app.command(cls=Verb)
def drop(context: Context, id: Id, why: Annotated[str, Option(help="Why it is dropped.")]) -> None:
    """Say that it will not be done."""
    with at_desk(context) as desk:
        _answer(context, actions.drop(desk, actions.find(desk, id), why=why), typed={"why": why})


@app.command("list", cls=Verb)
def listed(
    context: Context,
    state: Annotated[str, Option(help="open, done, dropped or all.")] = State.OPEN.value,
) -> None:
    """List actions, those that are due first."""
    wanted = one_of(state, "--state", ("all", *State))
    with at_desk(context) as desk:
        found = actions.listed(desk, state=wanted if isinstance(wanted, State) else None)
        tell(context, [shown(one) for one in found], lambda: _draw(found))


def shown(one: Action) -> dict[str, Any]:
    """An action as JSON; the names of its class are those of the document."""
    found: dict[str, Any] = encode(one)
    return found


def _answer(context: Context, one: Action, *, typed: Mapping[str, str] | None = None) -> None:
    document = shown(one) if typed is None else {**shown(one), "warnings": warned(typed)}
    tell(context, document, lambda: _draw([one]))


def _draw(found: Sequence[Action]) -> None:
    ids = shortened([one.id for one in found], PREFIX)
    table(
        ("id", "what", "owner", "due", "state"),
        [(ids[one.id], one.what, one.owner, one.due, one.state) for one in found],
        empty="No actions.",
    )
