"""`people`: who is offered when something is signed here, and their PINs."""

import sys
from typing import Annotated

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb, group
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import ask
from wsq_huddle.cli.telling import say, table, tell
from wsq_huddle.domain.pins import person_of
from wsq_huddle.errors import UsageError
from wsq_huddle.services import pins, signing

app = group()

Name = Annotated[str, Argument(help="A name, or the initials of one in huddle.toml.", metavar="NAME")]
STDIN = "-"


@app.callback()
def people() -> None:
    """People who sign at this node, and their PINs: attribution, not authentication (docs/signing.md)."""


@app.command("list", cls=Verb)
def listed(context: Context) -> None:
    """List the people of huddle.toml and those who have a PIN."""
    with at_desk(context) as desk:
        known, with_pin = desk.settings.people, pins.people(desk)
        others = sorted(with_pin - {person_of(one.name) for one in known})
        rows = [(one.name, one.initials, one.role, person_of(one.name) in with_pin) for one in known]
        rows += [(name, "", "", True) for name in others]
        keys = ("name", "initials", "role", "pin")
        tell(
            context,
            [dict(zip(keys, row, strict=True)) for row in rows],
            lambda: table(keys, [(*row[:3], "yes" if row[3] else "") for row in rows], empty="Nobody is named here."),
        )


@app.command(cls=Verb)
def pin(
    context: Context,
    name: Name,
    *,
    pin: Annotated[str, Option(help="- reads it from standard input; it is never written on the command line.")] = "",
) -> None:
    """Set a PIN for the screens, or another one; on standard input the PIN, and the old one below it."""
    if pin not in {"", STDIN}:
        raise UsageError("A PIN on the command line could be read by others. Leave it out, or use --pin -.")
    with at_desk(context) as desk:
        person = signing.person(desk, name)
        has = pins.needed(desk, person)
        if pin == STDIN:
            lines = [line.strip() for line in sys.stdin.read().splitlines()]
            new, old = [*lines, "", ""][:2]
        else:
            old = ask("", "--pin -", f"The old PIN of {person}?", hidden=True) if has else ""
            new = ask("", "--pin -", f"A PIN for {person}?", hidden=True)
        pins.set_pin(desk, person, new, old=old)
        tell(context, {"name": person, "pin": True}, lambda: say(f"{person} has a PIN on this computer."))


@app.command(cls=Verb)
def forget(context: Context, name: Name) -> None:
    """Take away a PIN that its owner has forgotten."""
    with at_desk(context) as desk:
        person = signing.person(desk, name)
        pins.forget(desk, person)
        tell(context, {"name": person, "pin": False}, lambda: say(f"{person} has no PIN any more."))
