"""A spare beside a unit's computer: it shows what the department knows, raises and answers, and takes no turn."""

import dataclasses
from datetime import timedelta

import pytest

from tests.sync.places import Hospital, eventually, on_both, problem, raised, recorded
from tests.sync.sparing import HUDDLE, MORNING, Spare, answered, answers, invited, opened, sound, told, with_spare
from wsq_huddle.domain.announcements import PREFIX as ANNOUNCED
from wsq_huddle.domain.announcements import Published
from wsq_huddle.domain.huddles import Closed, Reopened, Skipped
from wsq_huddle.domain.problems import (
    MOVES,
    Acknowledged,
    Alerted,
    Assigned,
    Confirmed,
    Escalated,
    Mode,
    Noted,
    Planned,
    Resolved,
    Returned,
    Rule,
    Seen,
    State,
)
from wsq_huddle.domain.spares import KINDS, peer_of
from wsq_huddle.errors import NotAllowed, NotFound, Rejected
from wsq_huddle.sync.enrolling import revoke as revoke_node
from wsq_huddle.sync.joining import join
from wsq_huddle.sync.link import Link
from wsq_huddle.sync.sparing import invite, revoke

EASY = timedelta(days=1)
PLANNED = Planned(owner="Ana R.", what="Ring the store room")


@on_both
def test_a_spare_shows_what_the_department_knows_and_what_it_writes_reaches_all_once(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    unit, above = place.store("4-west"), place.store("cardiac")
    earlier = raised(unit, "A monitor without a lead")
    opened(unit)
    answered(unit, "falls", "0")
    place.exchange("4-west")
    spare = Spare(place)

    joined = spare.join()
    assert joined.spare == peer_of("4-west", spare.device)
    assert problem(spare.store, earlier) == problem(above, earlier)
    assert answers(spare.store) == {"falls": "0"}

    # The unit works on, and its spare follows.
    recorded(unit, earlier, PLANNED)
    asked = raised(unit, "Two IV pumps missing")
    recorded(unit, asked, Escalated(to="cardiac", need="Two pumps"))
    answered(unit, "staff", "6")
    place.exchange("4-west")
    recorded(above, asked, Acknowledged())
    spare.exchange()
    place.exchange("4-west")
    for subject in (earlier, asked):
        assert problem(spare.store, subject) == problem(above, subject) == problem(unit, subject)
    assert answers(spare.store) == answers(unit) == {"falls": "0", "staff": "6"}

    # Without a network it raises, notes and answers; all of it is everywhere afterwards, once.
    port = place.stop_hub("cardiac")
    mine = raised(spare.store, "The bed of room 4 does not brake")
    recorded(spare.store, earlier, Noted(of=problem(spare.store, earlier).last, text="Seen by the night too"))  # type: ignore[union-attr]  # it is there
    answered(spare.store, "falls", "1")
    place.hub("cardiac", port)
    assert spare.exchange().refused == 0
    assert place.exchange("4-west").refused == 0
    place.exchange("cardiac")
    found = problem(unit, mine)
    assert found is not None
    assert (found.holder, found.origin, found.state) == ("4-west", "4-west", State.OPEN)
    assert problem(spare.store, mine) == problem(above, mine) == found
    assert answers(unit) == answers(above) == {"falls": "1", "staff": "6"}
    where = f"subject IN ('{earlier}', '{asked}', '{mine}', '{HUDDLE}')"
    assert told(unit, where) == told(spare.store, where) == told(above, where)

    # What was raised on the spare is the unit's as anything else: its computer takes the turns.
    recorded(unit, mine, Resolved(remedy="Oiled"))
    recorded(unit, mine, Confirmed(lesson="Look at the others"))
    place.exchange("4-west")
    spare.exchange()
    assert problem(spare.store, mine) == problem(above, mine) == problem(unit, mine)
    assert sound(unit, spare.store, above, place.store("executive"))


def test_a_running_spare_follows_live_and_fences_nobody(place: Hospital) -> None:
    spare = with_spare(place)
    unit_link, link = place.link("4-west"), place.links.setdefault("spare", Link(spare.store, spare.way))
    link.start()

    one = raised(place.store("4-west"), "Two IV pumps missing")
    eventually(lambda: problem(spare.store, one))
    two = raised(spare.store, "A bell that does not ring")
    eventually(lambda: problem(place.store("4-west"), two))
    recorded(place.store("4-west"), two, Escalated(to="cardiac", need="A new bell"))
    eventually(lambda: (found := problem(spare.store, two)) is not None and found.holder == "cardiac")

    assert [found.state().touch.value for found in (unit_link, link)] == ["in-touch", "in-touch"]
    arrived = told(place.store("cardiac"), f"subject = '{two}' AND kind = 'problem.arrived'")
    eventually(lambda: told(spare.store, f"subject = '{two}' AND kind = 'problem.arrived'") == arrived)


def test_a_spare_takes_no_turn_whatever_the_table_of_moves_allows(place: Hospital) -> None:
    spare = with_spare(place)
    subject = raised(place.store("4-west"))
    place.exchange("4-west")
    spare.exchange()
    before = told(spare.store)
    moves = {event for allowed in MOVES.values() for event in allowed if event.kind not in KINDS}
    facts = {"owner": "A", "to": "cardiac", "of": "0" * 64, "part": "title", "rule": Rule.OVERDUE}

    assert {event for allowed in MOVES.values() for event in allowed} - moves == {Seen, Noted, Alerted}
    for event in (*moves, Closed, Reopened, Skipped):
        known = {
            name: value for name, value in facts.items() if name in {one.name for one in dataclasses.fields(event)}
        }
        with pytest.raises(NotAllowed, match=r"This is a spare of 4 West: .* Huddle here moves the huddle"):
            recorded(spare.store, subject, event(**known))
    assert told(spare.store) == before


def test_a_spare_says_of_nothing_that_it_has_arrived_and_the_unit_does(place: Hospital) -> None:
    spare = with_spare(place)
    subject = raised(place.store("4-west"))
    recorded(place.store("4-west"), subject, Escalated(to="cardiac", need="Two pumps"))
    place.exchange("4-west")
    recorded(place.store("cardiac"), subject, Returned(to="4-west", answer="Take ours"))

    spare.exchange()
    assert told(place.store("cardiac"), f"subject = '{subject}' AND kind = 'problem.arrived' AND node = '4-west'") == {}
    place.exchange("4-west")
    place.exchange("4-west")
    spare.exchange()
    found = problem(spare.store, subject)
    assert found is not None
    assert found.delivered_at is not None


def test_a_newcomer_on_the_path_brings_all_of_a_problem_to_the_spare(place: Hospital) -> None:
    place.joined(("5-east", "cardiac"))
    spare = with_spare(place)
    subject = raised(place.store("5-east"), "No linen")
    recorded(place.store("5-east"), subject, Escalated(to="cardiac", need="Linen"))
    place.exchange("5-east")
    spare.exchange()
    assert problem(spare.store, subject) is None

    recorded(place.store("cardiac"), subject, Returned(to="5-east", answer="Ask 4 West"))
    recorded(place.store("cardiac"), raised(place.store("cardiac"), "Beds", tells="executive"), PLANNED)
    place.exchange("5-east")
    recorded(place.store("5-east"), subject, Assigned(to="4-west", need="Linen", via=("cardiac",)))
    place.exchange("5-east")
    place.exchange("4-west")
    spare.exchange()

    assert problem(spare.store, subject) is not None
    assert told(spare.store, f"subject = '{subject}'") == told(place.store("cardiac"), f"subject = '{subject}'")
    assert told(spare.store, "subject LIKE 'problem-%'").keys() == told(spare.store, f"subject = '{subject}'").keys()


def test_what_is_announced_to_the_unit_is_on_its_spare(place: Hospital) -> None:
    spare = with_spare(place)
    event = Published(begins=MORNING, ends=MORNING, title="Lift 3 is closed", text="Use lift 4")
    recorded(place.store("cardiac"), ANNOUNCED, event)
    spare.exchange()

    assert len(told(spare.store, "kind = 'announcement.published'")) == 1


def test_each_code_is_for_what_it_was_made_for_and_a_spare_needs_a_unit(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    spare = Spare(place)
    code = invited(place)

    with pytest.raises(Rejected, match="not right"):
        join(spare.store, spare.way, code)  # it would shut the unit's computer out
    assert spare.join(code).spare
    with pytest.raises(NotFound, match="beside one that has joined"):
        invite(place.store("cardiac"), "5-east", EASY, by="")
    with pytest.raises(NotAllowed, match="is no unit"):
        invite(place.store("executive"), "cardiac", EASY, by="")
    assert place.exchange("4-west").refused == 0


def test_a_computer_that_was_used_on_its_own_is_no_spare_and_neither_is_the_one_worked_on(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    spare = Spare(place)
    raised(spare.store, "Written here before", tells="4-west")
    with pytest.raises(NotAllowed, match="a spare begins empty"):
        spare.join()
    with pytest.raises(NotAllowed, match="The node works on this computer"):
        join(place.store("4-west"), place.ways["4-west"], invited(place), spare=True)

    assert place.exchange("4-west").refused == 0


def test_two_spares_of_a_unit_tell_each_other_what_they_wrote(place: Hospital) -> None:
    one = with_spare(place)
    two = Spare(place, "spare-2")
    two.join()

    subject = raised(one.store, "The bed of room 4 does not brake")
    opened(two.store)
    answered(two.store, "falls", "0")
    for spare in (one, two, one):
        spare.exchange()
    place.exchange("4-west")

    assert problem(two.store, subject) == problem(one.store, subject) == problem(place.store("4-west"), subject)
    assert answers(one.store) == answers(place.store("4-west")) == {"falls": "0"}
    assert sound(one.store, two.store, place.store("4-west"), place.store("cardiac"))


def test_a_spare_that_is_ended_is_out_at_once_and_what_it_wrote_stays(place: Hospital) -> None:
    spare = with_spare(place)
    subject = raised(spare.store, "The bed of room 4 does not brake")
    spare.exchange()

    peer, above = peer_of("4-west", spare.device), place.store("cardiac")
    for _ in range(2):
        revoke(above, peer, by="Pat L.")
    raised(spare.store, "Too late")
    assert len(told(above, "kind = 'node.spared'")) == 2, "let in, and ended once"
    assert above.look().rows("SELECT peer FROM link_out WHERE peer = :peer", peer=peer) == []
    assert above.look().rows("SELECT slot FROM credential WHERE node = :peer AND revoked_at IS NULL", peer=peer) == []
    with pytest.raises(Rejected, match="not let in"):
        spare.exchange()
    assert place.exchange("4-west").refused == 0
    assert problem(place.store("4-west"), subject) is not None
    with pytest.raises(NotFound, match="no spare"):
        revoke(place.store("cardiac"), "4-west~00000000", by="")
    assert sound(place.store("4-west"), spare.store, place.store("cardiac"))


def test_a_node_that_is_shut_out_takes_its_spares_along(place: Hospital) -> None:
    spare, another = with_spare(place), Spare(place, "spare-3")
    another.join()
    code = invited(place)
    revoke_node(place.store("cardiac"), "4-west")

    with pytest.raises(Rejected, match="not let in"):
        spare.exchange()
    with pytest.raises(Rejected, match="not let in"):
        another.exchange()
    with pytest.raises(Rejected, match="not right"):
        Spare(place, "spare-2").join(code)
    with pytest.raises(NotFound, match="beside one that has joined"):
        invited(place)


def test_what_goes_up_to_know_is_told_by_the_unit(place: Hospital) -> None:
    spare = with_spare(place)
    subject = raised(spare.store, "A fall")

    with pytest.raises(NotAllowed, match="This is a spare"):
        recorded(spare.store, subject, Escalated(to="cardiac", mode=Mode.AWARENESS))
