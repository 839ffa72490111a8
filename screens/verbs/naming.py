"""A place named by a few of its letters: what they fit is shown while they are typed."""

from collections.abc import Mapping
from typing import Any

from screens.form import Form
from screens.line import text
from wsq_huddle.errors import NotAllowed

_SHOWN = 6


def fitting(typed: str, others: Mapping[str, str]) -> list[str]:
    """The keys of the places that these letters may mean, the likeliest first."""
    wanted = " ".join(typed.casefold().split())

    def how(key: str) -> int | None:
        name = others[key].casefold()
        if wanted in {name, key}:
            return 0
        if name.startswith(wanted) or key.startswith(wanted):
            return 1
        if any(word.startswith(wanted) for word in name.split()):
            return 2
        return 3 if wanted in name else None

    ranked = sorted((at, others[key].casefold(), key) for key in others if (at := how(key)) is not None)
    return [key for _, _, key in ranked]


def node_named(typed: str, others: Mapping[str, str]) -> str:
    """The one place that is meant, or a sentence that says what is not clear."""
    found = fitting(typed, others)
    if not typed.strip() or not found:
        raise NotAllowed(f'"{typed[:40]}" is no place that we know of.')
    first = others[found[0]].casefold()
    if len(found) > 1 and first != typed.strip().casefold() and found[0] != typed.strip().casefold():
        told = ", ".join(others[key] for key in found[:_SHOWN])
        raise NotAllowed(f'"{typed[:40]}" may be {told}: type a letter more.')
    return found[0]


class NodeForm(Form):
    """A form with a line `to`, under which the places stand that its letters may mean."""

    others: Mapping[str, str]

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - those of a form
        super().__init__(*arguments, **options)
        self.others = {}

    def on_mount(self) -> None:
        super().on_mount()
        self.below.put([text()])
        self.changed()

    def changed(self) -> None:
        """Show the places that fit."""
        found = fitting(self.answers["to"], self.others)
        told = ",  ".join(self.others[key] for key in found[:_SHOWN])
        more = f"   {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        self.below.put([text(f"   {told}{more}" if found else "   No place that we know of is called so.")])
