"""A huddle that was on paper, or that is not held: the line on Today, the way to the sheet, and why there is none."""

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from screens.foot import Offer
    from screens.form import Answers
    from screens.frame import DeskScreen
    from screens.today.reading import Seen

_PAPER = "on paper"
_WHY = (_PAPER, "emergency", "short of staff", "closed today", "other")


class OnPaper:
    """What Today does about a huddle of which nothing was written."""

    if TYPE_CHECKING:
        seen: Seen | None
        chosen: str

    @property
    def unwritten(self) -> bool:
        """Whether nothing was written of the huddle that is meant."""
        from wsq_huddle.domain.huddles import State  # noqa: PLC0415 - after the first frame

        return self.seen is not None and self.seen.today.sitting.state is State.PLANNED

    @property
    def on_sheet(self) -> bool:
        """Whether the chosen line opens the paper sheet."""
        from screens.today.slot import SHEET  # noqa: PLC0415 - after the first frame

        return self.chosen == SHEET

    def paper_offers(self) -> "list[Offer]":
        """Give the keys of the lines of the huddle, once its time has come."""
        begun = self.seen is not None and self._begun(self.seen)
        here: list[Offer] = [("open", "Type in the sheet")] if self.on_sheet else []
        return [*here, ("skip", "No huddle")] if begun and self.unwritten else here

    def open_sheet(self) -> None:
        from screens.huddle.sheet import SheetScreen  # noqa: PLC0415 - only who types a sheet in

        self._screen.program.push_screen(SheetScreen())

    def action_skip(self) -> None:
        """Ask why there is no huddle; one that was on paper is typed in."""
        from screens.asks import Ask  # noqa: PLC0415 - after the first frame
        from screens.form import Form  # noqa: PLC0415 - after the first frame

        screen = self._screen
        if self.seen is None or not self.unwritten:
            return
        desk, one = screen.desk, self.seen.today.sitting

        def save(answers: "Answers") -> str:
            from wsq_huddle.services import huddles  # noqa: PLC0415 - loaded long since

            how, why = answers["how"], answers["why"]
            if how != _PAPER:
                huddles.skip(desk, one, why=": ".join(word for word in (how if how != "other" else "", why) if word))
            return how

        def then(how: str) -> None:
            if how == _PAPER:
                self.open_sheet()
            else:
                screen.say("Those above see that there is no huddle, and why. Start it after all, and it is open.")

        asks = (
            Ask("how", "How was it?", "Space changes", choices=_WHY),
            Ask("why", "Why?", "no names of patients; may stay empty", limit=200),
        )
        kept = screen.program.kept
        place = f"skip/{one.subject}"
        screen.ask(
            Form(
                "NO HUDDLE, OR ON PAPER",
                asks,
                save=save,
                then=then,
                kept=lambda answers: kept.keep(place, answers, typed=["why"]),
                draft=kept.of(place),
                place=place,
                again="skip",
            )
        )

    @property
    def _screen(self) -> "DeskScreen[Any]":
        return cast("DeskScreen[Any]", self)

    def _begun(self, seen: "Seen") -> bool:
        planned = seen.today.sitting.planned
        return planned is not None and planned.planned_at <= self._screen.now()
