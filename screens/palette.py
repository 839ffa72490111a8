"""Ctrl+P: every command by name."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.screen import Screen

from screens import keys
from screens.themes import THEMES

if TYPE_CHECKING:
    from screens.app import HuddleApp


def commands(app: "HuddleApp", screen: Screen[Any]) -> Iterable[SystemCommand]:
    """Give what can be done on this screen, from the table of keys, and the colours."""
    for key in keys.TABLE:
        told = f"{key.help}  Key: {keys.name(key, app.keys_given)}" if key.keys else key.help
        if not key.title or key.id == "command_palette" or (key.id == "back" and not app.behind_this):
            continue
        if hasattr(screen, f"action_{key.id}"):
            # What the chosen line does not allow is not offered here either.
            if screen.check_action(key.id, ()):
                yield SystemCommand(key.title, told, partial(screen.run_action, key.id))
        elif not app.can(key.id):
            continue
        elif hasattr(app, f"action_{key.id}"):
            yield SystemCommand(key.title, told, partial(app.run_action, key.id))
        else:
            yield SystemCommand(key.title, told, partial(app.action_go, key.id))
    for ours in THEMES:
        yield SystemCommand(f"Colours: {ours.name}", "Change the colours.", partial(setattr, app, "theme", ours.name))
