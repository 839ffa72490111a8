"""What is typed while a form is on its way: it goes into the form, and is no command to the lines behind it."""

from collections.abc import Collection

from textual import events
from textual.widget import Widget

from screens.field import Field

_KEYS = frozenset({"enter", "backspace"})
"""Keys that belong to a line besides what it shows."""


class Ahead:
    """The keys that came before a form had the cursor."""

    def __init__(self) -> None:
        self._keys: list[events.Key] = []
        self._here = False

    def give(self, first: Widget) -> None:
        """Give them to the first line of the form, which is here now."""
        self._here = True
        for key in sorted(self._keys, key=lambda key: key.time):
            first.post_message(_again(key))

    def takes(self, key: events.Key, focused: Widget | None, widgets: Collection[Widget]) -> bool:
        """Take a key that was meant for the form; says whether it was one."""
        if not self._here and (key.is_printable or key.key in _KEYS):
            self._keys.append(key)
            return True
        # A field keeps what is typed into it: what comes by here was sent to the lines before it had the cursor.
        astray = self._here and key.is_forwarded and key.is_printable
        return astray and isinstance(focused, Field) and focused in widgets and focused.post_message(_again(key))


def _again(key: events.Key) -> events.Key:
    return events.Key(key.key, key.character)
