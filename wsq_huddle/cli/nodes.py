"""`nodes`, `invite` and `join`: the tree, and how nodes come into it and out of it."""

import re
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.opening import asked_of, at_desk, settings_of
from wsq_huddle.cli.reading import ask, number
from wsq_huddle.cli.refusals import complain
from wsq_huddle.cli.telling import local, say, table, tell
from wsq_huddle.errors import NotAllowed, UsageError
from wsq_huddle.services import links, nodes
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.nodes import Known

if TYPE_CHECKING:
    from wsq_huddle.sync.joining import Joined

app = group()
joining = typer.Typer(rich_markup_mode=None, add_completion=False)
inviting = typer.Typer(rich_markup_mode=None, add_completion=False)

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=90)


@app.callback(invoke_without_command=True)
def listed(context: Context) -> None:
    """The tree as this node knows it; shut one out."""
    if context.invoked_subcommand is None:
        with at_desk(context) as desk:
            found = nodes.listed(desk)
            tell(context, found, lambda: _draw(desk, [*found, *nodes.spares(desk)]))
        for sentence in links.astray(desk):
            complain(sentence)


@app.command(cls=Verb)
def revoke(
    context: Context, node: Annotated[str, Argument(help="A node directly below, or a spare like 4-west~ab12cd34.")]
) -> None:
    """Shut a node out at once: its token, its codes and its feed; or end a spare of one."""
    with at_desk(context) as desk:
        gone = nodes.revoke(desk, node)
        tell(context, gone, lambda: say(f"{gone.name} is shut out."))


@app.command(cls=Verb)
def rotate(context: Context, node: Annotated[str, Argument(help="A node directly below.")]) -> None:
    """Ask a node to renew its token at its next contact."""
    with at_desk(context) as desk:
        asked = nodes.rotate(desk, node)
        tell(context, asked, lambda: say(f"{asked.name} renews its token at its next contact."))


@app.command(cls=Verb)
def recover(context: Context) -> None:
    """Take back our own entries that others brought and whose key is not here; a named person says they are ours."""
    with at_desk(context) as desk:
        if nodes.waiting(desk):
            ask(asked_of(context).author, "--as", "Entries in our name wait to be taken back: who says they are ours?")
        count = nodes.recover(desk)
        tell(context, {"recovered": count}, lambda: say(f"{count} entries of ours are in force again."))


@inviting.command(cls=Verb)
def invite(
    context: Context,
    node: Annotated[str, Argument(help="The key that the node is to have, like 4-west.")],
    name: Annotated[str, Option(help="What people call it.")] = "",
    *,
    tier: Annotated[str, Option(help="Its tier; by default the one below ours.")] = "",
    lasts: Annotated[str, Option(help="How long the code works: 30m, 12h, 7d.")] = "7d",
    spare: Annotated[bool, Option("--spare", help="For a second computer of a unit that has joined.")] = False,
) -> None:
    """Make a one-time code for a node below; it is shown once and kept nowhere."""
    until = _lasting(lasts)
    if spare and (name or tier):
        raise UsageError("--spare is for a node that has its name and its tier already; leave --name and --tier out.")
    if not spare and not name:
        raise UsageError("Missing option '--name'.")
    with at_desk(context) as desk:
        if spare:
            made, name = nodes.invite_spare(desk, node, lasts=until), f"a spare of {desk.names(node)}"
        else:
            below = number(tier, "--tier") if tier else desk.tier - 1
            made = nodes.invite(desk, node, name=name, tier=below, lasts=until)
        document = {"node": made.node, "code": made.code, "expires_at": made.expires_at}
        tell(
            context,
            document,
            lambda: say(f"{made.code}  for {name} ({made.node}), until {local(made.expires_at, desk.zone)}."),
        )


@joining.command(cls=Verb)
def join(
    context: Context,
    url: Annotated[str, Argument(help="The hub of the node above, like https://hub.hospital.example:7150.")] = "",
    *,
    code: Annotated[str, Option(help="The one-time code; - reads it from standard input.")] = "",
    again: Annotated[bool, Option("--again", help="Anew, with the token we have, after a restore.")] = False,
    spare: Annotated[
        bool, Option("--spare", help="As a spare beside the unit's computer; nobody is shut out.")
    ] = False,
    here: Annotated[bool, Option("--here", help="On a spare: move the huddle to this computer.")] = False,
) -> None:
    """Join the node above; on a new computer this brings back what it holds of this node.

    One node, one computer: another one that worked as this node is shut out, but for its spares.
    """
    from wsq_huddle.services import computers, declared, exchanges  # noqa: PLC0415 - the link, only here

    asked = asked_of(context)
    if again and code:
        raise UsageError("--again uses the token this node has; a code joins without it. Give one of the two.")
    if here and (url or code or again or spare):
        raise UsageError("--here needs nothing else: a spare knows the hub, and has a token. Say who you are: --as.")
    if spare and again:
        raise UsageError("--spare joins with a code of its own: `wsq-huddle invite NODE --spare` makes it.")
    if not here and not url:
        raise UsageError("Missing argument 'URL'.")
    loaded = settings_of(asked)
    with at_desk(context) as desk:
        if here:
            desk.sign_as(ask(asked.author, "--as", "Huddle here shuts out the other computer: who says so?"))
            joined = exchanges.move_here(desk)
        elif again:
            if desk.spare:
                raise NotAllowed("This is a spare: `wsq-huddle join --here` moves the huddle to it.")
            desk.sign_as(ask(asked.author, "--as", "Joining again has to be confirmed: by whom?"), asked.on_behalf)
            joined = exchanges.join(desk, loaded.path, url)
        else:
            joined = exchanges.join(desk, loaded.path, url, code=_code(code), spare=spare)
            if not spare:
                computers.set_up(desk)
        brought = "" if again else declared.bring_back(desk, loaded.path)
        tell(
            context,
            {"node": joined.node, "parent": joined.parent, "tier": joined.tier},
            lambda: say(
                _joined(joined, moved=here),
                *([brought] if brought else []),
                *_otherwise(desk, joined.name, joined.tier),
            ),
        )


def _joined(joined: "Joined", *, moved: bool) -> str:
    if moved:
        return f"{joined.name} huddles here now. The other computer is shut out; it still sends what it has."
    who = f"This spare of {joined.name}" if joined.spare else joined.name
    return f"{who} has joined {joined.parent_name}; {joined.received} entries came down."


def _code(given: str) -> str:
    """The code; never asked for aloud, and out of the list of processes with `-`."""
    if given == "-":
        if sys.stdin.isatty():
            sys.stderr.write("The one-time code, then Enter: ")
            sys.stderr.flush()
        given = sys.stdin.readline().strip()
    return ask(given, "--code", "The one-time code?", hidden=True)


def _otherwise(desk: Desk, name: str, tier: int) -> list[str]:
    """What huddle.toml says otherwise than the node above, which is right."""
    said = []
    if name != desk.name:
        said.append(f'The node above calls us "{name}", huddle.toml "{desk.name}".')
    if tier != desk.tier:
        said.append(f"The node above has us as tier {tier}, huddle.toml as {desk.tier}. Correct [node] tier.")
    return said


def _lasting(text: str) -> timedelta:
    found = re.fullmatch(r"([1-9]\d{0,4})([mhd])", text)
    span = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    if span is None or span > _LONGEST:
        raise UsageError(f"--lasts: {text!r} is no time like 30m, 12h or 7d; 90d is the longest.")
    return span


def _draw(desk: Desk, found: list[Known]) -> None:
    table(
        ("tier", "node", "name", "below", "state", "last contact"),
        [(one.tier, one.node, one.name, one.parent, one.state, local(one.last_contact, desk.zone)) for one in found],
        empty="",
    )
