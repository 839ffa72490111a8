"""`huddle`: today's huddle of this node. Each verb prints the huddle as it then is."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.guarding import warned
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import day, number, one_of
from wsq_huddle.cli.telling import facts, say, table, tell, write
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.huddles import AsHeld
from wsq_huddle.domain.huddles.filled import LONGEST
from wsq_huddle.errors import NotFound, UsageError
from wsq_huddle.services import huddles, recognitions, rollcalls, steps
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting

app = group()

Huddle = Annotated[str, Option("--huddle", help="Which one, where there are several a day.")]
On = Annotated[str, Option(help="The day, as 2026-11-24; by default today.")]


@app.callback()
def huddle() -> None:
    """Today's huddle of this node."""


@app.command("open", cls=Verb)
def open_today(context: Context, name: Huddle = "", on: On = "") -> None:
    """Open it."""
    with at_desk(context) as desk:
        opened = huddles.open_today(desk, name=name or None, on=day(on, "--on", desk.zone) if on else None)
        _answer(context, desk, huddles.sitting(desk, name=opened.name, on=opened.on))


@app.command(cls=Verb)
def answer(
    context: Context,
    item: Annotated[str, Argument(help="The line; `huddle show` lists them.")] = "",
    value: Annotated[str | None, Argument(help="The answer, as a person would type it.")] = None,
    *,
    note: Annotated[str, Option(help="Words beside it.")] = "",
    filled: Annotated[str, Option("--from", help="A form of `huddle sheet --to-fill`, taken in whole.")] = "",
    name: Huddle = "",
    on: On = "",
) -> None:
    """Answer a line, or correct its answer; or take in a form that was filled in."""
    if filled:
        _take_in(context, filled, item, name, on)
        return
    if not item or value is None:
        raise UsageError("Say which line, and the answer: ITEM VALUE. Or take in a form with --from FILE.")
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        huddles.answer(desk, one, item, value, note=note or None)
        _answer(context, desk, one, typed={"value": value, "note": note})


@app.command(cls=Verb)
def hear(
    context: Context,
    node: Annotated[str, Argument(help="The area below that was heard in the roll call.")],
    *,
    note: Annotated[str, Option(help="What it said beyond its row.")] = "",
    name: Huddle = "",
    on: On = "",
) -> None:
    """Say, in the roll call, that an area below was heard."""
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        rollcalls.hear(desk, one, node, note=note)
        _answer(context, desk, one, typed={"note": note})


@app.command(cls=Verb)
def watch(
    context: Context,
    line: Annotated[str, Argument(help="The line, or the problem, that the earlier questions have left.")],
    name: Huddle = "",
    on: On = "",
) -> None:
    """Say that a line has no plan and needs no help: we watch it."""
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        left = steps.look(desk, one).left
        found = next((known for known in left if line in {known.about, short(known.about)}), None)
        if found is None:
            among = ", ".join(short(known.about) for known in left) or "none"
            raise NotFound(f"Nothing called {line!r} waits for a plan or for help. There is {among}.")
        steps.watch(desk, one, found)
        _answer(context, desk, one)


@app.command(cls=Verb)
def attend(
    context: Context,
    names: Annotated[list[str] | None, Argument(help="Who was there.", metavar="NAME...")] = None,
    *,
    leader: Annotated[list[str] | None, Option(help="A leader who was there; may be given again.")] = None,
    count: Annotated[str, Option("--number", help="How many were there, where not all are named.")] = "",
    name: Huddle = "",
    on: On = "",
) -> None:
    """Say who was there."""
    if not names and not leader and not count:
        raise UsageError("Say who was there: NAME..., --leader NAME or --number N.")
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        huddles.attend(
            desk,
            one,
            number=number(count, "--number") if count else None,
            leaders=leader or (),
            names=names or (),
        )
        _answer(context, desk, one)


@app.command(cls=Verb)
def close(
    context: Context,
    *,
    plus: Annotated[str, Option(help="What went well.")] = "",
    delta: Annotated[str, Option(help="What to change.")] = "",
    thanks: Annotated[str, Option(help="Thank you, good catch: whom, and for what.")] = "",
    name: Huddle = "",
    on: On = "",
) -> None:
    """Close it and tell the tiers above."""
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        huddles.close(desk, one, plus=plus, delta=delta, thanks=thanks)
        _answer(context, desk, one, typed={"plus": plus, "delta": delta})


@app.command(cls=Verb)
def reopen(context: Context, name: Huddle = "", on: On = "") -> None:
    """Go on with one that was closed or called off."""
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        huddles.reopen(desk, one)
        _answer(context, desk, one)


@app.command(cls=Verb)
def skip(
    context: Context, why: Annotated[str, Option(help="Why there is none.")], name: Huddle = "", on: On = ""
) -> None:
    """Say that there is no huddle."""
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        huddles.skip(desk, one, why=why)
        _answer(context, desk, one, typed={"why": why})


@app.command(cls=Verb)
def show(context: Context, name: Huddle = "", on: On = "") -> None:
    """Show it: its lines, the answers, what it sums up to."""
    with at_desk(context) as desk:
        _answer(context, desk, _meant(desk, name, on))


@app.command(cls=Verb)
def sheet(
    context: Context,
    name: Huddle = "",
    on: On = "",
    to_fill: Annotated[str, Option(help="Write it as a file to be filled in, for `huddle answer --from`.")] = "",
) -> None:
    """Print the paper form, with what is known by now: to be filled in by hand, carried or read out."""
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        if to_fill:
            from wsq_huddle.services.reports import save  # noqa: PLC0415 - only what writes a file

            path = Path(to_fill).absolute()
            save(path, huddles.to_fill(desk, one))
            how = "Fill it in, then: `wsq-huddle huddle answer --from FILE`."
            tell(context, {"file": str(path)}, lambda: say(f"Written to {path}. {how}"))
            return
        lines = huddles.sheet(desk, one)
        document = {"node": one.node, "huddle": one.name, "on": one.on, "lines": lines}
        tell(context, document, lambda: write("\n".join(lines)))


@app.command(cls=Verb)
def recognition(context: Context, name: Huddle = "", on: On = "") -> None:
    """Show who was thanked, what went well, what to change: the words of the units below, and how often."""
    with at_desk(context) as desk:
        one = _meant(desk, name, on)
        said, counted = recognitions.words(desk, one.on), recognitions.counts(desk, one)
        words = [{"node": each.node, "kind": each.kind, "text": each.text} for each in said]
        document = {"on": one.on, "huddles": dict(counted), "words": words}
        rows = [(each.name, each.kind, each.text) for each in said]
        tell(context, document, lambda: table(("unit", "kind", "words"), rows, empty="Nothing was said yet."))


@app.command(cls=Verb)
def mark(
    context: Context,
    node: Annotated[str, Argument(help="A node below.")],
    as_held: Annotated[str, Option(help="paper, emergency, short-staffed, closed or not-known.")],
    name: Huddle = "",
    on: On = "",
) -> None:
    """Say, as the node above, how a huddle went of which nothing was told."""
    held = one_of(as_held, "--as-held", AsHeld)
    with at_desk(context) as desk:
        when = day(on, "--on", desk.zone) if on else None
        marked = huddles.mark(desk, node, as_held=held, name=name or None, on=when)
        _answer(context, desk, huddles.sitting(desk, node=node, name=marked.name, on=marked.on))


def _take_in(context: Context, filled: str, item: str, name: str, on: str) -> None:
    """Record a whole form, all of it or nothing."""
    if item:
        raise UsageError("--from takes a whole form in; leave ITEM and VALUE out.")
    path = Path(filled)
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST + 1).decode("utf-8")
    except OSError as error:
        raise UsageError(f"--from: {path} cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(f"--from: line {line} of {path} is not UTF-8; save the file as UTF-8 text.") from None
    with at_desk(context) as desk:
        one = huddles.take_in(desk, text, name=name or None, on=day(on, "--on", desk.zone) if on else None)
        _answer(context, desk, one, typed={"from": text.partition("\n[")[2]})


def _meant(desk: Desk, name: str, on: str) -> Sitting:
    return huddles.sitting(desk, name=name or None, on=day(on, "--on", desk.zone) if on else None)


def _answer(context: Context, desk: Desk, one: Sitting, *, typed: Mapping[str, str] | None = None) -> None:
    now = huddles.sitting(desk, node=one.node, name=one.name, on=one.on)
    document = huddles.show(desk, now)
    told = document if typed is None else {**document, "warnings": warned(typed)}
    tell(context, told, lambda: _draw(desk, document))


def _draw(desk: Desk, document: dict[str, Any]) -> None:
    facts(
        {
            "huddle": f"{desk.names(document['node'])}, {document['huddle']}, {document['on']}",
            "state": document["state"],
            **{name: _time(desk, document[f"{name}_at"]) for name in ("planned", "opened", "closed")},
            "there": ", ".join(document["attended"]),
        }
    )
    table(
        ("step", "line", "question", "answer", "note", "mark", "by"),
        [
            (item["step"], item["item"], item["ask"], item["value"], item["note"],
             "" if item["mark"] == "none" else item["mark"], item["by"])
            for item in document["items"]
        ],
        empty="This huddle has no lines.",
    )  # fmt: skip


def _time(desk: Desk, text: str | None) -> str:
    return datetime.fromisoformat(text).astimezone(desk.zone).strftime("%H:%M") if text else ""
