"""The verbs of a problem: each prints the problem as it then is, and what in the words may identify a patient."""

from typing import Annotated

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import day, moment, one_of
from wsq_huddle.config.complaints import meant
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.problems import Mode, Urgency
from wsq_huddle.errors import UsageError
from wsq_huddle.services import problems, sites
from wsq_huddle.services.desk import Desk

from .showing import Id, answer_with, app

Why = Annotated[str, Option(help="Why.")]


@app.command("raise", cls=Verb)
def raise_at(
    context: Context,
    title: Annotated[str, Argument(help="What is wrong, in a line.")],
    *,
    detail: Annotated[str, Option(help="More about it.")] = "",
    category: Annotated[str, Option(help="Its kind, a word of this site.")] = "other",
    urgency: Annotated[str, Option(help="now, today or routine.")] = Urgency.TODAY.value,
    reference: Annotated[str, Option(help="The number in the incident system.")] = "",
) -> None:
    """Raise a problem at this node."""
    wanted = one_of(urgency, "--urgency", Urgency)
    with at_desk(context) as desk:
        kind = _category(desk, category)
        found = problems.raise_at(
            desk, title=title, detail=detail, category=kind, urgency=wanted, reference=reference or None
        )
        answer_with(context, desk, found, typed={"title": title, "detail": detail})


@app.command(cls=Verb)
def plan(
    context: Context,
    id: Id,
    what: Annotated[str, Option(help="What will be done.")],
    owner: Annotated[str, Option(help="The person who answers for it.")],
    due: Annotated[str, Option(help="The day it will be done, as 2026-11-24.")],
) -> None:
    """Say what will be done, by whom, by when."""
    with at_desk(context) as desk:
        subject, by = problems.find(desk, id), day(due, "--due", desk.zone)
        answer_with(context, desk, problems.plan(desk, subject, what=what, owner=owner, due=by), typed={"what": what})


@app.command(cls=Verb)
def note(context: Context, id: Id, text: Annotated[str, Argument(help="What is to be known.")]) -> None:
    """Add a note; any node on its path may."""
    with at_desk(context) as desk:
        answer_with(context, desk, problems.note(desk, problems.find(desk, id), text=text), typed={"text": text})


@app.command(cls=Verb)
def escalate(
    context: Context,
    id: Id,
    *,
    need: Annotated[str, Option(help="What is needed of them; for action it must be said.")] = "",
    tried: Annotated[str, Option(help="What was tried.")] = "",
    by: Annotated[str, Option(help="When an answer is wanted, as 2026-11-24T17:00.")] = "",
    mode: Annotated[str, Option(help="action: it changes hands. awareness: it only informs.")] = Mode.ACTION.value,
) -> None:
    """Ask the next tier for help."""
    wanted = one_of(mode, "--mode", Mode)
    with at_desk(context) as desk:
        until = moment(by, "--by", desk.zone) if by else None
        subject = problems.find(desk, id)
        answer_with(
            context,
            desk,
            problems.escalate(desk, subject, need=need, tried=tried, by=until, mode=wanted),
            typed={"need": need, "tried": tried},
        )


@app.command(cls=Verb)
def acknowledge(context: Context, id: Id) -> None:
    """Say that it is seen and taken on."""
    with at_desk(context) as desk:
        answer_with(context, desk, problems.acknowledge(desk, problems.find(desk, id)))


@app.command("return", cls=Verb)
def give_back(
    context: Context,
    id: Id,
    answer: Annotated[str, Option(help="The answer.")],
    to: Annotated[str, Option(help="A node that has held it; by default who handed it over.")] = "",
) -> None:
    """Send it back with an answer."""
    with at_desk(context) as desk:
        subject = problems.find(desk, id)
        answer_with(
            context, desk, problems.give_back(desk, subject, answer=answer, to=to or None), typed={"answer": answer}
        )


@app.command(cls=Verb)
def assign(
    context: Context,
    id: Id,
    to: Annotated[str, Option(help="The node that gets it.")],
    need: Annotated[str, Option(help="What is needed of them.")],
) -> None:
    """Hand it to any other node."""
    with at_desk(context) as desk:
        answer_with(
            context, desk, problems.assign(desk, problems.find(desk, id), to=to, need=need), typed={"need": need}
        )


@app.command(cls=Verb)
def resolve(context: Context, id: Id, remedy: Annotated[str, Option(help="What solved it.")]) -> None:
    """Say that it is solved; who raised it is asked whether it worked."""
    with at_desk(context) as desk:
        answer_with(
            context, desk, problems.resolve(desk, problems.find(desk, id), remedy=remedy), typed={"remedy": remedy}
        )


@app.command(cls=Verb)
def confirm(context: Context, id: Id, lesson: Annotated[str, Option(help="What was learned.")] = "") -> None:
    """Say that it worked: the loop is closed."""
    with at_desk(context) as desk:
        answer_with(
            context, desk, problems.confirm(desk, problems.find(desk, id), lesson=lesson), typed={"lesson": lesson}
        )


@app.command(cls=Verb)
def reopen(context: Context, id: Id, why: Why) -> None:
    """Say that it is not solved."""
    with at_desk(context) as desk:
        answer_with(context, desk, problems.reopen(desk, problems.find(desk, id), why=why), typed={"why": why})


@app.command(cls=Verb)
def withdraw(context: Context, id: Id, why: Why) -> None:
    """Say that it is no longer needed."""
    with at_desk(context) as desk:
        answer_with(context, desk, problems.withdraw(desk, problems.find(desk, id), why=why), typed={"why": why})


@app.command("take-over", cls=Verb)
def take_over(context: Context, id: Id, why: Why) -> None:
    """Take it from who cannot act, as a tier above; a person signs, with --as NAME."""
    with at_desk(context) as desk:
        answer_with(context, desk, problems.take_over(desk, problems.find(desk, id), why=why), typed={"why": why})


@app.command(cls=Verb)
def recall(context: Context, id: Id, why: Why) -> None:
    """Ask who holds it to hand it back."""
    with at_desk(context) as desk:
        answer_with(context, desk, problems.ask_recall(desk, problems.find(desk, id), why=why), typed={"why": why})


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


def _category(desk: Desk, word: str) -> str:
    known = {one.key for one in sites.kinds(desk)}
    if short(word) not in known:
        raise UsageError(f"--category: {word!r} is none of {', '.join(sorted(known))}.{meant(word, known)}")
    return word
