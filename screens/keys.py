"""The one table of keys: from it come the bindings, the two lines at the foot, the palette, the help and the docs.

Outside fields a letter means one thing on every screen; in a field it only ever types.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding, BindingType


class Where(StrEnum):
    """Where a key works."""

    EVERYWHERE = "everywhere"
    OUTSIDE = "outside fields"
    FIELD = "in a field"
    LIST = "in a list"


@dataclass(frozen=True, slots=True)
class Key:
    """A key and what it does.

    `id` names it in huddle.toml and is the action's name; `move` is the event of `MOVES` that it stands for, by the
    last part of its kind (`escalated`). One without `keys` is among all commands only.
    """

    id: str
    keys: str
    label: str
    help: str
    title: str
    where: Where = Where.OUTSIDE
    move: str = ""
    priority: bool = False
    shown: str = ""


_EVERYWHERE, _LIST, _FIELD = Where.EVERYWHERE, Where.LIST, Where.FIELD

TABLE: tuple[Key, ...] = (
    Key("help", "f1", "Help", "This help.", "Help", _EVERYWHERE),
    Key("raise_problem", "f2,ctrl+r,r", "Raise a problem", "Say what is wrong, at any moment; what you type is kept.",
        "Raise a problem", _EVERYWHERE, move="raised"),
    Key("find", "f3", "Find", "Find a problem by its words.", "Find a problem", _EVERYWHERE),
    Key("sign", "f4", "Who signs", "Change whose name stands under what is entered.", "Change who signs", _EVERYWHERE),
    Key("seat", "f9", "Another seat", "Sit down at another node of the rehearsal.", "Sit down somewhere else",
        _EVERYWHERE),
    Key("command_palette", "ctrl+p", "All commands", "Every command by name.", "All commands", _EVERYWHERE,
        priority=True),
    Key("quit", "ctrl+q", "Leave", "Leave. Everything entered and typed is kept.", "Leave", _EVERYWHERE,
        priority=True),
    Key("fine", "space", "Fine, next", "Fine, said, heard, none or done; goes to the next line.", "Fine, next line"),
    Key("open", "enter", "Open", "Tell what is not fine, or open the chosen line.", "Open the chosen line"),
    Key("rest", "g", "Rest of these fine", "The rest of this group is fine.", "The rest of this group is fine"),
    Key("number", "0-9", "How many", "A number for the chosen line.", ""),
    Key("step_back", "left", "", "The step before.", "Go to the step before"),
    Key("step_on", "right", "Step", "The next step.", "Go to the next step", shown="< >"),
    Key("back", "escape", "Today", "Back to where you came from.", "Back", shown="Esc"),
    Key("assign", "a", "Hand to", "Hand the problem to another area.", "Hand it to another area", move="assigned"),
    Key("chain", "c", "This morning", "Who has met, and what went up and came back.", "This morning"),
    Key("withdraw", "d", "No longer needed", "Take the problem back: it is no longer needed.",
        "The problem is no longer needed", move="withdrawn"),
    Key("escalate", "e", "Ask for help", "Ask the next tier for help with it.", "Ask the next tier for help",
        move="escalated"),
    Key("filter", "f", "Filter", "Show only some of the list.", "Filter the list"),
    Key("skip", "h", "No huddle, or on paper: why", "Say why there is no huddle, or that it was on paper.",
        "No huddle, or on paper"),
    Key("join", "j", "Join", "Join it to the pattern it is like.", "Join it to a pattern"),
    Key("acknowledge", "k", "Got it", "Say that you have it; on a heading: all below.", "Got it", move="acknowledged"),
    Key("problems", "l", "All problems", "The list of problems.", "All problems"),
    Key("measures", "m", "Measures", "The measures.", "Measures"),
    Key("note", "n", "Note", "Add a note.", "Add a note", move="noted"),
    Key("open_again", "o", "Open it again", "Open the closed huddle again.", "Open the huddle again"),
    Key("plan", "p", "Plan", "Say what will be done, by whom and by when.", "Plan what will be done", move="planned"),
    Key("resolve", "s", "Solved", "Say how it was solved. Who raised it says whether that worked.", "It is solved",
        move="resolved"),
    Key("send_back", "t", "Send back", "Send it back with an answer.", "Send it back with an answer", move="returned"),
    Key("undo", "u", "Undo", "Take back what has not left yet.", "Undo"),
    Key("write_out", "w", "Write out", "Print or mail what is on the screen.", "Print or mail this"),
    Key("reopen", "x", "Not fixed", "It did not work: the problem is open again.", "It is not fixed", move="reopened"),
    Key("confirm", "y", "Yes, fixed", "It worked: the problem is closed.", "Yes, it is fixed", move="confirmed"),
    Key("take_over", "", "Take over", "Take the problem over from who holds it and cannot act.",
        "Take the problem over", move="taken-over"),
    Key("recall", "", "Ask for it back", "Ask who holds the problem to give it back.", "Ask for the problem back",
        move="recall-asked"),
    Key("announce", "", "Announce", "Announce something to all below; it is read out in their huddles.",
        "Announce to all below"),
    Key("correct", "", "Correct", "Put words right that we wrote; the first ones stay in the story.",
        "Correct what we wrote", move="corrected"),
    Key("own_pin", "", "My PIN", "Set a PIN, so that nobody signs with your name by mistake.", "Set my PIN",
        _EVERYWHERE),
    Key("tour", "", "Tour", "Five cards that show how it works.", "Tour: five cards", _EVERYWHERE),
    Key("huddle_here", "", "Huddle here", "On a spare: move the huddle to this computer.",
        "Huddle here: move it to this computer", _EVERYWHERE),
    Key("figures", "", "Figures", "How the huddles of a month worked.", "Figures"),
    Key("up", "up", "", "The line above.", "", _LIST),
    Key("down", "down", "", "The line below.", "", _LIST),
    Key("page_up", "pageup", "", "A screen up.", "", _LIST),
    Key("page_down", "pagedown", "", "A screen down.", "", _LIST),
    Key("first", "home", "", "The first line.", "", _LIST),
    Key("last", "end", "", "The last line.", "", _LIST),
    Key("next_field", "enter", "Next line, last one saves", "The next line; on the last one it saves.", "", _FIELD),
    Key("change_field", "tab", "Next line", "The next line.", "", _FIELD),
    Key("change_word", "space", "Change", "Another word, where there is a choice; so does its letter.", "", _FIELD),
    Key("field_before", "shift+tab", "", "The line before.", "", _FIELD),
    Key("field_down", "down", "", "The next line, as in every list.", "", _FIELD),
    Key("field_up", "up", "", "The line before, as in every list.", "", _FIELD),
    Key("keep", "escape", "Keep for later", "Keep what is typed and go back.", "", _FIELD, shown="Esc"),
)  # fmt: skip

BY_ID: Mapping[str, Key] = {key.id: key for key in TABLE}

# Line 24, always the same six; `back` stands in the place of `quit` where there is somewhere to go back to.
FOOT = ("help", "raise_problem", "find", "sign", "command_palette", "quit")

_NAMES = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab", "up": "Up",
    "down": "Down", "left": "Left", "right": "Right", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home",
    "end": "End",
}  # fmt: skip


_PLACE = re.compile(r"\{([a-z_]+)(?::([a-z]))?\}")


def bindings(ids: Iterable[str]) -> list[BindingType]:
    """Make the bindings of these keys; each has an id, by which huddle.toml may give it another key."""
    made: list[BindingType] = []
    for key in (BY_ID[key_id] for key_id in ids):
        if not key.keys:
            continue
        if key.id == "number":
            made += [
                Binding(digit, f"number({digit})", key.label, show=False, id=f"number.{digit}")
                for digit in "0123456789"
            ]
        else:
            made.append(
                Binding(key.keys, key.id, key.label, show=False, priority=key.priority, id=key.id, tooltip=key.help)
            )
    return made


def bindings_of(owner: type) -> list[BindingType]:
    """Make the bindings of all keys that a screen has an action for; a screen that does not exist yet has no key."""
    return bindings(
        key.id for key in TABLE if key.where in {Where.EVERYWHERE, Where.OUTSIDE} and hasattr(owner, f"action_{key.id}")
    )


def pressed(key: Key, keymap: Mapping[str, str]) -> str:
    """Give the key as Textual names it: the first one, or what huddle.toml says instead."""
    return keymap.get(key.id, key.keys).split(",")[0].strip()


def pressed_ones(key: Key, keymap: Mapping[str, str]) -> list[str]:
    """Give all that press it."""
    return [one.strip() for one in keymap.get(key.id, key.keys).split(",")]


def typed(key: Key, pressed_key: str) -> bool:
    """Whether this would be taken from who types: a letter, of a key that works in fields before they do."""
    return len(pressed_key) == 1 and (key.priority or key.where is Where.FIELD)


def fit(given: Mapping[str, str]) -> dict[str, str]:
    """Give those of the keys in huddle.toml that leave people their letters, whatever else may be wrong with them."""
    known = {id_: BY_ID[id_] for id_ in given if id_ in BY_ID}
    return {
        id_: given[id_] for id_, key in known.items() if not any(typed(key, one) for one in pressed_ones(key, given))
    }


def name(key: Key, keymap: Mapping[str, str]) -> str:
    """Give the key as people read it: `F1`, `^P`, `Esc`, `e`."""
    if key.shown and key.id not in keymap:
        return key.shown
    if not key.keys:
        return name(BY_ID["command_palette"], keymap)
    return spelled(pressed(key, keymap))


def spelled(pressed_key: str) -> str:
    """Spell a key of Textual for people."""
    if pressed_key in _NAMES:
        return _NAMES[pressed_key]
    if pressed_key.startswith("ctrl+"):
        return "^" + pressed_key.removeprefix("ctrl+").upper()
    return pressed_key.upper() if pressed_key[0] == "f" and pressed_key[1:].isdigit() else pressed_key


def told(words: str, keymap: Mapping[str, str]) -> str:
    """Put the keys as they are given into words of ours: `{fine} = said` becomes `Space = said`.

    `{raise_problem:r}` names another of its usual keys. Only for what stands in the code, never for words of people.
    """

    def named(found: re.Match[str]) -> str:
        key = BY_ID.get(found[1])
        if key is None or not key.keys:
            return found[0]
        return found[2] if found[2] and key.id not in keymap else spelled(pressed(key, keymap))

    return _PLACE.sub(named, words)


def moving(moves: Iterable[str]) -> list[str]:
    """Give the ids of the keys for these moves, in the order of the table."""
    allowed = set(moves)
    return [key.id for key in TABLE if key.keys and key.move in allowed and key.id != "raise_problem"]
