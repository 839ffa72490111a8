"""The three weeks before the morning: believable, and sound in every store."""

from collections import Counter
from collections.abc import Iterable

import pytest

from wsq_huddle.domain import problems as rules
from wsq_huddle.domain.problems import State
from wsq_huddle.rehearsal.counting import count
from wsq_huddle.rehearsal.demo import Hospital
from wsq_huddle.rehearsal.hospital import PLACES, UNITS
from wsq_huddle.services import chains, huddles, logs, problems, todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.projecting import dump


def _problems(desk: Desk, origins: Iterable[str]) -> list[rules.Problem]:
    return [one for one in problems.listed(desk) if one.origin in set(origins)]


def test_problems_are_in_every_state_with_every_kind_of_holder(hospital: Hospital) -> None:
    known = _problems(hospital.desks["executive"], UNITS) + _problems(hospital.desks["cardiac"], UNITS)
    states = Counter(one.state for unit in UNITS for one in _problems(hospital.desks[unit], [unit]))
    holders = {one.holder for one in known if one.state is State.OPEN}

    assert states[State.OPEN] >= 8
    assert states[State.RESOLVED] >= 3
    assert states[State.CLOSED] >= 20
    assert states[State.WITHDRAWN] >= 1
    assert {"cardiac", "biomed", "executive"} <= holders
    assert any(one.lapsed for one in _problems(hospital.desks["recovery"], ["recovery"]))


def test_pumps_are_short_in_three_units_within_five_days(hospital: Hospital) -> None:
    short = {
        one.origin
        for desk in (hospital.desks["cardiac"], hospital.desks["surgery"])
        for one in problems.listed(desk)
        if "pump" in one.title.casefold() and (hospital.now() - one.raised_at).days <= 5
    }

    assert len(short) >= 3


def test_huddles_were_held_late_called_off_and_not_held(hospital: Hospital) -> None:
    states: Counter[str] = Counter()
    for back in range(1, 16):
        day = hospital.days.date(-back)
        for department in ("cardiac", "surgery"):
            rows = chains.morning(hospital.desks[department], day).rows
            states.update("late" if row.late else row.state.value for row in rows if row.node in UNITS)

    assert states["held"] >= 50
    assert min(states[state] for state in ("late", "skipped", "missed")) >= 1
    assert set(states) == {"held", "late", "skipped", "missed"}


def test_a_huddle_of_the_past_has_all_its_readings_and_its_summary(hospital: Hospital) -> None:
    desk = hospital.desks["4-west"]
    one = huddles.sitting(desk, on=hospital.days.date(-1))
    shown = huddles.show(desk, one)

    assert one.huddle is not None
    assert shown["summary"]["complete"]
    assert all(line["value"] is not None or line["item"].endswith("ahead") for line in shown["items"])


def test_the_first_screen_has_something_in_every_group(hospital: Hospital) -> None:
    today = todays.today(hospital.desks["4-west"])

    assert (today.answers.count, today.ours.count, today.waiting.count) == (3, 5, 1)
    assert len(today.actions) == 3
    assert today.tally.raised > today.tally.answered > today.tally.fixed > 5
    assert [row.name for row in today.morning.rows] == ["4 West", "Cardiac Services", "Executive"]


def test_the_morning_is_under_way_when_the_screens_open(hospital: Hospital) -> None:
    desk = hospital.desks["cardiac"]
    states = {row.node: row.state.value for row in chains.morning(desk).rows}

    assert hospital.now().strftime("%H:%M") == hospital.days.at(0, "07:09").strftime("%H:%M")
    assert states == {
        "4-west": "planned",
        "4-east": "open",
        "ccu": "held",
        "5-east": "late",
        "cardiac": "planned",
        "executive": "planned",
    }


@pytest.mark.parametrize("node", [place.key for place in PLACES])
def test_the_log_of_every_store_is_sound_and_gives_the_same_rows_again(hospital: Hospital, node: str) -> None:
    desk = hospital.desks[node]
    with desk.recording() as writing:
        before = dump(writing.transaction)

    verified = logs.verify(desk)
    logs.rebuild(desk)

    with desk.recording() as writing:
        after = dump(writing.transaction)
    assert verified.ok, verified.faults
    assert before == after


def test_nothing_was_lost_or_doubled_between_the_stores(hospital: Hospital) -> None:
    """The hubs look at the rules from time to time; what one has told since then is on its way until the links run."""
    hospital.wires.run()
    try:
        assert hospital.wires.settle()
        counted = count(hospital.desks)
    finally:
        hospital.wires.stop()

    assert (counted.lost, counted.doubled, counted.disagreeing) == (0, 0, 0)
    assert counted.entries > 2_500
