"""Today: the first screen. It says which huddle comes, what came back, what is ours, and what waits."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from screens import keys
from screens.foot import Offer
from screens.frame import DeskScreen
from screens.today.paper import OnPaper

if TYPE_CHECKING:
    from screens.line import Line
    from screens.today.reading import Seen
    from screens.today.slot import Slot
    from wsq_huddle.domain.announcements import Announcement
    from wsq_huddle.domain.problems import Problem

_HIGH_TIER = 3
"""From here up line 23 says that the page can be written out; below it the key works as well."""

_ROOM, _AROUND = 19, 5
"""Lines of the list at least, and those around it."""
_VERBS = {
    "acknowledge": "acknowledge",
    "plan": "plan",
    "escalate": "escalate",
    "assign": "assign",
    "send_back": "give_back",
    "resolve": "resolve",
    "confirm": "confirm",
    "reopen": "reopen",
    "withdraw": "withdraw",
    "note": "note",
}
"""What the rules call what a key does."""
_DEPARTMENT = 2


class TodayScreen(OnPaper, DeskScreen["Seen"]):
    """Today. Enter on its second line opens the huddle, on a problem the problem.

    What draws it is imported in the thread that reads: the first frame is painted before the rules are known.
    """

    LABEL = "Today"

    def __init__(self) -> None:
        super().__init__()
        self._head: Slot | None = None

    def look(self) -> "Seen":
        from screens.today import reading  # noqa: PLC0415 - after the first frame

        _drawer(self.desk.tier)
        return replace(reading.look(self.desk), site=self.program.site)

    def show(self, seen: "Seen") -> None:
        slot = seen.today.sitting.subject
        self.program.slot = slot
        self.desk.in_slot(slot)
        # The executives' one screen needs every line.
        self.steps.display = seen.tier < _HIGH_TIER
        self.lines.put(self._drawn(seen))

    def on_resize(self) -> None:
        """Fit the groups into the lines there are now."""
        if self.seen is not None:
            self.call_after_refresh(self._fit)

    def offers(self) -> Sequence[Offer]:
        if self._head is None:
            return ()
        here: list[Offer] = [("open", self._head.offer)] if self._on_huddle else ["open"] if self._opens else []
        if self._on_huddle or self.on_sheet:
            here += self.paper_offers()
        if "confirm" in self._may:
            here += ["confirm", "reopen"]
        if "acknowledge" in self._may:
            here.append("acknowledge")
        if self._joins:
            here.append("join")
        if self._announcement is not None:
            here.append("withdraw")
        if "note" in self._may:
            here.append("note")
        here += [id_ for id_ in ("problems", "chain", "measures") if self.program.can(id_)]
        return [*here, ("write_out", "Write this page")] if self.desk.tier >= _HIGH_TIER else here

    def action_open(self) -> None:
        if self._on_huddle:
            self._open_huddle()
        elif self.on_sheet:
            self.open_sheet()
        elif self.problem is not None:
            from screens.huddle.problem_verbs import open_problem  # noqa: PLC0415 - after the first frame

            open_problem(self, self.problem.id)
        elif self._on_figures:
            self.program.action_figures()
        elif self._several:
            from screens.today.several import open_chosen  # noqa: PLC0415 - after the first frame

            open_chosen(self)
        elif self._on_stuck and self.seen is not None:
            from screens.followups import FollowUpsScreen  # noqa: PLC0415 - after the first frame

            self.program.push_screen(FollowUpsScreen("Stuck", [one.id for one in self.seen.stuck]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let only those verbs do something that this node may use on the chosen problem now."""
        if action in _VERBS:
            return _VERBS[action] in self._may
        if action == "skip":
            return self.unwritten and not self.program.spare
        if action == "join":
            return self._joins
        if action == "announce":
            return self.seen is not None and self.seen.over_others
        return super().check_action(action, parameters)

    def action_acknowledge(self) -> None:
        self._verb("acknowledge")

    def action_plan(self) -> None:
        self._verb("plan")

    def action_escalate(self) -> None:
        self._verb("escalate")

    def action_assign(self) -> None:
        self._verb("assign")

    def action_send_back(self) -> None:
        self._verb("send_back")

    def action_resolve(self) -> None:
        self._verb("resolve")

    def action_confirm(self) -> None:
        self._verb("confirm")

    def action_reopen(self) -> None:
        self._verb("reopen")

    def action_withdraw(self) -> None:
        self._verb("withdraw")

    def action_note(self) -> None:
        self._verb("note")

    def action_join(self) -> None:
        from screens.today.several import join_chosen  # noqa: PLC0415 - after the first frame

        join_chosen(self)

    def action_announce(self) -> None:
        from screens.verbs.announcing import announce_form  # noqa: PLC0415 - after the first frame

        self.ask(announce_form(self))

    @property
    def _announcement(self) -> "Announcement | None":
        return self.seen.announcement(self.chosen) if self.seen else None

    @property
    def problem(self) -> "Problem | None":
        return self.seen.problem(self.chosen) if self.seen else None

    @property
    def _may(self) -> frozenset[str]:
        if self.seen is None:
            return frozenset()
        if self.seen.over_others and self.chosen not in self.seen.may:
            from screens.today.several import may  # noqa: PLC0415 - after the first frame

            return may(self.seen, self.chosen)
        return self.seen.may.get(self.chosen, frozenset())

    @property
    def _joins(self) -> bool:
        if self.seen is None or self.seen.apart is None:
            return False
        from screens.today.several import joins  # noqa: PLC0415 - after the first frame

        return joins(self.seen, self.chosen)

    @property
    def _several(self) -> bool:
        """Whether the chosen line is a pattern."""
        return self.chosen.startswith("pattern/")

    def _verb(self, key: str) -> None:
        from screens.huddle.problem_verbs import ask  # noqa: PLC0415 - after the first frame

        if self.problem is not None:
            ask(self, _VERBS[key], self.problem, onwards=False)
        elif self._announcement is not None:
            from screens.verbs.announcing import withdraw_form  # noqa: PLC0415 - after the first frame

            self.ask(withdraw_form(self, self._announcement))
        elif self._may:
            from screens.today.several import use  # noqa: PLC0415 - after the first frame

            use(self, _VERBS[key])

    @property
    def _on_huddle(self) -> bool:
        from screens.today.slot import START  # noqa: PLC0415 - after the first frame

        return self.chosen == START

    def action_write_out(self) -> None:
        """Write one page for the whiteboard; above a unit, what the mail says."""
        from screens.written import write_out  # noqa: PLC0415 - after the first frame
        from wsq_huddle.services import reports  # noqa: PLC0415 - only when w is pressed

        write_out(self, reports.write_page)

    @property
    def _on_figures(self) -> bool:
        from screens.today.unit import FIGURES  # noqa: PLC0415 - after the first frame

        return self.chosen == FIGURES

    @property
    def _on_stuck(self) -> bool:
        """Whether the chosen line counts what is stuck; only executives have it."""
        return self.chosen == "stuck"

    @property
    def _opens(self) -> bool:
        """Whether the chosen line, which is not that of the huddle, can be opened."""
        return self.problem is not None or self._on_figures or self._on_stuck or self._several

    def _fit(self) -> None:
        if self.seen is not None:
            self.show(self.seen)

    def _drawn(self, seen: "Seen") -> "list[Line]":
        from screens.today.slot import slot  # noqa: PLC0415 - after the first frame

        # Not the height of the list: a form that lies over it folds nothing away, least of all the chosen line.
        now, room = self.now(), max(_ROOM, self.size.height - _AROUND) + (seen.tier >= _HIGH_TIER)
        typed = len(self.program.kept.of(f"sheet/{seen.today.sitting.subject}"))
        given = self.program.keys_given
        self._head = slot(seen, now, given=given, typed=typed, spare=self.program.spare)
        more = keys.told(" ({problems})", given) if self.program.can("problems") else ""
        return _drawer(seen.tier)(seen, self._head, now, room, more=more)

    def _open_huddle(self) -> None:
        from wsq_huddle.domain.huddles import State  # noqa: PLC0415 - after the first frame

        state = self.seen.today.sitting.state if self.seen else State.PLANNED
        if state in {State.OPEN, State.CLOSED}:
            self._go_on()
        else:
            from screens.verbs.signing import start_form  # noqa: PLC0415 - after the first frame

            self.ask(start_form(self, self._go_on))

    def _go_on(self) -> None:
        from screens.huddle import HuddleScreen  # noqa: PLC0415 - after the first frame

        self.program.push_screen(HuddleScreen())


def _drawer(tier: int) -> "Callable[..., list[Line]]":
    """Give what draws Today of a tier; that of the others is not imported."""
    if tier == 1:
        from screens.today.unit import lines  # noqa: PLC0415 - after the first frame
    elif tier == _DEPARTMENT:
        from screens.today.department import lines  # noqa: PLC0415 - only at tier 2
    else:
        from screens.today.executive import lines  # noqa: PLC0415 - only at tier 3
    return lines
