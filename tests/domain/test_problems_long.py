"""Stories that were made to hurt: whoever may write to a problem must not keep all others waiting while it is read."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.domain.telling import RAISED, digest, entry
from tests.domain.telling import told as story_of
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.events import Event
from wsq_huddle.domain.problems import Acknowledged, Corrected, Escalated, Mode, Noted, Returned, Seen, fold

MANY = 6_000
ROOT = replace(entry(RAISED, "4-west", 1), turn=1, on=None, tick=None)


def turn(event: Event, number: int, on: str, at: int, node: str = "4-west") -> Told:
    return replace(entry(event, node, number), turn=at, on=on, tick=None)


def a_chain() -> list[Told]:
    found = [ROOT]
    for number in range(2, MANY):
        found.append(turn(Acknowledged(), number, found[-1].hash, number))
    return found


def a_chain_that_hangs_in_the_air() -> list[Told]:
    found = [ROOT, turn(Acknowledged(), 2, digest("nowhere"), 2)]
    for number in range(3, MANY):
        found.append(turn(Acknowledged(), number, found[-1].hash, number))
    return found


def a_comb() -> list[Told]:
    """Every turn is taken twice."""
    found = [ROOT]
    last = ROOT
    for number in range(2, MANY // 2):
        both = [turn(Acknowledged(), 2 * number + more, last.hash, number) for more in (0, 1)]
        found += both
        last = min(both, key=lambda one: one.hash)
    return found


def a_fan() -> list[Told]:
    return [ROOT, *(turn(Acknowledged(), number, ROOT.hash, 2) for number in range(2, MANY))]


def many_names() -> list[Told]:
    via = tuple(f"n{number}" for number in range(60_000))
    return [ROOT, turn(Escalated(to="cardiac", need="Two pumps", via=via), 2, ROOT.hash, 2)]


def much_telling_and_looking() -> list[Told]:
    found = [ROOT]
    for number in range(2, MANY // 2):
        event = Escalated(to="5-east", mode=Mode.AWARENESS, need="Look")
        found.append(turn(event, number, found[-1].hash, number))
    looks = [entry(Seen(of=found[1].hash), "5-east", MANY + number) for number in range(MANY // 2)]
    return found + looks


def many_words() -> list[Told]:
    notes = [entry(Noted(of=ROOT.hash, text="Again"), "4-west", number) for number in range(2, MANY // 2)]
    corrected = [entry(Corrected(of=ROOT.hash, part="title", text="x"), "4-west", MANY + n) for n in range(MANY // 2)]
    return [ROOT, *notes, *corrected]


@pytest.mark.parametrize(
    "tell",
    [a_chain, a_chain_that_hangs_in_the_air, a_comb, a_fan, many_names, much_telling_and_looking, many_words],
)
def test_a_story_takes_no_longer_than_it_is_long(tell: Callable[[], list[Told]]) -> None:
    told = tell()
    began = time.perf_counter()
    problem = fold(told)

    assert problem is not None
    assert time.perf_counter() - began < 2


def test_two_hundred_entries_are_folded_in_five_milliseconds() -> None:
    back_and_forth = [
        ("4-west", Escalated(to="cardiac", need="two pumps")),
        ("cardiac", Acknowledged()),
        ("cardiac", Returned(to="4-west", answer="wait")),
    ] * 33
    story = story_of(("4-west", RAISED), *back_and_forth)
    story += [entry(Seen(of=turn.hash), "cardiac", 300 + number) for number, turn in enumerate(story)]

    assert len(story) == 200
    problem = fold(story)
    assert problem is not None
    assert problem.turn == 100
    quickest = 1.0
    for _ in range(7):
        start = time.process_time()
        fold(story)
        quickest = min(quickest, time.process_time() - start)
    assert quickest < 0.005
