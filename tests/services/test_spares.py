"""A spare at the desk: what it may, what it leaves to the computer that the unit works on, and what it says why."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from tests.services.hospital import DAY, Hospital
from wsq_huddle.domain.problems import Mode, Urgency
from wsq_huddle.domain.spares import VERBS
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import (
    actions,
    allowed,
    chains,
    computers,
    definitions,
    exchanges,
    huddles,
    outboxes,
    problems,
    rules,
    sites,
)
from wsq_huddle.services.desk import Desk
from wsq_huddle.store import links
from wsq_huddle.store.links import set_fact
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.tables import ENTRY

if TYPE_CHECKING:
    from collections.abc import Callable


def spared(desk: Desk, peer: str | None = "4-west~ab12cd34") -> Desk:
    """Make a computer a spare of its node, or no longer one."""
    with desk.recording() as writing:
        set_fact(writing.transaction, "spare", peer)
    return desk


@pytest.fixture
def spare(hospital: Hospital) -> Desk:
    return spared(hospital["4-west"])


def kinds(desk: Desk, subject: str) -> list[str]:
    rows = desk.look().rows("SELECT kind FROM entry WHERE subject = :subject ORDER BY arrival", subject=subject)
    return [str(row["kind"]) for row in rows]


def test_a_desk_knows_that_it_is_a_spare_and_when_it_is_no_more(spare: Desk) -> None:
    assert spare.spare
    assert sites.read(spare).spare
    assert not spared(spare, None).spare


def test_a_spare_raises_notes_and_alerts_and_takes_no_turn_for_it(hospital: Hospital, spare: Desk) -> None:
    quiet = problems.raise_at(spare, title="The bed of room 4 does not brake", to_know=True)
    fall = problems.raise_at(spare, title="A fall", event=problems.events(spare)[0].key)
    now = problems.raise_at(spare, title="No suction", urgency=Urgency.NOW)
    problems.note(spare, quiet.id, text="Facilities know")
    hospital.deliver()

    assert kinds(spare, quiet.id) == ["problem.raised", "problem.noted"]
    assert kinds(spare, fall.id)[0] == "problem.raised"
    assert "problem.escalated" not in kinds(spare, fall.id)
    assert kinds(spare, now.id) == ["problem.raised", "problem.alerted"]
    assert all(problems.read(spare, one.id).turn == 1 for one in (quiet, fall, now))
    assert [one.id for one in rules.urgent(hospital["cardiac"], hospital["cardiac"].tree())] == [now.id]


def test_a_safety_event_of_a_spare_is_told_on_by_the_computer_that_the_unit_works_on(hospital: Hospital) -> None:
    unit = spared(hospital["4-west"])
    fall = problems.raise_at(unit, title="A fall", event=problems.events(unit)[0].key)
    another = problems.raise_at(unit, title="Scalded by tea", category=problems.SAFETY, to_know=True)
    other = problems.raise_at(unit, title="The bed of room 4 does not brake")
    with spared(unit, None).recording() as writing:
        # As it is there: the department has brought them from the spare.
        writing.transaction.connection.execute(update(ENTRY).values(received_from="cardiac"))

    assert rules.run(unit) == 2
    assert rules.run(unit) == 0
    assert problems.read(unit, fall.id).hops[-1].mode is Mode.AWARENESS
    assert problems.read(unit, another.id).hops[-1].mode is Mode.AWARENESS
    assert problems.read(unit, fall.id).holder == "4-west"
    assert problems.read(unit, other.id).turn == 1


def test_a_spare_opens_and_answers_its_huddle_and_the_department_counts_it_as_held(
    hospital: Hospital, spare: Desk
) -> None:
    hospital.clock.put("07:16")
    huddles.open_today(spare, leader="Ana R.")
    one = huddles.sitting(spare)
    huddles.answer(spare, one, "staff", "met")
    huddles.attend(spare, one, number=4)
    hospital.deliver()

    row = chains.morning(hospital["cardiac"]).of("4-west")
    assert row is not None
    assert row.state.value == "open"
    for verb in (huddles.close, huddles.reopen):
        with pytest.raises(NotAllowed, match=r"This is a spare of 4 West|is open"):
            verb(spare, one)


def test_what_a_spare_may_do_with_a_problem_is_offered_and_nothing_else(spare: Desk) -> None:
    one = problems.raise_at(spare, title="The bed of room 4 does not brake")
    everything = allowed.may(spared(spare, None), one)

    assert allowed.may(spared(spare), one) == everything & VERBS == {"see", "note"} & everything
    assert {"plan", "resolve", "escalate"} <= everything
    doing: dict[str, Callable[[], object]] = {
        "plan": lambda: problems.plan(spare, one.id, what="Ring", owner="Ana", due=DAY),
        "escalate": lambda: problems.escalate(spare, one.id, need="A bed"),
        "assign": lambda: problems.assign(spare, one.id, to="cardiac", need="A bed"),
        "resolve": lambda: problems.resolve(spare, one.id, remedy="Oiled"),
        "withdraw": lambda: problems.withdraw(spare, one.id, why="Found"),
        "action": lambda: actions.plan(spare, what="Ring", owner="Ana", due=date(2026, 11, 30)),
    }
    for verb in doing.values():
        with pytest.raises(NotAllowed, match=r"This is a spare of 4 West: .* takes no turn\. Huddle here moves"):
            verb()
    assert kinds(spare, one.id) == ["problem.raised"]


def test_nothing_is_published_and_nothing_happens_by_rule_on_a_spare(hospital: Hospital) -> None:
    one = problems.raise_at(hospital["4-west"], title="No suction")
    problems.plan(hospital["4-west"], one.id, what="Ring", owner="Ana", due=DAY)
    spared(hospital["4-west"])
    hospital.clock.put("09:00", DAY + timedelta(days=2))
    hospital.hours("4-west", 'days = ["mon"]')

    spare = hospital["4-west"]
    assert definitions.publish(spare) == 0
    assert rules.run(spare) == 0
    spared(spare, None)
    assert definitions.publish(spare) > 0
    assert rules.run(spare) > 0
    assert "problem.reminded" in kinds(spare, one.id)


def test_a_spare_knows_of_its_own_morning_what_the_department_knew_last(hospital: Hospital, spare: Desk) -> None:
    hospital.clock.put("09:30")
    known = chains.heard(spare)
    spared(spare, None)

    assert chains.heard(spare)["4-west"] > known.get("4-west", chains.heard(spare)["4-west"] - timedelta(seconds=1))


def test_a_spare_that_is_off_is_nobody_that_is_waited_for(hospital: Hospital) -> None:
    department = hospital["cardiac"]
    with department.recording() as writing:
        links.put(writing.transaction, "4-west~ab12cd34", links.SPARE, 2)
        list_anew(writing.transaction, writing.recorder, "4-west~ab12cd34", 2)
    problems.raise_at(hospital["4-west"], title="No suction")
    hospital.deliver()

    assert [one.peer for one in outboxes.listed(department)]
    assert outboxes.count(department) == 0
    assert set(chains.heard(department)) <= {"cardiac", "executive", "4-west", "5-east", "biomed"}
    assert department.names("4-west~ab12cd34") == "a spare of 4 West"


def test_the_huddle_moves_only_from_a_spare_and_only_when_a_person_says_so(spare: Desk) -> None:
    with pytest.raises(NotAllowed, match="say who you are"):
        exchanges.move_here(spare)
    spared(spare, None)
    spare.sign_as("Ana Ruiz")
    with pytest.raises(NotAllowed, match="works on this computer already"):
        exchanges.move_here(spare)


def test_a_computer_that_the_node_has_just_moved_to_is_not_one_where_nobody_has_been(hospital: Hospital) -> None:
    department = hospital["cardiac"]
    hospital.clock.put("07:00", DAY + timedelta(days=4))
    assert rules.vacant(department)

    computers.set_up(department)
    assert not rules.vacant(department)
    hospital.clock.put("07:00", DAY + timedelta(days=9))
    assert rules.vacant(department)
