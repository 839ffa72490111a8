"""A unit with a spare at random: whoever writes where, one node holds a problem, and all agree in the end."""

import os
from random import Random

import pytest

from tests.sync.places import Hospital, count, problem, raised, recorded
from tests.sync.sparing import invited, sound, with_spare
from wsq_huddle.domain.problems import Acknowledged, Escalated, Noted, Planned, Returned, State
from wsq_huddle.errors import NotAllowed
from wsq_huddle.store.store import Store
from wsq_huddle.sync.joining import join, join_again
from wsq_huddle.sync.link.once import exchange_once

STEPS = int(os.environ.get("WSQ_SPARES", "60"))


class Ward:
    """Two computers of a unit, of which one is the spare of the other, and its department."""

    def __init__(self, place: Hospital, chance: Random) -> None:
        spare = with_spare(place)
        self.place, self.chance, self.way = place, chance, spare.way
        self.own, self.spare, self.above = place.store("4-west"), spare.store, place.store("cardiac")
        self.subjects: list[str] = []
        self.moves = 0

    def step(self) -> None:
        doing = self.chance.choice(
            (self.raise_one, self.raise_one, self.note, self.turn, self.turn, self.answer, self.send, self.send)
            + ((self.move,) if self.chance.random() < 0.3 else ())
        )
        doing()
        for subject in self.subjects:
            found = {name: problem(store, subject) for name, store in (("4-west", self.own), ("cardiac", self.above))}
            holders = [name for name, one in found.items() if one is not None and one.holder == name]
            assert len(holders) <= 1, (subject, holders)

    def raise_one(self) -> None:
        where = self.chance.choice((self.own, self.spare))
        self.subjects.append(raised(where, f"Problem {len(self.subjects)}"))

    def note(self) -> None:
        for subject in self.some(self.spare):
            recorded(self.spare, subject, Noted(of="0" * 64, text="Seen here too"))

    def turn(self) -> None:
        """Take a turn where one is due; on the spare none is taken."""
        for subject in self.some(self.spare):
            with pytest.raises(NotAllowed):
                recorded(self.spare, subject, Planned(owner="Ana", what="Ring"))
        for subject in self.some(self.own):
            found = problem(self.own, subject)
            if found is not None and found.holder == "4-west" and found.state is State.OPEN:
                event = Planned(owner="Ana", what="Ring") if found.turn == 1 else Escalated(to="cardiac", need="More")
                recorded(self.own, subject, event)

    def answer(self) -> None:
        for subject in self.some(self.above):
            found = problem(self.above, subject)
            if found is not None and found.holder == "cardiac" and found.state is State.OPEN:
                acknowledged = found.acknowledged_at is not None
                event = Returned(to="4-west", answer="Take ours") if acknowledged else Acknowledged()
                recorded(self.above, subject, event)

    def send(self) -> None:
        exchange_once(self.chance.choice((self.own, self.spare)), self.way)

    def move(self) -> None:
        """Huddle here, with the other computer in touch; it comes back as the spare."""
        exchange_once(self.own, self.way)
        join_again(self.spare, self.way, by="Ana R.")
        join(self.own, self.way, invited(self.place), spare=True)
        self.own, self.spare = self.spare, self.own
        self.moves += 1

    def some(self, store: Store) -> list[str]:
        known = [subject for subject in self.subjects if problem(store, subject) is not None]
        return self.chance.sample(known, min(2, len(known)))


@pytest.mark.parametrize("seed", [3, 11])
def test_at_random_a_problem_has_one_holder_and_both_computers_agree_in_the_end(place: Hospital, seed: int) -> None:
    ward = Ward(place, Random(seed))  # noqa: S311 - a test
    for _ in range(STEPS):
        ward.step()
    ward.move()
    for _ in range(3):
        for store in (ward.own, ward.spare):
            assert exchange_once(store, ward.way).refused == 0

    assert ward.moves > 1
    for subject in ward.subjects:
        found = problem(ward.above, subject)
        assert found is not None
        assert found == problem(ward.own, subject) == problem(ward.spare, subject)
        assert not found.disputed
        assert count(ward.above, f"subject = '{subject}' AND kind = 'problem.raised'") == 1
    assert sound(ward.own, ward.spare, ward.above)
