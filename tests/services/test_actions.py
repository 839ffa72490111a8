"""Planned work of a node, and who else sees it."""

from datetime import timedelta

import pytest

from tests.services.hospital import DAY, Hospital, Refusals
from wsq_huddle.domain.actions import State
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.services import actions
from wsq_huddle.services.desk import Desk


def test_an_action_is_planned_moved_and_done_and_the_parent_sees_it(hospital: Hospital, department: Desk) -> None:
    unit = hospital["4-west"]
    spare = actions.plan(unit, what="Fetch the spare", owner="Ana R.", due=DAY, about="4-west/equipment")

    moved = actions.move(unit, spare.id, due=DAY + timedelta(days=1))
    hospital.deliver()
    assert (moved.due, moved.moved) == (DAY + timedelta(days=1), 1)
    assert [one.what for one in actions.listed(department, node="4-west")] == ["Fetch the spare"]
    assert actions.listed(hospital["executive"], node="4-west") == []
    assert actions.done(unit, actions.find(unit, spare.id[:-1])).state is State.DONE
    hospital.deliver()
    assert actions.read(department, spare.id).state is State.DONE
    assert actions.listed(department, node="4-west") == []


def test_an_action_is_dropped_with_a_reason_and_listed_with_all_the_others(unit: Desk) -> None:
    late = actions.plan(unit, what="Second", owner="Ben", due=DAY)
    soon = actions.plan(unit, what="First", owner="Ben", due=DAY - timedelta(days=1))

    assert [one.what for one in actions.listed(unit)] == ["First", "Second"]
    assert actions.drop(unit, late.id, why="no longer needed").why == "no longer needed"
    assert [one.id for one in actions.listed(unit)] == [soon.id]
    assert [one.id for one in actions.listed(unit, state=State.DROPPED)] == [late.id]
    assert len(actions.listed(unit, state=None)) == 2


def test_a_refused_action_records_nothing(hospital: Hospital, unit: Desk, department: Desk) -> None:
    one = actions.plan(unit, what="Fetch the spare", owner="Ana R.", due=DAY)
    hospital.deliver()
    before = unit.look().one("SELECT COUNT(*) AS n FROM entry")

    refusals: Refusals = (
        lambda: actions.plan(unit, what="", owner="Ana", due=DAY),
        lambda: actions.plan(unit, what="x", owner=" ", due=DAY),
        lambda: actions.plan(unit, what="x" * 10_001, owner="Ana", due=DAY),
        lambda: actions.move(unit, one.id, due=DAY),
        lambda: actions.drop(unit, one.id, why=""),
        lambda: actions.done(department, one.id),
    )
    for refused in refusals:
        with pytest.raises(NotAllowed, match=r"\.$"):
            refused()
    with pytest.raises(NotFound):
        actions.done(unit, "action-nowhere")
    assert unit.look().one("SELECT COUNT(*) AS n FROM entry") == before
