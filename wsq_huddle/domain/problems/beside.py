"""What stands beside the turns: who got them, who looked, who wants a problem back."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from wsq_huddle.domain.entries import Told

from .branch import Branch
from .events import Alerted, Arrived, Noted, RecallAsked, Resolved, Returned, Seen
from .names import Heard, heard_in
from .parties import named
from .problem import Alert, Answer, Hop, Recall
from .words import Correction, corrected


class Beside:
    """The annotations of one story, read once. `told` is in the order of the fold."""

    def __init__(self, branch: Branch, told: tuple[Told, ...], found: Mapping[str, Correction]) -> None:
        self.branch, self.found = branch, found
        self.arrived: dict[tuple[str, str], datetime] = {}
        self.looks: dict[tuple[str, bool], list[tuple[int, datetime]]] = {}
        self.aloud: list[tuple[Told, int]] = []
        self.alerts: list[Alert] = []
        self.recalls: list[tuple[int, Told]] = []
        self.named: set[str] = set()
        """Everybody whom any entry names: who was told once stays told, whatever became of that turn."""
        self.heard: list[Heard] = []
        self.firsts: dict[str, str] = {}
        self.changed_at = branch.changed_at
        for entry in told:
            self.named |= named(entry)
            self.heard += heard_in(entry)
            self._take(entry)

    def _take(self, entry: Told) -> None:
        event, turns = entry.event, self.branch.turns
        match event:
            case Arrived(of=of):
                self.arrived.setdefault((of, entry.node), entry.at)
            case Seen(of=of, read_out=read_out) if of in turns:
                self._look(entry, turns[of], read_out=read_out)
                if read_out:
                    self.aloud.append((entry, turns[of]))
            case Alerted(to=to):
                self.alerts.append(Alert(to=to, node=entry.node, at=entry.at))
                self.changed_at = max(self.changed_at, entry.at)
            case RecallAsked(of=of) if of in turns:
                self.recalls.append((turns[of], entry))
            case Noted():
                self.changed_at = max(self.changed_at, entry.at)
            case Returned(answer=first) | Resolved(remedy=first):
                self.firsts[entry.hash] = first
            case _:
                pass

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.branch.path, *sorted(self.named - set(self.branch.path)))

    @property
    def seen(self) -> dict[str, int]:
        """Up to which turn each node has looked."""
        seen: dict[str, int] = {}
        for (node, _), looks in self.looks.items():
            seen[node] = max(looks[-1][0], seen.get(node, 0))
        return dict(sorted(seen.items()))

    def hop(self, hop: Hop) -> Hop:
        """How far a hop got."""
        return replace(
            hop,
            delivered_at=self.arrived.get((hop.of, hop.to)),
            seen_at=self._looked(hop.to, hop.turn),
        )

    def answer(self, answer: Answer | None) -> Answer | None:
        """How far an answer got, and what it first said if it was corrected."""
        if answer is None:
            return None
        correction = self.found.get(answer.of)
        return replace(
            answer,
            delivered_at=self.arrived.get((answer.of, answer.to)),
            seen_at=self._looked(answer.to, answer.turn),
            read_at=self._read(answer, correction),
            first=self.firsts.get(answer.of) if correction else None,
            corrected_at=correction.at if correction else None,
            corrected_by=correction.signed if correction else None,
        )

    @property
    def recall(self) -> Recall | None:
        """The last one asked since the holder got the problem."""
        for turn, entry in reversed(self.recalls):
            event = corrected(entry, self.found)
            if turn >= self.branch.held_turn and entry.node != self.branch.holder:
                return Recall(node=entry.node, signed=entry.by, at=entry.at, why=event.why)
        return None

    def _look(self, entry: Told, turn: int, *, read_out: bool) -> None:
        """Keep a look that goes further than those before it; reading out is looking too."""
        for aloud in {False, read_out}:
            looks = self.looks.setdefault((entry.node, aloud), [])
            if not looks or looks[-1][0] < turn:
                looks.append((turn, entry.at))

    def _read(self, answer: Answer, correction: Correction | None) -> datetime | None:
        """When an answer was read out as it stands now: what was corrected since is to be read out again."""
        if correction is None:
            return self._looked(answer.to, answer.turn, aloud=True)
        said = (
            entry.at
            for entry, turn in self.aloud
            if entry.node == answer.to and turn >= answer.turn and (entry.tick or 0) > correction.tick
        )
        return next(said, None)

    def _looked(self, node: str, turn: int, *, aloud: bool = False) -> datetime | None:
        """When a node first looked at a turn or at a later one."""
        looks = self.looks.get((node, aloud), [])
        place = bisect_left(looks, turn, key=lambda look: look[0])
        return looks[place][1] if place < len(looks) else None
