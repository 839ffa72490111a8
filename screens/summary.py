"""What one huddle told: how ready, what happened, which targets are met, what people said of what is not fine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from screens import times
from screens.frame import DeskScreen
from screens.line import BLANK, Column, Columns, Line, fact, heading, row, text
from screens.marks import Mark
from wsq_huddle.domain.agendas import Kind
from wsq_huddle.domain.agendas import Mark as Told
from wsq_huddle.services import huddles

if TYPE_CHECKING:
    from wsq_huddle.domain.agendas import Item
    from wsq_huddle.domain.summaries import Summary
    from wsq_huddle.services.huddles import Sitting

_LINE = Columns((Column(2), Column(24, share=1), Column(12), Column(36, share=2)))
_MARKS: Mapping[Told, Mark] = {Told.MET: Mark.MET, Told.ATTENTION: Mark.ATTENTION, Told.NOT_MET: Mark.NOT_MET,
                               Told.NONE: Mark.NONE}  # fmt: skip
_QUIET = frozenset({Told.MET, Told.NONE})


@dataclass(frozen=True)
class Seen:
    """One huddle, what it asked and what it sums up to."""

    sitting: "Sitting"
    items: "tuple[Item, ...]"
    summary: "Summary"


class SummaryScreen(DeskScreen[Seen]):
    """The summary of one huddle of a day."""

    LABEL: ClassVar[str] = "Huddle"

    def __init__(self, node: str, name: str, on: date) -> None:
        super().__init__()
        self._node, self._name, self._on = node, name, on

    def look(self) -> Seen:
        desk = self.desk
        one = huddles.sitting(desk, node=self._node, name=self._name, on=self._on)
        return Seen(one, huddles.agenda(desk, one).items, huddles.summary_of(desk, one))

    def show(self, seen: Seen) -> None:
        site, zone = self.program.site, self.now().tzinfo
        huddle, told = seen.sitting.huddle, seen.summary
        name = site.name_of(self._node).upper()
        call = site.call.get(self._node, "")
        lines: list[Line] = [heading(f"{name},", times.full_day(self._on), f"ring {call}" if call else "")]
        if huddle is None or huddle.opened_at is None:
            why = (
                f"No huddle: {huddle.why}" if huddle is not None and huddle.why else "Nothing was told of this huddle."
            )
            self.lines.put([*lines, BLANK, text(f"  {why}")])
            return
        until = times.clock(huddle.closed_at.astimezone(zone)) if huddle.closed_at else "now"
        until = ", on paper" if huddle.on_paper else f" to {until}"
        times_told = times.clock(huddle.opened_at.astimezone(zone)) + until
        led = f", led by {huddle.leader}" if huddle.leader and site.tier <= 2 else ""  # noqa: PLR2004 - tier 2 knows its people
        lines.append(fact("held", f"{times_told}{led}"))
        lines += [fact(label, words) for label, words in _numbers(told)]
        lines += [BLANK, *self._answers(seen)]
        self.lines.put(lines)

    def _answers(self, seen: Seen) -> Iterator[Line]:
        """Every answer that came; what is fine says so, what is not says why."""
        huddle = seen.sitting.huddle
        asked = [(item, huddle.answer(item.key, item.step)) for item in seen.items] if huddle else []
        answered = [(item, answer) for item, answer in asked if answer is not None and item.kind is not Kind.ROLL_CALL]
        if answered:
            yield heading("WHAT IT SAID", f"{len(answered)} of {sum(item.asks for item, _ in asked)} lines answered")
        for item, answer in answered:
            value = "" if item.kind is Kind.READINESS else answer.shown or ""
            words = answer.note or (item.gloss if answer.mark not in _QUIET else "")
            mark: Mark | str = Mark.NOTHING if answer.mark is Told.NONE else _MARKS[answer.mark]
            yield row("", (mark, item.ask, value, words), _LINE)


def _numbers(told: "Summary") -> Iterator[tuple[str, str]]:
    """The numbers of a summary as sentences; what is nothing is left out."""
    ready = [f"{name} {_WORDS[mark]}" for name, mark in told.readiness.items() if mark is not Told.NONE]
    if ready:
        yield "ready", ", ".join(ready)
    targets = told.targets
    if targets.met or targets.not_met:
        yield "targets", f"{targets.met} of {targets.met + targets.not_met} met"
    happened = [
        f"{events.n} {kind}" + (f" ({events.looked_into} looked into)" if events.looked_into else "")
        for kind, events in told.events.items()
        if events.n
    ]
    if told.events:
        yield "happened", ", ".join(happened) or "nothing to report"
    if told.standards.of:
        yield "standards", f"kept {told.standards.kept} of {told.standards.of}"
    problems = told.problems
    if problems.raised or problems.escalated:
        yield "problems", f"{problems.raised} raised, {problems.escalated} sent up, {problems.to_know} to know"
    units = told.units
    if units.expected:
        yield "units", f"{units.held} of {units.expected} held, {units.not_held} no huddle, {units.unknown} no word"
    if told.answers.given:
        answers = told.answers
        yield "answers", f"{answers.given} came, {answers.read_out} read out, {answers.fixed} fixed it"
    if told.present is not None:
        yield "there", f"{told.present} people, {told.leaders} leaders"
    if not told.complete:
        yield "", "Not all lines are answered."


_WORDS = {Told.MET: "met", Told.ATTENTION: "attention", Told.NOT_MET: "not met", Told.NONE: "none"}
