"""Who was there, thank you, what went well and what to change: the last lines of a huddle."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screens.asks import Ask
from screens.foot import Offer
from screens.form import Answers, Form
from screens.huddle.place import of_line
from screens.line import Column, Columns, Line, Said, row
from screens.marks import Tone
from wsq_huddle.domain import agendas
from wsq_huddle.services import huddles

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

PRESENT, LEADERS = "present", "leaders"
_LONGEST = 4
_LONG = 500
_COLUMNS = Columns((Column(31), Column(47, share=1)), left=1, pointer=0)
_DAYS = {
    "mon": "Mondays", "tue": "Tuesdays", "wed": "Wednesdays", "thu": "Thursdays", "fri": "Fridays",
    "sat": "Saturdays", "sun": "Sundays",
}  # fmt: skip
_WORDS = {item.key: item for item in agendas.CLOSING}
_TITLES = {
    PRESENT: "WHO WAS THERE",
    LEADERS: "WHO LED",
    agendas.THANKS.key: "THANK YOU, GOOD CATCH",
    agendas.PLUS.key: "WHAT WENT WELL",
    agendas.DELTA.key: "WHAT TO CHANGE",
}


class Who:
    """These lines. The number of those who were there is typed straight into its line."""

    def __init__(self, screen: "HuddleScreen") -> None:
        self._screen = screen

    def lines(self, seen: "Seen") -> list[Line]:
        closing, typed = seen.look.closing, self._typed(seen)
        there = "" if closing.present is None else str(closing.present)
        leaders = ", ".join(closing.leaders) or (seen.huddle.leader if seen.huddle else "") or ""
        told = {
            PRESENT: f"{typed}_" if typed else there or "_  how many?",
            LEADERS: leaders,
            agendas.THANKS.key: _quoted(closing.thanks),
            agendas.PLUS.key: _quoted(closing.plus),
            agendas.DELTA.key: _quoted(closing.delta),
        }
        shown = [PRESENT, LEADERS, agendas.THANKS.key]
        if seen.closed:
            # One line, as it is read afterwards; opened again it can be changed.
            told[PRESENT] += f"     leaders: {leaders}" if leaders else ""
            shown.remove(LEADERS)
        shown += [item.key for item in (agendas.PLUS, agendas.DELTA) if closing.reviews or told[item.key]]
        drawn = [row(key, (Said(_TITLES[key], Tone.HEADING), told[key]), _COLUMNS) for key in shown]
        if not closing.reviews and closing.review:
            when = " and ".join(_DAYS[day] for day in closing.review)
            drawn.append(row("", (Said("WHAT WENT WELL, WHAT TO CHANGE", Tone.HEADING), f"asked on {when}"), _COLUMNS))
        return drawn

    def offers(self, seen: "Seen", line: str) -> Sequence[Offer]:
        if not seen.begun or line not in _TITLES:
            return []
        if line == PRESENT:
            return [("fine", "Next"), ("number", "How many")]
        return [("fine", "Next" if line == LEADERS else "None, next"), ("open", "Tell")]

    def tell(self, seen: "Seen", line: str) -> None:
        if not seen.begun or line not in _TITLES:
            return
        if line == PRESENT:
            self.left(seen, line)
            self._screen.lines.choose_next()
        else:
            self._screen.ask(self._form(seen, line))

    def number(self, seen: "Seen", line: str, digit: str) -> None:
        typed = self._typed(seen)
        if line == PRESENT and seen.begun and len(typed) < _LONGEST:
            self._keep(seen, typed + digit)

    def erase(self, seen: "Seen", line: str) -> None:
        if line == PRESENT and self._typed(seen):
            self._keep(seen, self._typed(seen)[:-1])

    def left(self, seen: "Seen", line: str) -> None:
        """Let the number that was typed count."""
        typed = self._typed(seen)
        if line != PRESENT or not typed or not seen.begun:
            return
        desk, one, leaders = self._screen.desk, seen.sitting, seen.look.closing.leaders
        place = of_line(one.subject, PRESENT)
        self._screen.behind(lambda: huddles.attend(desk, one, number=int(typed), leaders=leaders), place=place)

    def _form(self, seen: "Seen", line: str) -> Form:
        closing, program, desk, one = seen.look.closing, self._screen.program, self._screen.desk, seen.sitting
        place = of_line(one.subject, line)

        def save(answers: Answers) -> None:
            said = answers["said"]
            if line == LEADERS:
                names = [name.strip() for name in said.split(",") if name.strip()]
                most = max(closing.present or 0, len(names))
                huddles.attend(desk, one, number=most, leaders=names)
            else:
                huddles.answer(desk, one, _WORDS[line], said)

        def then(_: object) -> None:
            self._screen.lines.choose_next()

        before = {LEADERS: ", ".join(closing.leaders), agendas.THANKS.key: closing.thanks,
                  agendas.PLUS.key: closing.plus, agendas.DELTA.key: closing.delta}  # fmt: skip
        label = "Who led? Names with a comma" if line == LEADERS else _WORDS[line].ask
        return Form(
            _TITLES[line],
            [Ask("said", label, limit=_LONG)],
            save=save,
            then=then,
            kept=lambda answers: program.kept.keep(place, answers, typed=["said"]),
            draft={"said": before[line], **program.kept.of(place)},
            place=place,
            again="open",
        )

    def _typed(self, seen: "Seen") -> str:
        return self._screen.program.kept.of(of_line(seen.sitting.subject, PRESENT)).get("typed", "")

    def _keep(self, seen: "Seen", typed: str) -> None:
        place = of_line(seen.sitting.subject, PRESENT)
        self._screen.program.kept.keep(place, {"typed": typed}, typed=["typed"])
        self._screen.redraw()


def _quoted(words: str) -> str:
    return f'"{words}"' if words else ""
