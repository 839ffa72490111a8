"""F1: what the keys do here, in plain words, made from the table."""

from screens import help_words, keys
from screens.foot import Offer
from screens.frame import DeskScreen
from screens.keys import Key, Where
from screens.line import BLANK, Column, Columns, Line, Said, heading, row, text
from screens.marks import Mark

_PROSE = Columns((Column(78, share=1),), left=1)
_COLUMNS = Columns((Column(9), Column(67, share=1)))
_MEANT = (Mark.MET, Mark.ATTENTION, Mark.NOT_MET, Mark.NONE, Mark.UP, Mark.DOWN, Mark.GOING, Mark.DONE, Mark.NOW,
          Mark.PATTERN, Mark.UNKNOWN)  # fmt: skip


class HelpScreen(DeskScreen[str]):
    """The help for one screen."""

    LABEL = "Help"

    def __init__(self, about: DeskScreen[object]) -> None:
        super().__init__()
        self._about = about

    def on_screen_resume(self) -> None:
        """Stand there at once: nothing that the keys do has to be read first."""
        if self.seen is None:
            self.show("")

    def look(self) -> str:
        """Find out why the place above does not let us in, where line 1 says that something is amiss."""
        if self.program.heading().mark is not Mark.ATTENTION:
            return ""
        from wsq_huddle.services import links  # noqa: PLC0415 - seldom

        return links.up(self.desk).why

    def show(self, why: str) -> None:
        program, given = self.program, self.program.keys_given
        offered = [offer if isinstance(offer, str) else offer[0] for offer in self._about.offers()]

        def told(key: Key) -> Line:
            return row(f"{key.where}-{key.id}", (Said(keys.name(key, given)), key.help), _COLUMNS)

        def there(where: Where) -> list[Key]:
            return [
                key
                for key in keys.TABLE
                if key.where is where and (program.can(key.id) or hasattr(self._about, f"action_{key.id}"))
            ]

        here = [told(keys.BY_ID[id_]) for id_ in offered]
        more = [told(key) for key in there(Where.OUTSIDE) if key.id not in offered]
        marks = ",  ".join(f"{mark.glyph(plain=program.plain)} {mark.word}" for mark in _MEANT)
        at = marks.index(",", 60) + 1
        self.lines.put(
            [
                *self._about_screen(),
                *self._about_network(why),
                *([heading("ON THE CHOSEN LINE"), *here, BLANK] if here else []),
                *([heading("ON OTHER LINES OF THIS SCREEN"), *more, BLANK] if more else []),
                heading("EVERYWHERE, ALSO WHILE TYPING"),
                *(told(key) for key in there(Where.EVERYWHERE)),
                BLANK,
                heading("WHILE TYPING", "letters only ever type"),
                *(told(key) for key in keys.TABLE if key.where is Where.FIELD),
                BLANK,
                heading("IN A LIST", "a click chooses, a second one opens"),
                *(told(key) for key in keys.TABLE if key.where is Where.LIST),
                BLANK,
                heading("MARKS"),
                text("  " + marks[:at]),
                text("  " + marks[at:].strip()),
            ]
        )

    def _about_screen(self) -> list[Line]:
        part = getattr(self._about, "part", None)
        words = help_words.about(type(self._about).__name__, getattr(part, "KEY", ""))
        name = getattr(part, "NAME", "") or self._about.LABEL
        given = self.program.keys_given
        told = [row("", (keys.told(one, given),), _PROSE) for one in words]
        return [heading(name.upper()), *told, BLANK] if words else []

    def _about_network(self, why: str) -> list[Line]:
        told = self.program.heading()
        if told.mark is not Mark.ATTENTION:
            return []
        said = help_words.network(told.link, why)
        return [heading(told.link.upper()), *(row("", (one,), _PROSE) for one in said), BLANK]

    def offers(self) -> list[Offer]:
        return [("back", self._about.LABEL or "Back")]

    def action_help(self) -> None:
        """F1 in the help goes back, so that one key shows it and takes it away."""
        self.action_back()
