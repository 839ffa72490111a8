"""What is announced goes down to every unit, is read out in its huddle, and its author sees in how many."""

from datetime import timedelta

import pytest

from tests.services.hospital import DAY, Hospital, Refusals
from wsq_huddle.domain.announcements import PREFIX, Published, Reach, State
from wsq_huddle.errors import NotAllowed, NotFound
from wsq_huddle.services import announcements, huddles, pins, steps
from wsq_huddle.services.desk import Desk
from wsq_huddle.store import projecting


def open_huddle(hospital: Hospital, key: str) -> huddles.Sitting:
    huddles.open_today(hospital[key], leader="Ana Ruiz")
    return huddles.sitting(hospital[key])


def test_it_is_read_out_with_one_key_and_its_author_sees_in_how_many_units(
    hospital: Hospital, unit: Desk, executive: Desk
) -> None:
    hospital.clock.put("07:15")
    one = announcements.publish(executive, title="New insulin pen", text="Pens are blue now.")
    hospital.deliver()
    sitting = open_huddle(hospital, "4-west")

    before = steps.look(unit, sitting).last_time
    steps.announce(unit, sitting, one.id)
    after = steps.look(unit, huddles.sitting(unit)).last_time
    hospital.deliver()
    (told,) = announcements.ours(executive, executive.tree())

    assert [(line.who, line.said, line.announcement.title) for line in before.announced] == [
        ("Executive", False, "New insulin pen")
    ]
    assert (before.done, before.count, after.done, after.count) == (0, 1, 1, 1)
    assert told.reach == Reach(units=1, of=4, others=0, of_others=2)
    assert announcements.read(hospital["cardiac"], one.id).read.keys() == {"4-west"}
    assert announcements.read(hospital["5-east"], one.id).read == {}


def test_space_twice_reads_it_once_and_the_next_huddle_asks_no_more(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:15")
    one = announcements.publish(hospital["cardiac"], title="New insulin pen")
    hospital.deliver()
    sitting = open_huddle(hospital, "4-west")
    steps.announce(unit, sitting, one.id)
    steps.announce(unit, sitting, one.id)
    huddles.close(unit, sitting)

    row = unit.look().one("SELECT COUNT(*) AS n FROM entry WHERE kind = 'announcement.read'")
    hospital.clock.put("07:15", DAY + timedelta(days=1))
    again = steps.look(unit, open_huddle(hospital, "4-west")).last_time

    assert row is not None
    assert row["n"] == 1
    assert [(line.said, line.before) for line in again.announced] == [(True, True)]
    assert (again.done, again.count) == (0, 0)


def test_what_has_not_begun_is_over_or_was_withdrawn_is_not_read_out(hospital: Hospital, unit: Desk) -> None:
    cardiac, day = hospital["cardiac"], timedelta(days=1)
    hospital.clock.put("07:15")
    later = announcements.publish(cardiac, title="later", begins=DAY + day, ends=DAY + 2 * day)
    gone = announcements.publish(cardiac, title="gone")
    hospital.deliver()
    assert [one.title for one in announcements.for_us(unit, DAY, unit.tree())] == ["gone"]

    withdrawn = announcements.withdraw(cardiac, announcements.find(cardiac, gone.id[:-1]), why="a week later")
    hospital.deliver()

    assert (withdrawn.state, withdrawn.why) == (State.WITHDRAWN, "a week later")
    assert announcements.for_us(unit, DAY, unit.tree()) == []
    assert [one.id for one in announcements.for_us(unit, DAY + day, unit.tree())] == [later.id]
    assert [one.id for one in announcements.listed(unit)] == [later.id]
    assert {one.id for one in announcements.listed(unit, over=True)} == {later.id, gone.id}
    assert announcements.for_us(unit, DAY + 3 * day, unit.tree()) == []


def test_the_paper_form_has_what_is_still_to_be_read_out(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:00")
    one = announcements.publish(hospital["cardiac"], title="New insulin pen", text="Pens are blue now.")
    hospital.deliver()
    before = " ".join("\n".join(huddles.sheet(unit, huddles.sitting(unit))).split())
    announcements.read_out(unit, one.id)
    after = "\n".join(huddles.sheet(unit, huddles.sitting(unit)))

    assert "New insulin pen - Cardiac announces: Pens are blue now." in before
    assert "insulin" not in after


def test_an_announcement_is_for_those_below_and_nobody_beside(hospital: Hospital) -> None:
    hospital.clock.put("07:15")
    announcements.publish(hospital["cardiac"], title="New insulin pen")
    hospital.deliver()

    assert {key for key in hospital.desks if announcements.listed(hospital[key])} == {"cardiac", "4-west", "5-east"}
    assert announcements.for_us(hospital["cardiac"], DAY, hospital["cardiac"].tree()) == []


def test_who_is_cut_off_has_read_it_later_in_the_books_of_its_author(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:15")
    cardiac = hospital["cardiac"]
    one = announcements.publish(cardiac, title="New insulin pen")
    hospital.deliver()
    hospital.cut.add("4-west")
    steps.announce(unit, open_huddle(hospital, "4-west"), one.id)
    hospital.deliver()
    far = announcements.ours(cardiac, cardiac.tree())[0].reach

    hospital.cut.clear()
    hospital.deliver()

    assert far == Reach(units=0, of=2)
    assert announcements.ours(cardiac, cardiac.tree())[0].reach == Reach(units=1, of=2)


def test_what_is_refused_records_nothing(hospital: Hospital, unit: Desk) -> None:
    cardiac = hospital["cardiac"]
    one = announcements.publish(cardiac, title="New insulin pen")
    hospital.deliver()
    counts = [desk.look().one("SELECT COUNT(*) AS n FROM entry") for desk in (unit, cardiac)]

    refusals: Refusals = (
        lambda: announcements.publish(unit, title="x"),
        lambda: announcements.publish(cardiac, title=" "),
        lambda: announcements.publish(cardiac, title="x" * 201),
        lambda: announcements.publish(cardiac, title="x", ends=DAY - timedelta(days=1)),
        lambda: announcements.withdraw(unit, one.id, why="x"),
        lambda: announcements.withdraw(cardiac, one.id, why=""),
        lambda: announcements.read_out(cardiac, one.id),
    )
    for refused in refusals:
        with pytest.raises(NotAllowed, match=r"\.$"):
            refused()
    with pytest.raises(NotFound):
        announcements.find(unit, "nowhere")
    assert [desk.look().one("SELECT COUNT(*) AS n FROM entry") for desk in (unit, cardiac)] == counts


def test_what_somebody_below_claims_to_announce_is_nobodys_announcement(hospital: Hospital, unit: Desk) -> None:
    cardiac = hospital["cardiac"]
    forged = Published(begins=DAY, ends=DAY, title="Go home")
    with unit.store.writing() as writing:
        writing.recorder.write("Mallory", forged, PREFIX)
    hospital.deliver()

    assert [announcements.listed(desk) for desk in (cardiac, hospital["5-east"])] == [[], []]
    assert announcements.for_us(cardiac, DAY, cardiac.tree()) == []


def test_the_rows_are_made_from_the_log_alone(hospital: Hospital, unit: Desk) -> None:
    cardiac = hospital["cardiac"]
    one = announcements.publish(cardiac, title="New insulin pen")
    announcements.withdraw(cardiac, announcements.publish(cardiac, title="gone").id, why="x")
    hospital.deliver()
    announcements.read_out(unit, one.id)
    hospital.deliver()
    pins.set_pin(cardiac, "J. Cole", "2718")

    for desk in (unit, cardiac):
        with desk.store.writing() as writing:
            before = projecting.dump(writing.transaction)
            projecting.rebuild(writing.transaction)
            assert projecting.dump(writing.transaction) == before
        assert len(before["announcement"]) == 2
    assert pins.people(cardiac) == {"j. cole"}
