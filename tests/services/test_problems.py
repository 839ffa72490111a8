"""Stories of problems over real stores: what each tier knows, who may do what, how they are found again."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import NewStore
from tests.services.hospital import DAY, Hospital, Refusals, at, settings_in
from wsq_huddle.domain.problems import Mode, Problem, State, Urgency
from wsq_huddle.errors import NotAllowed, NotFound, StoreError
from wsq_huddle.services import problems, sites
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.places import Place


def everywhere(hospital: Hospital, subject: str) -> dict[str, Problem]:
    """The problem at each node that knows of it, after everything has been carried."""
    hospital.deliver()
    found = {}
    for key, desk in hospital.desks.items():
        try:
            found[key] = problems.read(desk, subject)
        except NotFound:
            continue
    assert len({(one.holder, one.state, one.turn, one.path) for one in found.values()}) == 1
    return found


def test_a_problem_goes_up_two_tiers_and_its_answer_comes_down_and_is_confirmed(hospital: Hospital) -> None:
    unit, department, executive = hospital["4-west"], hospital["cardiac"], hospital["executive"]
    pumps = problems.raise_at(unit, title="Two IV pumps missing", category="equipment").id
    assert set(everywhere(hospital, pumps)) == {"4-west", "cardiac"}

    problems.escalate(unit, pumps, need="two pumps", tried="asked 5 East", by=at("10:00"))
    assert everywhere(hospital, pumps)["cardiac"].holder == "cardiac"
    problems.acknowledge(department, pumps)
    assert everywhere(hospital, pumps)["4-west"].acknowledged_at is not None
    problems.escalate(department, pumps, need="rent 12")
    assert everywhere(hospital, pumps)["executive"].holder == "executive"
    problems.give_back(executive, pumps, answer="rented until May")
    assert everywhere(hospital, pumps)["4-west"].holder == "cardiac"
    problems.resolve(department, pumps, remedy="two of the rented ones")
    there = everywhere(hospital, pumps)
    assert (there["4-west"].holder, there["4-west"].state) == ("4-west", State.RESOLVED)
    assert there["4-west"].answer is not None
    assert there["4-west"].answer.text == "two of the rented ones"
    problems.reopen(unit, pumps, why="one leaks")
    assert everywhere(hospital, pumps)["executive"].state is State.OPEN
    problems.plan(unit, pumps, what="seal it", owner="Ana R.", due=DAY)
    problems.resolve(unit, pumps, remedy="sealed")
    problems.confirm(unit, pumps, lesson="look at the seals")

    over = everywhere(hospital, pumps)
    assert {one.state for one in over.values()} == {State.CLOSED}
    assert over["executive"].lesson == "look at the seals"
    assert [line.kind for line in problems.story_of(unit, pumps) if line.turn] == [
        "problem.raised", "problem.escalated", "problem.acknowledged", "problem.escalated", "problem.returned",
        "problem.resolved", "problem.reopened", "problem.planned", "problem.resolved", "problem.confirmed",
    ]  # fmt: skip


@pytest.mark.parametrize("start", ["4-west", "cardiac"])
def test_biomed_beside_us_gets_a_problem_and_its_answer_comes_back(hospital: Hospital, start: str) -> None:
    desk, biomed = hospital[start], hospital["biomed"]
    alarm = problems.raise_at(desk, title="Bed alarm dead").id

    handed = problems.assign(desk, alarm, to="biomed", need="repair it", by=at("12:00"))
    assert handed.path[-1] == "biomed"
    assert "executive" in handed.path
    assert everywhere(hospital, alarm)["biomed"].ask is not None
    assert {"surgery", "theatre", "5-east"}.isdisjoint(everywhere(hospital, alarm))
    assert desk.names("biomed") == "Biomed"
    assert "4-west" not in biomed.tree().nodes  # no registration comes sideways
    assert biomed.names(start) == sites.read(biomed).name_of(start) == hospital[start].name
    assert "4-west" not in sites.read(biomed).others  # what is only heard of cannot be handed anything

    problems.give_back(biomed, alarm, answer="new one on the bed")
    back = everywhere(hospital, alarm)[start]
    assert back.holder == start
    assert back.answer is not None
    assert back.answer.delivered_at is not None
    assert (back.answer.node, back.answer.text) == ("biomed", "new one on the bed")


def test_a_department_can_hand_to_a_unit_of_another_and_gets_it_back(hospital: Hospital) -> None:
    lent = problems.raise_at(hospital["cardiac"], title="Pump lent out").id
    problems.assign(hospital["cardiac"], lent, to="surgery", need="ask Theatre")
    everywhere(hospital, lent)
    problems.assign(hospital["surgery"], lent, to="theatre", need="is it yours?")
    everywhere(hospital, lent)
    problems.give_back(hospital["theatre"], lent, answer="yes, sent back")

    assert everywhere(hospital, lent)["cardiac"].holder == "surgery"


def test_what_is_only_to_know_stays_with_its_holder(hospital: Hospital, unit: Desk, department: Desk) -> None:
    fall = problems.raise_at(unit, title="Fall 07:40", category="safety").id
    problems.escalate(unit, fall, mode=Mode.AWARENESS)

    assert everywhere(hospital, fall)["cardiac"].holder == "4-west"
    with pytest.raises(NotAllowed, match="4 West holds this problem"):
        problems.resolve(department, fall, remedy="no")
    assert "see" in problems.may(department, problems.read(department, fall))
    problems.see(department, fall)
    assert everywhere(hospital, fall)["4-west"].seen == {"cardiac": 2}


def test_what_is_needed_now_alerts_the_next_tier_in_the_same_breath(hospital: Hospital, unit: Desk) -> None:
    urgent = problems.raise_at(unit, title="No suction", urgency=Urgency.NOW)

    assert [alert.to for alert in urgent.alerts] == ["cardiac"]
    assert urgent.holder == "4-west"
    assert problems.raise_at(hospital["executive"], title="No power", urgency=Urgency.NOW).alerts == ()


def test_notes_recalls_corrections_and_take_overs_reach_the_others(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    linen = problems.raise_at(unit, title="Linen short").id
    problems.escalate(unit, linen, need="linen")
    hospital.deliver()
    problems.note(department, linen, text="rang the laundry")
    problems.ask_recall(unit, linen, why="found some")
    there = everywhere(hospital, linen)["cardiac"]
    assert there.recall is not None
    assert there.recall.why == "found some"

    problems.give_back(department, linen, answer="from 5 West")
    line = problems.story_of(department, linen)[-1]
    problems.correct(department, linen, of=line.hash, text="from 5 East")
    answer = everywhere(hospital, linen)["4-west"].answer
    assert answer is not None
    assert (answer.text, answer.first) == ("from 5 East", "from 5 West")
    problems.read_out(unit, linen)
    with pytest.raises(NotAllowed, match=r"signed by a person, not by Cardiac: .* --as NAME"):
        problems.take_over(department, linen, why="unit closed")
    department.sign_as("J. Cole")
    taken = problems.take_over(department, linen, why="unit closed")
    assert problems.story_of(department, linen)[-1].by == "J. Cole"
    assert everywhere(hospital, linen)["4-west"].holder == taken.holder == "cardiac"
    with pytest.raises(NotAllowed):
        problems.withdraw(department, linen, why="not ours to withdraw")


def test_a_problem_lapses_or_is_withdrawn_by_its_origin_alone(hospital: Hospital, unit: Desk) -> None:
    first = problems.raise_at(unit, title="Fax jams").id
    second = problems.raise_at(unit, title="Door squeaks").id

    assert problems.withdraw(unit, first, why="no fax any more").state is State.WITHDRAWN
    problems.resolve(unit, second, remedy="oil")
    lapsed = problems.lapse(unit, second)
    assert (lapsed.state, lapsed.lapsed) == (State.CLOSED, True)
    hospital.clock.put("07:00", DAY + timedelta(days=40))
    with pytest.raises(NotAllowed, match="more than 30 days ago"):
        problems.reopen(unit, second, why="squeaks again")


def test_a_refused_verb_records_nothing(unit: Desk) -> None:
    problem = problems.raise_at(unit, title="Fax jams").id
    before = unit.look().one("SELECT COUNT(*) AS n FROM entry")

    refusals: Refusals = (
        lambda: problems.escalate(unit, problem),
        lambda: problems.plan(unit, problem, what="x", owner="", due=DAY),
        lambda: problems.plan(unit, problem, what="x", owner="o" * 201, due=DAY),
        lambda: problems.plan(unit, problem, what="x", owner="Ana"),
        lambda: problems.assign(unit, problem, to="nowhere", need="x"),
        lambda: problems.assign(unit, problem, to="4-west", need="x"),
        lambda: problems.acknowledge(unit, problem),
        lambda: problems.confirm(unit, problem),
        lambda: problems.resolve(unit, problem, remedy=" \u200e\t"),
        lambda: problems.raise_at(unit, title=" "),
        lambda: problems.raise_at(unit, title="t" * 201),
        lambda: problems.raise_at(unit, title="t", detail="d" * 10_001),
        lambda: problems.raise_at(unit, title="t", category="c" * 201),
    )
    for refused in refusals:
        with pytest.raises(NotAllowed, match=r"\.$"):
            refused()
    with pytest.raises(NotFound, match="There is no problem problem-nowhere"):
        problems.resolve(unit, "problem-nowhere", remedy="x")
    assert unit.look().one("SELECT COUNT(*) AS n FROM entry") == before


def test_a_shortened_id_is_enough_when_only_one_begins_with_it(unit: Desk) -> None:
    one = problems.raise_at(unit, title="Fax jams").id
    other = problems.raise_at(unit, title="Door squeaks").id
    shared = "".join(a for a, b in zip(one, other, strict=True) if a == b and one.startswith(a))[:12]

    assert problems.find(unit, one.removeprefix("problem-")) == one
    assert problems.find(unit, one[:-1]) == one
    with pytest.raises(NotFound, match="More than one problem begins with"):
        problems.find(unit, shared.removeprefix("problem-") if len(shared) > 12 else one[8:12])
    with pytest.raises(NotFound, match="at least 4 characters"):
        problems.find(unit, "abc")
    with pytest.raises(NotFound, match="There is no problem ____"):
        problems.find(unit, "____")


def test_a_story_that_the_disk_has_damaged_says_what_to_do(new_store: NewStore, place: Place, tmp_path: Path) -> None:
    desk = Desk(new_store(place), settings_in(tmp_path, "4-west"))
    alarm = problems.raise_at(desk, title="Bed alarm dead").id
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE entry SET head = '{'")

    with pytest.raises(StoreError, match=r"is damaged: .*`wsq-huddle store restore`"):
        problems.story_of(desk, alarm)


def test_lists_go_by_place_and_state(hospital: Hospital, unit: Desk, department: Desk) -> None:
    here = problems.raise_at(unit, title="Door squeaks").id
    away = problems.raise_at(unit, title="Linen short").id
    over = problems.raise_at(unit, title="Fax jams").id
    problems.escalate(unit, away, need="linen")
    problems.withdraw(unit, over, why="gone")
    hospital.deliver()

    def ids(desk: Desk, **asked: object) -> set[str]:
        return {one.id for one in problems.listed(desk, **asked)}  # type: ignore[arg-type]  # keywords of several types

    assert ids(unit) == {here, away, over}
    assert ids(unit, at="here") == {here}
    assert ids(unit, at="away") == {away}
    assert ids(unit, state=[State.OPEN]) == {here, away}
    assert ids(unit, state=iter([State.WITHDRAWN]), at="here") == set()
    assert ids(unit, state=iter([State.WITHDRAWN])) == {over}
    assert ids(unit, search="linen doors", at="here") == {here}
    assert ids(unit, search="fax jams", at="here") == set()
    assert ids(unit, search="fax", state=[State.OPEN]) == set()
    assert ids(unit, search="?!") == set()
    assert ids(department, at="here") == {away}
    assert len(problems.listed(unit, limit=1)) == 1


def test_similar_problems_are_found_on_every_database(place: Place, new_store: NewStore, tmp_path: Path) -> None:
    desk = Desk(new_store(place), settings_in(tmp_path, "4-west"))
    said = ("Two IV pumps missing", "Bed alarm dead, bed 12", "Nurse call dead", "Linen short since Sat")
    kinds = ("equipment", "facilities", "facilities", "supplies")
    made = [problems.raise_at(desk, title=title, category=kind).id for title, kind in zip(said, kinds, strict=True)]
    problems.resolve(desk, made[0], remedy="from the store")

    assert [one.id for _, one in problems.search(desk, "pump")] == [made[0]]
    assert [one.id for _, one in problems.search(desk, "store")] == [made[0]]
    assert [one.id for _, one in problems.search(desk, "DEAD")] == [made[2], made[1]]
    assert [one.id for _, one in problems.similar(desk, "IV pump missing again")] == [made[0]]
    assert problems.similar(desk, "IV pump missing", besides=made[0]) == []
    assert problems.similar(desk, "pump and much else that nobody ever said before") == []
    assert problems.like(desk, "Alarm dead") == "facilities"
    assert problems.like(desk, "Coffee") == "other"
    assert problems.find(desk, made[3][8:]) == made[3]


def test_a_word_longer_than_the_store_keeps_is_found_again(unit: Desk) -> None:
    long = problems.raise_at(unit, title="x" * 150).id

    assert [one.id for _, one in problems.search(unit, "x" * 150)] == [long]


def test_a_text_of_thousands_of_words_is_searched_with_few_statements(unit: Desk) -> None:
    many = problems.raise_at(unit, title="many", detail=" ".join(f"w{n}" for n in range(1_500))).id

    assert [one.id for _, one in problems.search(unit, " ".join(f"w{n}" for n in range(1_900)))] == [many]
