"""`announce`: tell all below something, from a day to a day. Each verb prints the announcement as it then is."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Group, Verb, group
from wsq_huddle.cli.guarding import warned
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import coming_day
from wsq_huddle.cli.telling import facts, shortened, table, tell
from wsq_huddle.domain.announcements import PREFIX, Announcement, reach
from wsq_huddle.domain.codec import encode
from wsq_huddle.services import announcements
from wsq_huddle.services.desk import Desk

Id = Annotated[str, Argument(help="The announcement; at least 4 characters of its id.", metavar="ID")]
PUBLISH = "publish"


class Announcing(Group):
    """Takes a title where there is no command: `announce "New insulin pen"`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - Typer's own classes
        if args and args[0] not in self.commands:
            args = [PUBLISH, *args]
        return super().resolve_command(ctx, args)


app = group(Announcing)


@app.callback()
def announce() -> None:
    """Announce something to all below: `announce TITLE --text T --from D --to D`."""


@app.command(PUBLISH, cls=Verb)
def publish(
    context: Context,
    title: Annotated[str, Argument(help="What is announced, in a line.")],
    *,
    text: Annotated[str, Option(help="What is read out.")] = "",
    begins: Annotated[
        str, Option("--from", help="The first day, as 2026-11-30, tomorrow or fri; by default today.")
    ] = "",
    ends: Annotated[str, Option("--to", help="The last day; by default a week in all.")] = "",
) -> None:
    """Announce something; the word `publish` may be left out."""
    with at_desk(context) as desk:
        first = coming_day(begins, "--from", desk.zone, desk.now()) if begins else None
        last = coming_day(ends, "--to", desk.zone, desk.now()) if ends else None
        one = announcements.publish(desk, title=title, text=text, begins=first, ends=last)
        _answer(context, desk, one, typed={"title": title, "text": text})


@app.command(cls=Verb)
def withdraw(context: Context, id: Id, why: Annotated[str, Option(help="Why.")]) -> None:
    """Take it back; it is not read out any more."""
    with at_desk(context) as desk:
        one = announcements.withdraw(desk, announcements.find(desk, id), why=why)
        _answer(context, desk, one, typed={"why": why})


@app.command(cls=Verb)
def read(context: Context, id: Id) -> None:
    """Say that it was read out here."""
    with at_desk(context) as desk:
        _answer(context, desk, announcements.read_out(desk, announcements.find(desk, id)))


@app.command(cls=Verb)
def show(context: Context, id: Id) -> None:
    """Show one, and where it was read out."""
    with at_desk(context) as desk:
        _answer(context, desk, announcements.read(desk, announcements.find(desk, id)))


@app.command("list", cls=Verb)
def listed(
    context: Context,
    *,
    over: Annotated[bool, Option("--all", help="Also those that are over or withdrawn.")] = False,
) -> None:
    """List what we announced and what was announced to us."""
    with at_desk(context) as desk:
        found = announcements.listed(desk, over=over)
        tell(context, [shown(desk, one) for one in found], lambda: _draw(desk, found))


def shown(desk: Desk, one: Announcement) -> dict[str, Any]:
    """An announcement as JSON; who read it out is known to those above."""
    document: dict[str, Any] = encode(one)
    far = reach(one, desk.tree())
    document["from"], document["to"] = document.pop("begins"), document.pop("ends")
    document["read"] = [{"node": node, "at": at} for node, at in sorted(document["read"].items())]
    document["units"] = {"read": far.units, "of": far.of}
    return document


def _answer(context: Context, desk: Desk, one: Announcement, *, typed: Mapping[str, str] | None = None) -> None:
    document = shown(desk, one)
    if typed is not None:
        document["warnings"] = warned(typed)
    tell(context, document, lambda: _draw_one(desk, one))


def _draw_one(desk: Desk, one: Announcement) -> None:
    facts(
        {
            "announcement": one.title,
            "text": one.text,
            "by": f"{desk.names(one.node)}, {one.published_by}",
            "from": one.begins,
            "to": one.ends,
            "withdrawn": one.why,
            "read": _far(desk, one),
            "id": one.id,
        }
    )


def _far(desk: Desk, one: Announcement) -> str:
    if one.node == desk.node:
        far = reach(one, desk.tree())
        return f"in {far.units} of {far.of} units"
    return "here" if desk.node in one.read else "not yet"


def _draw(desk: Desk, found: Sequence[Announcement]) -> None:
    ids = shortened([one.id for one in found], PREFIX)
    table(
        ("id", "from", "to", "area", "what", "read"),
        [(ids[one.id], one.begins, one.ends, desk.names(one.node), one.title, _far(desk, one)) for one in found],
        empty="No announcements.",
    )
