"""Problems at a glance as lines of a long list: what, who and the answer, when."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from screens import times
from screens.line import Line, heading, item
from screens.marks import Mark
from wsq_huddle.domain.problems import State
from wsq_huddle.services.problems import Glance

_OPEN, _RESOLVED, _WITHDRAWN = State.OPEN.value, State.RESOLVED.value, State.WITHDRAWN.value


class Teller:
    """Tells glances in the words of a place: `here` is its key, `names` what people call the others."""

    def __init__(self, here: str, names: Mapping[str, str], now: datetime) -> None:
        self._here, self._names, self._now = here, names, now

    def line(self, glance: Glance) -> Line:
        if glance.state == _OPEN:
            return self._ours(glance) if glance.holder == self._here else self._away(glance)
        return self._over(glance)

    def groups(self, glances: Iterable[Glance]) -> list[Line]:
        """Put what is here under its headings: solutions to judge, what is ours, what others have brought."""
        told: dict[str, list[Glance]] = {"DID IT WORK?": [], "OURS TO SOLVE": [], "CAME UP": []}
        for glance in glances:
            asked = glance.state == _RESOLVED
            own = "OURS TO SOLVE" if glance.origin == self._here else "CAME UP"
            told["DID IT WORK?" if asked else own].append(glance)
        lines: list[Line] = []
        for title, found in told.items():
            if found:
                lines += [heading(f"{title} ({len(found)})"), *map(self.line, sorted(found, key=self._order))]
        return lines

    def _order(self, glance: Glance) -> tuple[int, str]:
        """Order what is here: at once, over its day, due today, nobody has it, planned; the oldest first."""
        if glance.now:
            return (0, glance.raised_at)
        if not glance.due:
            return (2, glance.raised_at)
        return (1 if glance.due <= self._now.date().isoformat() else 3, glance.due)

    def _ours(self, glance: Glance) -> Line:
        whence = "" if glance.origin == self._here else f"{self._name(glance.origin)}: "
        day = glance.day
        if not glance.owner or day is None:
            mark = Mark.NOW if glance.now else Mark.ATTENTION
            return item(glance.id, mark, glance.title, f"{whence}nobody yet", "no plan")
        today = self._now.date()
        late = day <= today
        when = f"check {times.day(day)}" if glance.checks and not late else times.due(day, today)
        mark = Mark.NOW if glance.now else Mark.ATTENTION if late else Mark.NOTHING
        return item(glance.id, mark, glance.title, f"{whence}{times.brief(glance.owner)}: {glance.what}", when)

    def _away(self, glance: Glance) -> Line:
        holder, age = self._name(glance.holder), times.age(self._now - glance.at(glance.raised_at))
        if glance.seen_at:
            seen = times.when(self._local(glance.seen_at), self._now)
            return item(glance.id, Mark.UP, glance.title, f"with {holder}, seen {seen}", age)
        if not glance.handed:
            return item(glance.id, Mark.NOW if glance.now else Mark.NOTHING, glance.title, f"with {holder}", age)
        mark = Mark.NOW if glance.now else Mark.UP if glance.delivered_at else Mark.GOING
        where = f"with {holder}, not seen yet" if glance.delivered_at else f"on its way to {holder}"
        return item(glance.id, mark, glance.title, where, age)

    def _over(self, glance: Glance) -> Line:
        when = times.when(self._local(glance.changed_at), self._now)
        by = f"{self._name(glance.resolved_by)}: " if glance.resolved_by else ""
        if glance.state == _RESOLVED:
            asked = glance.holder == self._here
            mark = Mark.DOWN if asked else Mark.GOING
            told = "did it work?" if asked else f"{self._name(glance.holder)} asked"
            return item(glance.id, mark, glance.title, f"{by}{glance.remedy}", told)
        if glance.state == _WITHDRAWN:
            return item(glance.id, Mark.NOTHING, glance.title, "no longer needed", when)
        if glance.lapsed:
            return item(glance.id, Mark.NOTHING, glance.title, f"{by}{glance.remedy}", "nobody said")
        return item(glance.id, Mark.DONE, glance.title, f"{by}{glance.remedy}", when)

    def _name(self, key: str) -> str:
        return self._names.get(key, key)

    def _local(self, instant: str) -> datetime:
        return datetime.fromisoformat(instant).astimezone(self._now.tzinfo)
