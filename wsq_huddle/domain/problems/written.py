"""What a node may put right: the words that it wrote in the story of a problem."""

from collections.abc import Iterable
from datetime import datetime

from wsq_huddle.domain.events import KINDS
from wsq_huddle.domain.records import record
from wsq_huddle.errors import NotAllowed

from .events import Corrected
from .story import Line
from .words import parts_of


@record(kw_only=True)
class Written:
    """One of the texts of an entry as it stands now; `of` is the entry's hash, `part` the text's name."""

    of: str
    kind: str
    part: str
    text: str
    at: datetime


def written(lines: Iterable[Line], node: str) -> tuple[Written, ...]:
    """All that a node wrote, the last first; what lost a fork, waits or only corrects other words is left out."""
    found = [
        Written(of=line.hash, kind=line.kind, part=part, text=str(line.data[part]), at=line.at)
        for line in lines
        if line.node == node and line.kind in KINDS and not (line.overtaken or line.ahead)
        for part in parts_of(KINDS[line.kind])
        if line.kind != Corrected.kind and line.data.get(part)
    ]
    return tuple(reversed(found))


def meant(found: Iterable[Written], part: str = "") -> Written:
    """The words that are meant: the last of that part, else the last of all."""
    known = tuple(found)
    wanted = next((one for one in known if part in {"", one.part}), None)
    if wanted is None:
        names = ", ".join(dict.fromkeys(one.part for one in known))
        raise NotAllowed(f"There are no such words of ours here; there is {names}." if names else "None of it is ours.")
    return wanted
