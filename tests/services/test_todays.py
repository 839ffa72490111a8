"""The first screen of each tier, from what has reached it."""

from datetime import timedelta

from tests.services.hospital import DAY, Hospital
from wsq_huddle.domain.problems import Mode, Urgency
from wsq_huddle.services import actions, figures, huddles, problems, todays
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.todays import Group


def titles(group: Group) -> list[str]:
    assert group.count == len(group.problems)
    return [one.title for one in group.problems]


def escalated(desk: Desk, title: str, **said: object) -> str:
    one = problems.raise_at(desk, title=title, **{key: said.pop(key) for key in list(said) if key == "urgency"})  # type: ignore[arg-type]  # one keyword
    return problems.escalate(desk, one.id, need="help", **said).id  # type: ignore[arg-type]  # keywords of several types


def test_what_is_where_is_told_to_each_tier_in_its_own_groups(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    problems.raise_at(unit, title="Ours")
    escalated(unit, "Asked")
    escalated(unit, "To know", mode=Mode.AWARENESS)
    back = escalated(unit, "Answered")
    hospital.deliver()
    problems.give_back(department, back, answer="not possible now")
    hospital.deliver()

    at_unit, above = todays.today(unit), todays.today(department)
    assert set(titles(at_unit.ours)) == {"Ours", "To know", "Answered"}
    assert titles(at_unit.waiting) == ["Asked"]
    assert titles(at_unit.answers) == ["Answered"]
    assert titles(at_unit.came_up) == []
    assert set(titles(above.came_up)) == {"Asked", "To know"}
    assert titles(above.ours) == titles(above.answers) == titles(above.waiting) == []
    assert titles(todays.today(hospital["executive"]).came_up) == []


def test_an_answer_stays_until_it_was_read_out_and_a_solution_until_it_was_confirmed(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    answered, solved = escalated(unit, "Answered"), escalated(unit, "Solved")
    hospital.deliver()
    problems.give_back(department, answered, answer="yes")
    problems.resolve(department, solved, remedy="done")
    hospital.deliver()
    assert titles(todays.answers(unit)) == ["Answered", "Solved"]

    problems.read_out(unit, answered)
    problems.read_out(unit, solved)
    assert titles(todays.answers(unit)) == ["Solved"]
    problems.confirm(unit, solved)
    assert titles(todays.answers(unit)) == []


def test_what_is_urgent_comes_first_then_what_is_wanted_soonest(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    escalated(unit, "Some time")
    escalated(unit, "By noon", by=unit.now() + timedelta(hours=5))
    escalated(unit, "By ten", by=unit.now() + timedelta(hours=3))
    problems.raise_at(unit, title="Now", urgency=Urgency.NOW)
    hospital.deliver()

    assert titles(todays.came_up(department)) == ["Now", "By ten", "By noon", "Some time"]


def test_what_was_seen_or_handed_on_no_longer_came_up_to_know(hospital: Hospital) -> None:
    unit, department, executive = hospital["4-west"], hospital["cardiac"], hospital["executive"]
    fall = escalated(unit, "Fall", mode=Mode.AWARENESS)
    urgent = problems.raise_at(unit, title="No suction", urgency=Urgency.NOW).id
    hospital.deliver()
    problems.see(department, fall)
    assert titles(todays.came_up(department)) == ["No suction"]

    problems.escalate(unit, urgent, need="a pump")
    hospital.deliver()
    problems.escalate(department, urgent, need="a pump")
    hospital.deliver()
    assert titles(todays.came_up(department)) == []
    assert titles(todays.waiting(department)) == []  # raised elsewhere
    assert titles(todays.came_up(executive)) == ["No suction"]


def test_the_tally_counts_what_was_raised_here_this_month_and_not_what_lapsed(hospital: Hospital, unit: Desk) -> None:
    solved = problems.raise_at(unit, title="One").id
    lapsed = problems.raise_at(unit, title="Two").id
    problems.raise_at(unit, title="Three")
    hospital.clock.put("12:00", DAY + timedelta(days=2))
    for one in (solved, lapsed):
        problems.resolve(unit, one, remedy="done")
    problems.confirm(unit, solved)
    problems.lapse(unit, lapsed)

    tally = figures.tally(unit)
    assert (tally.raised, tally.answered, tally.fixed) == (3, 2, 1)
    assert tally.answer_days is not None
    assert round(tally.answer_days, 1) == 2.2
    hospital.clock.put("12:00", DAY + timedelta(days=20))
    assert (figures.tally(unit).raised, figures.tally(unit).answer_days) == (0, None)


def test_the_huddle_looks_back_to_the_last_one_that_was_held(hospital: Hospital, unit: Desk) -> None:
    assert todays.today(unit).last_held is None
    hospital.clock.put("07:15")
    huddles.open_today(unit)
    assert todays.today(unit).last_held is None
    hospital.clock.put("07:00", DAY + timedelta(days=5))
    actions.plan(unit, what="Fetch", owner="Ana", due=DAY)

    now = todays.today(unit)
    assert now.last_held is not None
    assert now.last_held.date() == DAY
    assert (now.sitting.on, now.sitting.name) == (DAY + timedelta(days=5), "morning")
    assert [one.what for one in now.actions] == ["Fetch"]
    assert {row.node for row in now.morning.rows} == {"4-west", "cardiac", "executive"}
