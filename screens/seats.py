"""The seats of a rehearsal: F9 sits down at another node of the hospital, with the same screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from screens import keys
from screens.app import HuddleApp
from screens.foot import Offer
from screens.frame import DeskScreen
from screens.line import heading, item


@dataclass(frozen=True)
class Seat:
    """A node to sit down at; `place` says what it is: unit, department, executive."""

    node: str
    name: str
    place: str


class RehearsalApp(HuddleApp):
    """The screens of one node of a rehearsal. `sat_down_at` is the seat somebody chose, or none: they left."""

    BINDINGS = keys.bindings(("seat",))

    def __init__(self, *given: Any, seats: Sequence[Seat], **more: Any) -> None:  # noqa: ANN401 - those of HuddleApp
        super().__init__(*given, **more)
        self.seats = tuple(seats)
        self.sat_down_at = ""
        self._welcomed = False

    def content_shown(self) -> None:
        super().content_shown()
        if not self._welcomed and isinstance(self.screen, DeskScreen):
            self._welcomed = True
            self.screen.say(f"A rehearsal. {keys.name(keys.BY_ID['seat'], self.keys_given)} sits down somewhere else.")

    def action_seat(self) -> None:
        """Show the seats; again goes back."""
        if isinstance(self.screen, SeatsScreen):
            self.back()
        elif self.ready:
            self.push_screen(SeatsScreen())

    async def sit_down_at(self, node: str) -> None:
        """Leave these screens, so that those of another node open."""
        self.sat_down_at = node
        await self.action_quit()


class SeatsScreen(DeskScreen[None]):
    """All nodes of the hospital, parents before their children."""

    LABEL = "Seats"

    def show(self, seen: None) -> None:
        del seen
        app = cast("RehearsalApp", self.app)
        self.lines.put(
            [
                heading("SIT DOWN AT", "the same morning, other screens"),
                *(
                    item(seat.node, "", seat.name, seat.place, "you are here" if seat.name == self.desk.name else "")
                    for seat in app.seats
                ),
            ]
        )

    def offers(self) -> list[Offer]:
        return [("open", "Sit down"), ("back", "Back")]

    async def action_open(self) -> None:
        if self.chosen:
            await cast("RehearsalApp", self.app).sit_down_at(self.chosen)
