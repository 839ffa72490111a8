"""The letters of the huddle: each goes to the step that offers it; a step that does not offer it never hears of it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.huddle.part import Part
    from screens.huddle.reading import Seen


class Verbs:
    """What `HuddleScreen` does at a letter."""

    if TYPE_CHECKING:
        seen: Seen | None
        chosen: str

        @property
        def part(self) -> Part: ...

    def action_plan(self) -> None:
        self._verb("plan")

    def action_escalate(self) -> None:
        self._verb("escalate")

    def action_confirm(self) -> None:
        self._verb("confirm")

    def action_reopen(self) -> None:
        self._verb("reopen")

    def action_note(self) -> None:
        self._verb("note")

    def action_acknowledge(self) -> None:
        self._verb("acknowledge")

    def action_resolve(self) -> None:
        self._verb("resolve")

    def action_assign(self) -> None:
        self._verb("assign")

    def action_join(self) -> None:
        self._verb("join")

    def action_recall(self) -> None:
        self._verb("recall")

    def action_send_back(self) -> None:
        self._verb("send_back")

    def action_withdraw(self) -> None:
        self._verb("withdraw")

    def action_open_again(self) -> None:
        self._verb("open_again")

    def action_skip(self) -> None:
        self._verb("skip")

    def _verb(self, key: str) -> None:
        if self.seen is not None:
            self.part.verb(self.seen, self.chosen, key)


LETTERS = frozenset(name.removeprefix("action_") for name in vars(Verbs) if name.startswith("action_"))
"""The ids of these keys: they work where the chosen line offers them."""
