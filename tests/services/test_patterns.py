"""Patterns at a department and above: found among what came up, dealt with as one, and joined by late ones."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import NewStore
from tests.services.hospital import DAY, Clock, Hospital, at, settings_in
from tests.services.test_speed import Watched, asked
from wsq_huddle.domain.problems import Mode, Problem, Raised, State, Urgency
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.services import patterns, problems
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import MemoryPlace, Place

Together = Callable[[Desk, tuple[str, ...]], tuple[Problem, ...]]


def up(desk: Desk, title: str, category: str = "equipment") -> str:
    """Raise a problem at a unit and ask its department for help."""
    raised = problems.raise_at(desk, title=title, category=category)
    return problems.escalate(desk, raised.id, need="a pump").id


@pytest.fixture
def pumps(hospital: Hospital) -> tuple[str, str]:
    """Pumps are missing in both units of Cardiac."""
    found = (up(hospital["4-west"], "Two IV pumps missing"), up(hospital["5-east"], "IV pump gone"))
    hospital.deliver()
    return found


@pytest.fixture
def late(hospital: Hospital, pumps: tuple[str, str]) -> str:
    """One more pump, after Cardiac has handed the others to Biomed."""
    patterns.assign(hospital["cardiac"], pumps, to="biomed", need="find six pumps")
    subject = up(hospital["5-east"], "Pump lent out, not back")
    hospital.deliver()
    return subject


def test_the_same_trouble_of_two_units_is_a_pattern(department: Desk, pumps: tuple[str, str]) -> None:
    (found,) = patterns.listed(department)

    assert (found.key, found.name, found.places) == ("equipment/pump", "PUMPS", ("4 West", "5 East"))
    assert found.waiting == pumps
    assert (found.deal, found.late, found.days) == (None, (), 1)
    assert [member.problem.id for member in found.members] == list(pumps)


def test_what_stayed_in_its_unit_did_not_come_up(hospital: Hospital, department: Desk) -> None:
    problems.raise_at(hospital["4-west"], title="Two IV pumps missing", category="equipment")
    up(hospital["5-east"], "IV pump gone")
    hospital.deliver()

    assert patterns.listed(department) == ()


def test_what_is_no_longer_needed_is_in_no_pattern(
    hospital: Hospital, department: Desk, pumps: tuple[str, str]
) -> None:
    problems.give_back(department, pumps[1], answer="take ours")
    hospital.deliver()
    problems.withdraw(hospital["5-east"], pumps[1], why="found")
    hospital.deliver()

    assert patterns.listed(department) == ()


TOGETHER: dict[str, tuple[Together, str]] = {
    "give_back": (lambda desk, ids: patterns.give_back(desk, ids, answer="rent comes at 10"), "problem.returned"),
    "assign": (lambda desk, ids: patterns.assign(desk, ids, to="biomed", need="find six"), "problem.assigned"),
    "escalate": (lambda desk, ids: patterns.escalate(desk, ids, need="rent 12"), "problem.escalated"),
    "resolve": (lambda desk, ids: patterns.resolve(desk, ids, remedy="six found"), "problem.resolved"),
    "acknowledge": (patterns.acknowledge, "problem.acknowledged"),
    "plan": (
        lambda desk, ids: patterns.plan(desk, ids, what="count them", owner="S. Lind", due=DAY),
        "problem.planned",
    ),
}


@pytest.mark.parametrize("verb", TOGETHER)
def test_each_member_gets_it_in_its_own_story(hospital: Hospital, pumps: tuple[str, str], verb: str) -> None:
    together, kind = TOGETHER[verb]

    done = together(hospital["cardiac"], pumps)
    hospital.deliver()

    assert [one.id for one in done] == list(pumps)
    for subject, unit in zip(pumps, ("4-west", "5-east"), strict=True):
        assert problems.story_of(hospital[unit], subject)[-1].kind in {kind, "problem.arrived"}
        assert kind in {line.kind for line in problems.story_of(hospital[unit], subject)}


@pytest.mark.parametrize("verb", [verb for verb in TOGETHER if verb != "acknowledge"])
def test_the_pattern_remembers_what_was_done_with_it(department: Desk, pumps: tuple[str, str], verb: str) -> None:
    TOGETHER[verb][0](department, pumps)
    found = patterns.listed(department)

    assert all(one.deal is not None and one.deal.verb == verb for one in found)
    assert bool(found) == (verb != "resolve")  # of what is solved nothing is open


def test_all_or_none_and_who_says_no_is_named_first(hospital: Hospital, pumps: tuple[str, str]) -> None:
    department = hospital["cardiac"]
    problems.give_back(department, pumps[1], answer="take ours")
    before = [problems.story_of(department, subject) for subject in pumps]

    with pytest.raises(NotAllowed) as no:
        patterns.resolve(department, pumps, remedy="six found")

    assert str(no.value) == "Nothing was recorded. 5 East, IV pump gone: 5 East holds this problem."
    assert [problems.story_of(department, subject) for subject in pumps] == before


def test_one_sentence_is_enough_when_it_holds_for_all(department: Desk, pumps: tuple[str, str]) -> None:
    with pytest.raises(NotAllowed, match=r"^Say what you need from them\.$"):
        patterns.escalate(department, pumps, need=" ")
    with pytest.raises(NotAllowed, match=r"^Say which problems\.$"):
        patterns.resolve(department, (), remedy="x")
    with pytest.raises(NotFound):
        patterns.resolve(department, (*pumps, "problem-nowhere"), remedy="x")


def test_got_it_of_a_pattern_leaves_what_was_got_before(department: Desk, pumps: tuple[str, str]) -> None:
    problems.acknowledge(department, pumps[0])

    assert all(one.acknowledged_at for one in patterns.acknowledge(department, pumps))
    assert all(one.acknowledged_at for one in patterns.acknowledge(department, pumps))


def test_a_late_one_waits_beside_what_was_dealt_with(department: Desk, late: str) -> None:
    (found,) = patterns.listed(department)

    assert found.late == found.waiting == (late,)
    assert found.deal is not None
    assert (found.deal.verb, found.deal.to, found.deal.text) == ("assign", "biomed", "find six pumps")


def test_a_late_one_joins_and_goes_where_the_others_went(hospital: Hospital, department: Desk, late: str) -> None:
    joined = patterns.join(department, late)
    hospital.deliver()

    assert joined.holder == "biomed"
    assert problems.read(hospital["biomed"], late).ask is not None
    assert problems.read(hospital["5-east"], late).hops[-1].need == "find six pumps"
    assert patterns.listed(department)[0].waiting == ()


def test_all_that_wait_join_at_once_and_what_was_dealt_with_stays_as_it_is(
    hospital: Hospital, department: Desk, pumps: tuple[str, str], late: str
) -> None:
    before = [problems.story_of(department, subject) for subject in pumps]
    other = up(hospital["4-west"], "Pump alarm broken")
    hospital.deliver()
    (found,) = patterns.listed(department)

    joined = patterns.join_all(department, found.key)

    assert [one.id for one in joined] == [late, other]
    assert {one.holder for one in joined} == {"biomed"}
    assert [problems.story_of(department, subject) for subject in pumps] == before


def test_who_only_tells_the_next_tier_has_not_dealt_with_it(department: Desk, pumps: tuple[str, str]) -> None:
    patterns.escalate(department, pumps, mode=Mode.AWARENESS)
    (found,) = patterns.listed(department)

    assert (found.deal, found.waiting) == (None, pumps)


def test_what_others_plan_is_not_what_we_did(hospital: Hospital, department: Desk, late: str) -> None:
    (found,) = patterns.listed(department)
    first = found.members[0].problem.id
    hospital.clock.put("09:00")
    problems.plan(hospital["biomed"], first, what="six by noon", owner="B. Moe", due=DAY)
    hospital.deliver()
    (found,) = patterns.listed(department)

    assert found.late == (late,)
    assert found.deal is not None
    assert (found.deal.verb, found.deal.text) == ("assign", "find six pumps")


def test_a_late_one_gets_what_was_done_last(hospital: Hospital, department: Desk, late: str) -> None:
    hospital.clock.put("09:00")
    problems.give_back(department, late, answer="rent comes at 10")

    assert [one.deal.text for one in patterns.listed(department) if one.deal] == ["rent comes at 10"]


def test_one_that_is_named_twice_is_dealt_with_once(department: Desk, pumps: tuple[str, str]) -> None:
    done = patterns.resolve(department, (*pumps, pumps[0]), remedy="six found")

    assert [one.id for one in done] == list(pumps)
    assert [line.kind for line in problems.story_of(department, pumps[0])].count("problem.resolved") == 1


def test_anybody_may_put_one_into_a_pattern_that_the_rules_would_not(hospital: Hospital, late: str) -> None:
    odd = up(hospital["4-west"], "Nothing to infuse with")
    hospital.deliver()
    department = hospital["cardiac"]

    with pytest.raises(NotAllowed, match="like no pattern here"):
        patterns.join(department, odd)
    assert patterns.join(department, odd, key="equipment/pump").holder == "biomed"
    with pytest.raises(NotFound, match="no pattern equipment/nothing"):
        patterns.join(department, late, key="equipment/nothing")


@pytest.mark.parametrize("verb", ["give_back", "escalate", "plan"])
def test_joining_does_again_whatever_was_done(hospital: Hospital, pumps: tuple[str, str], verb: str) -> None:
    department = hospital["cardiac"]
    TOGETHER[verb][0](department, pumps)
    subject = up(hospital["5-east"], "Pump lent out, not back")
    hospital.deliver()

    joined = patterns.join(department, subject)
    first = problems.read(department, pumps[0])

    assert (joined.what, joined.owner, joined.due) == (first.what, first.owner, first.due)
    assert joined.holder == {"give_back": "5-east", "escalate": "executive", "plan": "cardiac"}[verb]


def test_a_time_that_is_over_is_not_asked_for_again(hospital: Hospital, pumps: tuple[str, str]) -> None:
    department = hospital["cardiac"]
    patterns.assign(department, pumps, to="biomed", need="find six", by=at("12:00"))
    subject = up(hospital["5-east"], "Pump lent out, not back")
    hospital.deliver()
    hospital.clock.put("15:00")

    assert patterns.join(department, subject).hops[-1].by is None
    assert problems.read(department, pumps[0]).hops[-1].by == at("12:00")


def test_nothing_joins_a_pattern_that_nobody_has_dealt_with(department: Desk, pumps: tuple[str, str]) -> None:
    with pytest.raises(NotAllowed, match="Nothing has been done with PUMPS yet"):
        patterns.join(department, pumps[0])


def test_the_executive_sees_patterns_over_departments_only(hospital: Hospital) -> None:
    executive, cardiac, surgery = hospital["executive"], hospital["cardiac"], hospital["surgery"]
    ours = [up(hospital[unit], "Linen short", "supplies") for unit in ("4-west", "5-east")]
    theirs = up(hospital["theatre"], "No linen", "supplies")
    hospital.deliver()
    patterns.escalate(cardiac, ours, need="linen")
    hospital.deliver()

    assert patterns.listed(executive) == ()

    problems.escalate(surgery, theirs, need="linen")
    hospital.deliver()
    (found,) = patterns.listed(executive)

    assert (found.name, found.places) == ("LINEN", ("Cardiac", "Surgery"))
    assert found.origins == ("4-west", "5-east", "theatre")


def test_a_pattern_of_which_nothing_is_open_is_left_out(hospital: Hospital, pumps: tuple[str, str]) -> None:
    patterns.resolve(hospital["cardiac"], pumps, remedy="six found")

    assert patterns.listed(hospital["cardiac"]) == ()


def test_one_that_came_back_waits_again(hospital: Hospital, pumps: tuple[str, str]) -> None:
    department = hospital["cardiac"]
    patterns.assign(department, pumps, to="biomed", need="find six")
    hospital.deliver()
    problems.give_back(hospital["biomed"], pumps[0], answer="none left")
    hospital.deliver()
    (found,) = patterns.listed(department)

    assert found.waiting == (pumps[0],)
    assert problems.read(department, pumps[0]).state is State.OPEN


def test_a_look_costs_the_same_few_statements_whatever_there_is(tmp_path: Path) -> None:
    with contextlib.closing(create_store(MemoryPlace(), "cardiac", clock=Clock(at("07:00")))) as store:
        desk = Watched(store, settings_in(tmp_path, "cardiac"))
        before = len(asked(desk, patterns.listed))
        with desk.recording() as writing:
            for number in range(300):
                raised = Raised(category="equipment", urgency=Urgency.TODAY, title=f"pump {number} missing")
                writing.recorder.write("x", raised, "problem-")

        assert len(asked(desk, patterns.listed)) <= before + 1


def test_patterns_are_found_and_dealt_with_on_every_database(place: Place, new_store: NewStore, tmp_path: Path) -> None:
    desk = Desk(new_store(place, "cardiac"), settings_in(tmp_path, "cardiac"))
    made = [problems.raise_at(desk, title=f"IV pump {where} gone", category="equipment").id for where in "ab"]

    assert patterns.listed(desk) == ()
    (found,) = patterns.listed(desk, least=1)
    assert sorted(found.waiting) == sorted(made)
    assert {one.state for one in patterns.resolve(desk, found.waiting, remedy="six found")} == {State.RESOLVED}
