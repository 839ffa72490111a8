"""What was told in part when the program ended: kept answer by answer, where the forms of the screens keep it too."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

from wsq_huddle.domain.agendas import Line
from wsq_huddle.services import drafts
from wsq_huddle.services.steps.helping import is_problem

from .room import Room


class Draft:
    """The answers of one line to the prompts of `verb` (`plan` or `escalate`), as far as they were given."""

    def __init__(self, room: Room, line: Line, verb: str) -> None:
        self._room = room
        form = "help" if verb == "escalate" else verb
        about = line.about
        self.place = f"problem/{about}/{verb}" if is_problem(about) else f"huddle/{room.sitting.subject}/{form}/{about}"
        self._told = self._read()

    def __bool__(self) -> bool:
        return bool(self._told)

    def first(self, name: str) -> str:
        """What was told of it before, if anything."""
        return self._told.get(name, "")

    def ask(self, name: str, ask: Callable[[], str]) -> str:
        """What was told before, else what is told now."""
        if name not in self._told:
            self.keep(name, ask())
        return self._told[name]

    def keep(self, name: str, told: str) -> None:
        self._told[name] = told
        drafts.keep(self._room.desk, self.place, json.dumps(self._told, ensure_ascii=False))

    def forget(self) -> None:
        """Nothing of it is wanted any more."""
        self._told = {}
        drafts.forget(self._room.desk, self.place)

    def recording(self) -> AbstractContextManager[None]:
        """Record in this block what was told: it takes the draft away in the same transaction."""
        return drafts.forgetting(self._room.desk, self.place)

    def _read(self) -> dict[str, str]:
        kept = next((one.text for one in drafts.kept(self._room.desk, self.place) if one.place == self.place), "{}")
        try:
            read = json.loads(kept)
        except ValueError:
            return {}
        return {str(name): str(text) for name, text in read.items() if text} if isinstance(read, dict) else {}
