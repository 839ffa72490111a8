"""The story of a problem, entry by entry: who did what and when, in words; what was corrected, disputed, overtaken."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from screens import times
from screens.cells import wrapped
from screens.line import Column, Columns, Line, Said, row
from screens.marks import Mark, Tone
from screens.problem_words import exactly
from wsq_huddle.domain.problems import Line as Told

if TYPE_CHECKING:
    from wsq_huddle.services.sites import Site

_STORY = Columns((Column(2), Column(18), Column(55, share=1)), left=3)
_FIRST = 55
_ASIDE = frozenset({"problem.arrived", "problem.seen", "problem.reminded"})
_Tells = Callable[[Any, Mapping[str, Any]], str]
"""Puts what an entry says into words, for a storyteller."""
_OTHER_NAMES = {"due": "by", "check_in": "check", "to": "to", "by": "by"}


def _say(words: str, part: str = "") -> _Tells:
    def tell(_teller: object, data: Mapping[str, Any]) -> str:
        return f"{words}{data.get(part, '')}" if part else words

    return tell


class Storyteller:
    """Tells entries in the words of a place; `width` is that of the words."""

    def __init__(self, site: "Site", now: datetime, width: int) -> None:
        self._site, self._now, self._width = site, now, max(_FIRST, width)

    def lines(self, story: Iterable[Told]) -> Iterator[Line]:
        for told in story:
            yield from self._entry(told)

    def _entry(self, told: Told) -> Iterator[Line]:
        signed = self._site.signed(told.node, told.by)
        words = self._words(told)
        if told.overtaken:
            words = f"{words} (overtaken: another turn was there first)"
        if told.ahead:
            words = f"{words} (waits for what it builds on)"
        tone = Tone.MUTED if told.overtaken or told.kind in _ASIDE else Tone.TEXT
        mark = Mark.NOTHING if told.overtaken else _MARKS.get(told.kind, "")
        shown = [piece for piece in wrapped(f"{signed}: {words}", self._width) if piece]
        for first, before in told.first.items():
            who = self._site.person(told.node, told.corrected_by or "") or self._site.name_of(told.node)
            at = exactly(told.corrected_at, self._now) if told.corrected_at else ""
            note = f'corrected {at} by {who}; {_PARTS.get(first, first)} first said "{before}"'
            shown += wrapped(note, self._width)
        stamp = exactly(told.at, self._now)
        yield row("", (mark, stamp, Said(shown[0], tone)), _STORY)
        for piece in shown[1:]:
            yield row("", ("", "", Said(piece, tone)), _STORY)

    def _words(self, told: Told) -> str:
        tell = self._TELLERS.get(told.kind)
        if tell is not None:
            return tell(self, told.data)
        # What a later program wrote stands here as it came.
        return " ".join([told.kind, *(f"{name} {value}" for name, value in told.data.items() if value)])

    def _to(self, data: Mapping[str, Any]) -> str:
        return self._site.name_of(str(data.get("to") or ""))

    def _until(self, data: Mapping[str, Any], name: str = "by") -> str:
        value = data.get(name)
        if not value:
            return ""
        at = datetime.fromisoformat(str(value))
        if "T" not in str(value):
            return f", by {times.full_day(at.date())}"
        return f", by {exactly(at, self._now)}"

    def _raised(self, data: Mapping[str, Any]) -> str:
        kind = self._site.kind(str(data.get("category") or ""))
        more = f" {data['detail']}" if data.get("detail") else ""
        reference = f" ({data['reference']})" if data.get("reference") else ""
        return f'raised "{data.get("title", "")}"{reference}, {kind}, {data.get("urgency", "")}.{more}'

    def _planned(self, data: Mapping[str, Any]) -> str:
        until = self._until(data, "due")
        if not until and data.get("check_in"):
            until = self._until(data, "check_in").replace("by", "check", 1)
        return f"planned: {data.get('what', '')} ({data.get('owner', '')}{until})"

    def _escalated(self, data: Mapping[str, Any]) -> str:
        tried = f" Tried: {_sentence(str(data['tried']))}" if data.get("tried") else ""
        if data.get("mode") == "awareness":
            return f"told {self._to(data)}, to know. {data.get('need', '')}{tried}".rstrip()
        need = _sentence(f"{data.get('need', '')}{self._until(data)}")
        return f"asked {self._to(data)} for help: {need}{tried}"

    def _assigned(self, data: Mapping[str, Any]) -> str:
        return f"handed to {self._to(data)}: {data.get('need', '')}{self._until(data)}"

    def _returned(self, data: Mapping[str, Any]) -> str:
        how = "not possible now: " if data.get("not_now") else ""
        return f"sent back to {self._to(data)}: {how}{data.get('answer', '')}"

    def _confirmed(self, data: Mapping[str, Any]) -> str:
        return f"yes, fixed. Learned: {data['lesson']}" if data.get("lesson") else "yes, fixed"

    def _alerted(self, data: Mapping[str, Any]) -> str:
        return f"{self._to(data)} was told at once"

    def _reminded(self, data: Mapping[str, Any]) -> str:
        return _OVER.get(str(data.get("rule") or ""), "a time is over")

    def _seen(self, data: Mapping[str, Any]) -> str:
        return "read out in the huddle" if data.get("read_out") else "seen"

    _TELLERS: ClassVar[Mapping[str, _Tells]] = {
        "problem.raised": _raised,
        "problem.planned": _planned,
        "problem.escalated": _escalated,
        "problem.acknowledged": _say("got it"),
        "problem.returned": _returned,
        "problem.assigned": _assigned,
        "problem.resolved": _say("solved: ", "remedy"),
        "problem.confirmed": _confirmed,
        "problem.reopened": _say("not fixed: ", "why"),
        "problem.lapsed": _say("closed by itself: nobody said whether it worked"),
        "problem.withdrawn": _say("no longer needed: ", "why"),
        "problem.taken-over": _say("took it over: ", "why"),
        "problem.alerted": _alerted,
        "problem.reminded": _reminded,
        "problem.arrived": _say("it is there"),
        "problem.seen": _seen,
        "problem.noted": _say("note: ", "text"),
        "problem.recall-asked": _say("asked for it back: ", "why"),
        "problem.corrected": _say("corrected: ", "text"),
    }


_OVER = {
    "overdue": "the day of the plan is over",
    "quick-hit": "the time of a quick hit is over, and there is no plan with a day",
    "acknowledge": 'nobody has said "got it" in the time there was',
}


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


_MARKS: Mapping[str, Mark] = {
    "problem.raised": Mark.ATTENTION,
    "problem.escalated": Mark.UP,
    "problem.assigned": Mark.GOING,
    "problem.returned": Mark.DOWN,
    "problem.resolved": Mark.DOWN,
    "problem.confirmed": Mark.DONE,
    "problem.lapsed": Mark.DONE,
    "problem.reopened": Mark.ATTENTION,
    "problem.taken-over": Mark.UP,
    "problem.alerted": Mark.NOW,
}
_PARTS = {"title": "the title", "detail": "the detail", "need": "what is needed", "tried": "what was tried"}
