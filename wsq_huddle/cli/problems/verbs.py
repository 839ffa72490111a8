"""The verbs of a problem: each prints the problem as it then is, and what in the words may identify a patient."""

from collections.abc import Callable
from typing import Annotated

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import ask, one_of
from wsq_huddle.config.complaints import meant
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.problems import Problem, Urgency
from wsq_huddle.errors import UsageError
from wsq_huddle.services import huddles, problems, sites, steps
from wsq_huddle.services.desk import Desk

from .showing import Id, answer_with, app

_ANOTHER = "another"
"""A safety event that this node's huddle has no line for."""

Why = Annotated[str, Option(help="Why.")]


@app.command("raise", cls=Verb)
def raise_at(
    context: Context,
    title: Annotated[str, Argument(help="What is wrong, in a line.")],
    *,
    detail: Annotated[str, Option(help="More about it.")] = "",
    category: Annotated[str, Option(help="Its kind, a word of this site.")] = "other",
    event: Annotated[str, Option(help="A safety event: which, such as fall. The next tier gets to know.")] = "",
    urgency: Annotated[str, Option(help="now, today or routine.")] = Urgency.TODAY.value,
    reference: Annotated[str, Option(help="The number in the incident system.")] = "",
) -> None:
    """Raise a problem at this node."""
    wanted = one_of(urgency, "--urgency", Urgency)
    with at_desk(context) as desk:
        kind = _category(desk, category)
        safety = short(kind) == problems.SAFETY
        which = _event(desk, event) if safety else event
        found = problems.raise_at(
            desk,
            title=title,
            detail=detail,
            category=kind,
            urgency=wanted,
            reference=reference or None,
            event="" if which == _ANOTHER else which,
            # After the huddle nobody reads it out any more: it goes up by itself.
            to_know=safety or huddles.sitting(desk).state is State.CLOSED,
        )
        answer_with(context, desk, found, typed={"title": title, "detail": detail})


@app.command(cls=Verb)
def note(context: Context, id: Id, text: Annotated[str, Argument(help="What is to be known.")]) -> None:
    """Add a note; any node on its path may."""
    _say(context, id, problems.note, text=text)


@app.command(cls=Verb)
def confirm(context: Context, id: Id, lesson: Annotated[str, Option(help="What was learned.")] = "") -> None:
    """Say that it worked: the loop is closed."""
    _say(context, id, problems.confirm, lesson=lesson)


@app.command(cls=Verb)
def reopen(context: Context, id: Id, why: Why) -> None:
    """Say that it is not solved."""
    _say(context, id, problems.reopen, why=why)


@app.command(cls=Verb)
def withdraw(context: Context, id: Id, why: Why) -> None:
    """Say that it is no longer needed."""
    _say(context, id, problems.withdraw, why=why)


@app.command(cls=Verb)
def read(context: Context, id: Id) -> None:
    """Say that its answer was read out here; who gave it gets to know."""
    with at_desk(context) as desk:
        subject, one = problems.find(desk, id), huddles.sitting(desk)
        if one.state is State.OPEN and "read_out" in problems.may(desk, problems.read(desk, subject)):
            steps.read_out(desk, one, subject)
            answer_with(context, desk, problems.read(desk, subject))
        else:
            answer_with(context, desk, problems.read_out(desk, subject))


@app.command(cls=Verb)
def see(context: Context, id: Id) -> None:
    """Say that it was heard here, which asks nothing; who told of it gets to know."""
    with at_desk(context) as desk:
        answer_with(context, desk, problems.see(desk, problems.find(desk, id)))


@app.command("take-over", cls=Verb)
def take_over(context: Context, id: Id, why: Why) -> None:
    """Take it from who cannot act, as a tier above; a person signs, with --as NAME."""
    _say(context, id, problems.take_over, why=why)


@app.command(cls=Verb)
def recall(context: Context, id: Id, why: Why) -> None:
    """Ask who holds it to hand it back."""
    _say(context, id, problems.ask_recall, why=why)


@app.command(cls=Verb)
def correct(
    context: Context,
    id: Id,
    text: Annotated[str, Option(help="What it should be.")],
    part: Annotated[str, Option(help="Which words: title, answer, need ...; by default our last ones.")] = "",
) -> None:
    """Put words right that this node wrote; the first ones stay in the story."""
    with at_desk(context) as desk:
        found = problems.put_right(desk, problems.find(desk, id), text=text, part=part)
        answer_with(context, desk, found, typed={part or "text": text})


def _say(context: Context, id: str, verb: Callable[..., Problem], **said: str) -> None:
    """Use a verb on one problem, with what was typed, and print what became of it."""
    with at_desk(context) as desk:
        answer_with(context, desk, verb(desk, problems.find(desk, id), **said), typed=said)


def _event(desk: Desk, word: str) -> str:
    """Which safety event it is, as the screens ask too: the next tier gets to know of it."""
    known = [short(item.key) for item in problems.events(desk)]
    return ask(word, "--event", f"Which safety event is it ({', '.join([*known, _ANOTHER])})?") if known else word


def _category(desk: Desk, word: str) -> str:
    known = {one.key for one in sites.kinds(desk)}
    if short(word) not in known:
        raise UsageError(f"--category: {word!r} is none of {', '.join(sorted(known))}.{meant(word, known)}")
    return word
