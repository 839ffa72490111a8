"""Who signs: a name holds for one slot of one day, then it is the role again, or who this window was opened for."""

from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import one_line

from . import huddles, pins
from .desk import Desk


@record
class Signature:
    """A name, and whom one writes for; both empty for the role."""

    name: str = ""
    whom: str = ""


def person(desk: Desk, typed: str) -> str:
    """The name that is meant: of the one person with these initials, or with this name in other letters."""
    said = " ".join(one_line(typed).split())
    short = said.casefold().replace(".", "")
    known = desk.settings.people
    named = [one.name for one in known if one.name.casefold() == said.casefold()]
    found = named or [one.name for one in known if one.initials and one.initials.casefold().replace(".", "") == short]
    return found[0] if len(found) == 1 else said


def sign(desk: Desk, typed: str, whom: str = "", *, pin: str = "") -> Signature:
    """Sign with a name from now on, until the slot of the huddle is another; with none it is the role.

    Raises `NotAllowed` when the name has a PIN and this is not it.
    """
    signature = Signature(person(desk, typed), person(desk, whom))
    if signature.name and pins.needed(desk, signature.name):
        pins.check(desk, signature.name, pin)
    desk.sign_as(signature.name, signature.whom if signature.whom != signature.name else "", slot=slot(desk))
    return signature


def asks_pin(desk: Desk, typed: str) -> bool:
    """Whether whoever signs with what was typed is asked for a PIN."""
    name = person(desk, typed)
    return bool(name) and pins.needed(desk, name)


def slot(desk: Desk) -> str:
    """The slot of the huddle that is meant now."""
    return huddles.sitting(desk).subject
