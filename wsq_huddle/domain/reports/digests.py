"""The mail before and after a huddle, for who cannot be there: what is to be decided, on one screen of a phone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from wsq_huddle.domain.problems import STUCK
from wsq_huddle.domain.records import record
from wsq_huddle.domain.text import one_line

from .pages import Page, Section
from .texts import WIDE, filled, wide

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORDS, _BY, _AGE = 56, 9, 7
"""Columns of a line that is to be decided: what, by when, how old."""

_NAMED = 12
"""Places that are named; beyond that they are counted."""


@record
class Wanted:
    """A line to decide or to know: who brought it, in which words, by when an answer is wanted, how old it is."""

    who: str
    words: str
    by: str = ""
    age: str = ""


@record
class Measured:
    """A measure that does not meet its target: `home by 11 18 % (>=30)`."""

    name: str
    value: str
    target: str

    def __str__(self) -> str:
        return f"{self.name} {self.value} ({self.target})"


@record(kw_only=True)
class Digest:
    """What the mail says. `at` is local; `decided` is there in the mail after the huddle only."""

    node: str
    name: str
    at: datetime
    huddle_at: datetime | None = None
    after: bool = False
    second: bool = True
    """Whether another mail comes after the huddle."""
    join: str = ""
    notes: str = ""
    replies: bool = False
    """Whether replies to the mail have an address of their own."""
    decide: tuple[Wanted, ...] = ()
    know: tuple[Wanted, ...] = ()
    decided: tuple[Wanted, ...] = ()
    units: tuple[int, int] = (0, 0)
    departments: tuple[int, int] = (0, 0)
    not_held: tuple[str, ...] = ()
    no_word: tuple[str, ...] = ()
    not_yet: tuple[str, ...] = ()
    departments_not_yet: tuple[str, ...] = ()
    stuck: int = 0
    stuck_oldest: tuple[str, str] = ("", "")
    measures: tuple[int, int] = (0, 0)
    changed: tuple[Measured, ...] = ()
    """A real change, not chance; `not_met` are the others that miss their target."""
    not_met: tuple[Measured, ...] = ()
    answers: tuple[int, int, int] = (0, 0, 0)
    """Given since the last huddle, read out in the units, and fixed."""

    @property
    def subject(self) -> str:
        held, of = self.units
        stamp = f"({day(self.at.date())} {self.at:%H:%M})"
        if self.after:
            return f"{len(self.decided)} decided, {len(self.decide)} still to decide {stamp}"
        told = f"; {held} of {of} units held" if of else ""
        return f"{len(self.decide)} to decide, {len(self.know)} to know{told} {stamp}"

    @property
    def body(self) -> str:
        """The mail as plain text, 72 columns wide."""
        lines = [line for section in self._sections() for line in section]
        return "\n".join([*self._head(), "", *lines, "", *filled(self._foot())]) + "\n"

    def page(self) -> Page:
        """The same as a page, for the other forms."""
        columns = ("no.", "from", "what", "by", "age")
        parts = [Section("", (" ".join(self._head()),))]
        if self.after:
            parts.append(_table("Decided", columns, self.decided, 1))
        parts.append(_table("Still to decide" if self.after else "Decide", columns, self.decide, 1))
        parts.append(_table("Must know", columns, self.know, 1 + len(self.decide)))
        parts += [Section(title, tuple(said)) for title, said in self._facts() if said]
        parts = [one for one in parts if one.lines or one.rows]
        return Page(
            kind="digest",
            node=self.node,
            on=self.at.date().isoformat(),
            title=self.subject,
            sections=tuple(parts),
            foot=self._foot(),
        )

    def _head(self) -> list[str]:
        said = f"{one_line(self.name)} huddle"
        said += f" {self.huddle_at:%H:%M}." if self.huddle_at else "."
        if self.after:
            return filled(f"{said} What was decided in it.")
        if self.join:
            said += f" Join by phone: {one_line(self.join)}."
        if self.notes:
            notes = one_line(self.notes)
            said += f" {notes} takes notes and enters your answer in your name."
            said += f" A reply to this mail goes to {notes}." if self.replies else ""
        return filled(said)

    def _sections(self) -> Iterator[list[str]]:
        if self.after:
            yield ["DECIDED", *_numbered(self.decided, 1)] if self.decided else ["DECIDED: nothing yet."]
        if self.decide:
            yield ["STILL TO DECIDE" if self.after else "DECIDE", *_numbered(self.decide, 1)]
        elif not self.after:
            yield ["DECIDE: nothing today."]
        if self.know and not self.after:
            # Nothing is wanted of who reads it, so it does not matter how old it is.
            known = tuple(Wanted(one.who, _sentence(one.words)) for one in self.know)
            yield ["MUST KNOW", *_numbered(known, 1 + len(self.decide))]
        for title, said in self._facts():
            if said and title == "Morning":
                yield [title.upper(), *(line for one in said for line in filled(one))]
            elif said:
                yield [line for one in said for line in filled(one)]

    def _facts(self) -> Iterator[tuple[str, list[str]]]:
        """What follows in numbers, each with the title of its section."""
        (held, of), (met, areas) = self.units, self.departments
        besides = (("Not yet", self.not_yet), ("No huddle", self.not_held), ("No word", self.no_word))
        morning = [f"Held {held} of {of}.{''.join(_named(words, names) for words, names in besides)}"]
        later = _named("Not yet", self.departments_not_yet)
        morning += [f"Departments: {met} of {areas} have met.{later}"] if areas else []
        yield "Morning", morning if of or areas else []
        if self.after:
            return
        oldest, where = self.stuck_oldest
        told = f"STUCK over {STUCK.days} days without an answer: {self.stuck}. Oldest {oldest} ({one_line(where)})."
        yield "Stuck", [told] if self.stuck else []
        good, known = self.measures
        told = "".join(
            f" {words}: {', '.join(one_line(str(one)) for one in some)}."
            for words, some in (("A real change", self.changed), ("Not met", self.not_met))
            if some
        )
        yield "Measures", [f"MEASURES: {good} of {known} met.{told}"] if known else []
        given, read, fixed = self.answers
        last = (
            f"LAST TIME: {given} answer{'' if given == 1 else 's'} given, {read} read out in the units, {fixed} fixed."
        )
        yield "Last time", [last] if given else []

    def _foot(self) -> str:
        said = "Written by wsq-huddle from its own record. "
        if self.after:
            said += "The lines under DECIDED are this place's own words, checked for identifiers; no text from units."
        else:
            said += (
                "The lines under DECIDE and MUST KNOW are the departments' own words, checked for identifiers;"
                " no text from units, no bed numbers."
            )
            said += " After the huddle a second mail says what was decided." if self.second else ""
        return f"{said} To stop these mails, ask {one_line(self.notes) or 'your IT'}."


def day(on: date) -> str:
    """A day of these weeks: `Mon 30 Nov`."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def age(span: timedelta) -> str:
    """How old something is: `25 min`, `4 h`, `5 d`."""
    minutes = max(0, span // timedelta(minutes=1))
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 24 * 60 else f"{round(span / timedelta(days=1))} d"


def _numbered(wanted: tuple[Wanted, ...], first: int) -> list[str]:
    lines = []
    for number, one in enumerate(wanted, first):
        width = _WORDS - 1 if one.by or one.age else WIDE
        said = filled(one_line(f"{one.who}: {one.words}"), width, first=f"{number}. ", rest="   ")
        head = said[0] + " " * (_WORDS - wide(said[0]))
        lines += [f"{head}{one_line(one.by):<{_BY}}{one_line(one.age):>{_AGE}}".rstrip(), *said[1:]]
    return lines


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _table(title: str, columns: tuple[str, ...], wanted: tuple[Wanted, ...], first: int) -> Section:
    rows = tuple((number, one.who, one.words, one.by, one.age) for number, one in enumerate(wanted, first))
    return Section(title, (), columns, rows)


def _named(words: str, names: tuple[str, ...]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f" {words}: {', '.join(one_line(name) for name in names[:_NAMED])}{more}."
