"""How commands answer: one JSON document for programs, tables for people. What people typed is never interpreted."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import typer

from wsq_huddle.cli.opening import asked_of
from wsq_huddle.domain.codec import encode
from wsq_huddle.domain.text import clean, one_line, spelled

if TYPE_CHECKING:
    from rich.console import Console

Draw = Callable[[], None]
_WIDE = 160
"""Columns of a table that goes to a file or another program."""


def tell(context: typer.Context, document: object, draw: Draw) -> None:
    """Answer a command: the document as JSON where that is wanted, else drawn for people."""
    if asked_of(context).json:
        write(as_json(document))
    else:
        draw()
        sys.stdout.flush()


def as_json(document: object) -> str:
    """One document; in plain ASCII where the other end could not take more."""
    wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return spelled(json.dumps(encode(document), ensure_ascii=not wide, allow_nan=False))


def write(line: str) -> None:
    """Put one line on stdout as it is, and out at once, so that a reader who went away is noticed here."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def say(*lines: str) -> None:
    """Say something to people, a line each; nothing in it that a terminal would act on."""
    for line in lines:
        write(clean(line))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, empty: str) -> None:
    """Draw rows under their headings, or say in a sentence that there are none."""
    from rich import box  # noqa: PLC0415 - only when people look
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    filled = [[Text(_cell(value)) for value in row] for row in rows]
    if not filled:
        say(empty)
        return
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(Text(column), overflow="fold")
    for row in filled:
        drawn.add_row(*row)
    _console().print(drawn)


def facts(pairs: Mapping[str, object]) -> None:
    """Draw names with what belongs to them; what is empty is left out."""
    from rich.table import Table  # noqa: PLC0415 - only when people look
    from rich.text import Text  # noqa: PLC0415

    drawn = Table(box=None, show_header=False, pad_edge=False)
    drawn.add_column(style="bold", no_wrap=True)
    drawn.add_column(overflow="fold")
    for name, value in pairs.items():
        if value not in (None, "", (), []):
            drawn.add_row(Text(name), Text(_paragraph(value)))
    _console().print(drawn)


def shortened(ids: Sequence[str], prefix: str) -> dict[str, str]:
    """The ids as people may type them: without their prefix, as short as keeps these apart, and not below 8."""
    bare = sorted(one.removeprefix(prefix) for one in ids)
    apart: dict[str, int] = dict.fromkeys(bare, 7)
    for one, other in pairwise(bare):
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        apart[one], apart[other] = max(apart[one], shared), max(apart[other], shared)
    return {prefix + one: one[: length + 1] for one, length in apart.items()}


def local(instant: datetime | None, zone: tzinfo) -> str:
    """An instant as people at this node read it."""
    return instant.astimezone(zone).strftime("%a %d %b %H:%M") if instant else ""


def _cell(value: object) -> str:
    return one_line("" if value is None else str(value))


def _paragraph(value: object) -> str:
    return clean(str(value))


def _console() -> "Console":
    from rich.console import Console  # noqa: PLC0415 - only when people look

    width = None if sys.stdout.isatty() else _WIDE
    return Console(markup=False, emoji=False, highlight=False, width=width)
