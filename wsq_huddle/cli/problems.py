"""`problem`: every verb, and the looks. Each verb prints the problem as it then is."""

from collections.abc import Sequence
from typing import Annotated, Any

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import day, moment, one_of
from wsq_huddle.cli.telling import facts, local, shortened, table, tell
from wsq_huddle.config.complaints import meant
from wsq_huddle.domain.codec import encode
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.problems import PREFIX, Line, Mode, Problem, State, Urgency
from wsq_huddle.errors import UsageError
from wsq_huddle.services import problems, sites
from wsq_huddle.services.desk import Desk

app = group()

Id = Annotated[str, Argument(help="The problem; at least 4 characters of its id.", metavar="ID")]
Why = Annotated[str, Option(help="Why.")]
Shown = dict[str, Any]

FIELDS = (
    "id", "title", "detail", "category", "urgency", "state", "origin", "holder", "path", "turn", "raised_at",
    "raised_by", "owner", "due", "reference", "escalation", "delivered_at", "acknowledged_at", "remedy", "disputed",
)  # fmt: skip
PLACES = ("here", "away", "all")


@app.callback()
def problem() -> None:
    """Raise problems, solve them, hand them on; look for them."""


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
        _answer(context, desk, found, typed=True)


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
        _answer(context, desk, problems.plan(desk, subject, what=what, owner=owner, due=by), typed=True)


@app.command(cls=Verb)
def note(context: Context, id: Id, text: Annotated[str, Argument(help="What is to be known.")]) -> None:
    """Add a note; any node on its path may."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.note(desk, problems.find(desk, id), text=text), typed=True)


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
        _answer(
            context,
            desk,
            problems.escalate(desk, subject, need=need, tried=tried, by=until, mode=wanted),
            typed=True,
        )


@app.command(cls=Verb)
def acknowledge(context: Context, id: Id) -> None:
    """Say that it is seen and taken on."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.acknowledge(desk, problems.find(desk, id)))


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
        _answer(context, desk, problems.give_back(desk, subject, answer=answer, to=to or None), typed=True)


@app.command(cls=Verb)
def assign(
    context: Context,
    id: Id,
    to: Annotated[str, Option(help="The node that gets it.")],
    need: Annotated[str, Option(help="What is needed of them.")],
) -> None:
    """Hand it to any other node."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.assign(desk, problems.find(desk, id), to=to, need=need), typed=True)


@app.command(cls=Verb)
def resolve(context: Context, id: Id, remedy: Annotated[str, Option(help="What solved it.")]) -> None:
    """Say that it is solved; who raised it is asked whether it worked."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.resolve(desk, problems.find(desk, id), remedy=remedy), typed=True)


@app.command(cls=Verb)
def confirm(context: Context, id: Id, lesson: Annotated[str, Option(help="What was learned.")] = "") -> None:
    """Say that it worked: the loop is closed."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.confirm(desk, problems.find(desk, id), lesson=lesson), typed=True)


@app.command(cls=Verb)
def reopen(context: Context, id: Id, why: Why) -> None:
    """Say that it is not solved."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.reopen(desk, problems.find(desk, id), why=why), typed=True)


@app.command(cls=Verb)
def withdraw(context: Context, id: Id, why: Why) -> None:
    """Say that it is no longer needed."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.withdraw(desk, problems.find(desk, id), why=why), typed=True)


@app.command("take-over", cls=Verb)
def take_over(context: Context, id: Id, why: Why) -> None:
    """Take it from who cannot act, as a tier above; a person signs, with --as NAME."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.take_over(desk, problems.find(desk, id), why=why), typed=True)


@app.command(cls=Verb)
def recall(context: Context, id: Id, why: Why) -> None:
    """Ask who holds it to hand it back."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.ask_recall(desk, problems.find(desk, id), why=why), typed=True)


@app.command("list", cls=Verb)
def listed(
    context: Context,
    at: Annotated[
        str, Option(help="here: open work held here. away: raised or held here, now elsewhere. all.")
    ] = "all",
    state: Annotated[str, Option(help="open, resolved, closed or withdrawn; several with commas.")] = "",
    search: Annotated[str, Option(help="Words; the best match first.")] = "",
) -> None:
    """List problems, the newest change first."""
    place = one_of(at, "--at", PLACES)
    states = [one_of(word.strip(), "--state", State) for word in state.split(",") if word.strip()]
    with at_desk(context) as desk:
        found = problems.listed(desk, at=place, state=states, search=search)
        tell(context, [shown(one) for one in found], lambda: _draw_list(desk, found, "No problems."))


@app.command(cls=Verb)
def show(context: Context, id: Id) -> None:
    """Show one problem and its story."""
    with at_desk(context) as desk:
        _answer(context, desk, problems.read(desk, problems.find(desk, id)))


@app.command(cls=Verb)
def similar(context: Context, text: Annotated[str, Argument(help="A title, or some words.")]) -> None:
    """Find earlier problems like this one, the best match first."""
    with at_desk(context) as desk:
        found = problems.similar(desk, text)
        document = [{**shown(one), "score": round(score, 3)} for score, one in found]
        tell(context, document, lambda: _draw_list(desk, [one for _, one in found], "Nothing like it was raised here."))


def shown(one: Problem) -> Shown:
    """A problem as `problem list --json` prints it."""
    found: Shown = {name: encode(getattr(one, name)) for name in FIELDS}
    found["due"] = encode(one.due or one.check_in)
    hop = one.escalation
    found["escalation"] = {"mode": hop.mode, "tried": hop.tried, "need": hop.need, "by": hop.by} if hop else None
    return found


def told(line: Line) -> Shown:
    """One entry of the story as `problem show --json` prints it."""
    return {"turn": line.turn, "kind": line.kind, "at": line.at, "node": line.node, "by": line.by, "data": line.data}


def _answer(context: Context, desk: Desk, one: Problem, *, typed: bool = False) -> None:
    """Print a problem with its story; after text was typed, also what in it may identify a patient."""
    story = problems.story_of(desk, one.id)
    document = {**shown(one), "story": [told(line) for line in story]}
    if typed:
        document["warnings"] = []
    tell(context, document, lambda: _draw(desk, one, story))


def _category(desk: Desk, word: str) -> str:
    known = {one.key for one in sites.kinds(desk)}
    if short(word) not in known:
        raise UsageError(f"--category: {word!r} is none of {', '.join(sorted(known))}.{meant(word, known)}")
    return word


def _draw_list(desk: Desk, found: Sequence[Problem], empty: str) -> None:
    ids = shortened([one.id for one in found], PREFIX)
    table(
        ("id", "title", "kind", "urgency", "state", "with", "due", "changed"),
        [
            (ids[one.id], one.title, short(one.category), one.urgency, one.state,
             desk.names(one.holder), one.due or one.check_in, local(one.changed_at, desk.zone))
            for one in found
        ],
        empty=empty,
    )  # fmt: skip


def _draw(desk: Desk, one: Problem, story: Sequence[Line]) -> None:
    hop = one.escalation
    facts(
        {
            "id": one.id,
            "title": one.title,
            "detail": one.detail,
            "kind": f"{short(one.category)}, {one.urgency.value}",
            "state": one.state.value + (", disputed" if one.disputed else ""),
            "with": desk.names(one.holder),
            "path": ", ".join(desk.names(key) for key in one.path),
            "raised": f"{local(one.raised_at, desk.zone)} by {one.raised_by}, {desk.names(one.origin)}",
            "plan": one.what,
            "owner": one.owner,
            "due": one.due or one.check_in,
            "reference": one.reference,
            "asked for": hop.need if hop else "",
            "delivered": local(one.delivered_at, desk.zone),
            "acknowledged": local(one.acknowledged_at, desk.zone),
            "remedy": one.remedy,
        }
    )
    table(
        ("turn", "what", "when", "where", "who", "said"),
        [
            (line.turn, line.kind.partition(".")[2], local(line.at, desk.zone), desk.names(line.node), line.by,
             "; ".join(f"{name}: {text}" for name, text in line.data.items() if _worth_saying(name, text)))
            for line in story
        ],
        empty="",
    )  # fmt: skip


def _worth_saying(name: str, value: object) -> bool:
    """Whether people want to see a part of an entry: a word, and no hash of another one."""
    return name != "of" and isinstance(value, str) and bool(value)
