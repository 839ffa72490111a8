"""Huddle here: the node moves to its spare, the computer before is shut out, and nothing is lost or doubled."""

import time

import pytest

from tests.scripted import scripted
from tests.sync.places import Hospital, count, me, on_both, problem, raised, recorded
from tests.sync.places import opened as opened_store
from tests.sync.proxies import proxied
from tests.sync.sparing import Spare, answered, answers, invited, opened, sound, told, with_spare
from wsq_huddle.domain.problems import Escalated, Planned, Resolved, Returned, State
from wsq_huddle.errors import NetworkError, NotAllowed, Rejected
from wsq_huddle.sync.enrolling import invite, recover
from wsq_huddle.sync.joining import join, join_again
from wsq_huddle.sync.link import Way
from wsq_huddle.sync.link.once import exchange_once
from wsq_huddle.sync.link.positions import token_of

PLANNED = Planned(owner="Ana R.", what="Ring the store room")


@on_both
def test_the_node_moves_to_its_spare_and_the_computer_before_is_told(place: Hospital) -> None:
    spare = with_spare(place)
    unit, above = place.store("4-west"), place.store("cardiac")
    subject, mine = raised(unit), raised(spare.store, "The bed of room 4 does not brake")
    opened(unit)
    place.exchange("4-west")
    spare.exchange()
    waiting = raised(spare.store, "Not sent yet")

    joined = spare.move()
    assert joined.spare == ""
    assert place.exchange("4-west").fenced
    recorded(spare.store, subject, Escalated(to="cardiac", need="Two pumps"))
    recorded(spare.store, mine, Resolved(remedy="Oiled"))
    answered(spare.store, "falls", "0")
    assert spare.exchange().refused == 0

    for each in (subject, mine, waiting):
        assert problem(above, each) == problem(spare.store, each)
        assert count(above, f"subject = '{each}' AND kind = 'problem.raised'") == 1
    found = problem(above, subject)
    assert found is not None
    assert found.holder == "cardiac"
    assert answers(above) == {"falls": "0"}
    assert above.look().rows("SELECT peer FROM link WHERE role = 'spare' AND state = 'active'") == []
    assert sound(spare.store, above, unit)


def test_what_the_computer_before_had_not_sent_is_kept_and_competes_as_after_every_joining(place: Hospital) -> None:
    spare = with_spare(place)
    unit, above = place.store("4-west"), place.store("cardiac")
    subject = raised(unit)
    place.exchange("4-west")
    spare.exchange()
    unsent = raised(unit, "Raised where nobody heard it")
    recorded(unit, subject, PLANNED)

    spare.move()
    recorded(spare.store, subject, Escalated(to="cardiac", need="Two pumps"))
    spare.exchange()
    assert place.exchange("4-west").fenced
    spare.exchange()
    # It is ours as it seems, and another computer wrote it: a person says so, as after every joining.
    assert recover(spare.store) == 2

    first, second = problem(above, subject), problem(spare.store, subject)
    assert first is not None
    assert second is not None
    # Cardiac has said that the turn of the new computer arrived, before it heard of the other one.
    assert (first.holder, second.holder) == ("cardiac", "cardiac")
    assert first.disputed
    assert problem(above, unsent) == problem(spare.store, unsent)
    assert sound(spare.store, above, unit)


def test_without_the_department_nothing_moves_and_without_a_name_neither(place: Hospital) -> None:
    spare = with_spare(place)
    with pytest.raises(NotAllowed, match="say who confirms"):
        join_again(spare.store, spare.way, by=" ")
    port = place.stop_hub("cardiac")
    before = told(spare.store)
    with pytest.raises(NetworkError, match="cannot be reached"):
        spare.move()
    with pytest.raises(NotAllowed, match="This is a spare"):
        recorded(spare.store, raised(spare.store), PLANNED)
    place.hub("cardiac", port)

    assert before.items() <= told(spare.store).items()
    assert not place.exchange("4-west").fenced
    spare.move()
    assert place.exchange("4-west").fenced


def test_an_answer_that_was_lost_is_asked_for_again_and_the_node_moves_once(place: Hospital) -> None:
    spare = with_spare(place)
    cut = proxied(place.hub("cardiac").port, answers=lambda _before, _piece: None)
    with cut as proxy, pytest.raises(NetworkError):
        join_again(spare.store, Way(proxy.url), by="Ana R.")
    epoch = place.store("cardiac").look().one("SELECT epoch FROM link WHERE peer = '4-west'")
    with pytest.raises(Rejected):
        spare.exchange()  # it is a spare no more, and does not know it yet

    spare.move()
    assert place.store("cardiac").look().one("SELECT epoch FROM link WHERE peer = '4-west'") == epoch
    recorded(spare.store, raised(spare.store), PLANNED)
    assert spare.exchange().refused == 0


def test_a_code_whose_answer_was_lost_makes_one_spare(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    spare, code = Spare(place), invited(place)
    cut = proxied(place.hub("cardiac").port, answers=lambda _before, _piece: None)
    with cut as proxy, pytest.raises(NetworkError):
        join(spare.store, Way(proxy.url), code, spare=True)

    assert spare.join(code).spare == f"4-west~{spare.device}"
    assert count(place.store("cardiac"), "kind = 'node.spared'") == 1


def test_killed_while_it_moves_the_node_is_moved_once_when_it_is_asked_for_again(place: Hospital) -> None:
    spare = with_spare(place)
    subjects = [raised(spare.store, f"Problem {number}") for number in range(20)]
    spare.exchange()
    spare.store.close()
    url = spare.way.url
    for delay in (0.02, 0.04, 0.08, 0.16, 0.32):
        process = scripted(_MOVING, place.folder / "spare", url)
        time.sleep(delay)
        process.kill()
        process.communicate()
    spare.store = place.stores["spare"] = opened_store(place.folder / "spare", "4-west")

    if spare.store.look().one("SELECT 1 AS there FROM setting WHERE key = 'spare'"):
        spare.move()
    recorded(spare.store, subjects[0], PLANNED)
    assert spare.exchange().refused == 0
    assert place.exchange("4-west").fenced
    for subject in subjects:
        assert problem(place.store("cardiac"), subject) == problem(spare.store, subject)
        assert count(place.store("cardiac"), f"subject = '{subject}' AND kind = 'problem.raised'") == 1
    assert sound(spare.store, place.store("cardiac"))


_MOVING = """
import sys
from pathlib import Path
from tests.sync.places import opened
from wsq_huddle.sync.joining import join_again
from wsq_huddle.sync.link import Way
store = opened(Path(sys.argv[1]), "4-west")
if store.look().one("SELECT 1 AS there FROM setting WHERE key = 'spare'"):
    join_again(store, Way(sys.argv[2]), by="Ana R.")
"""


def test_what_reached_the_spare_alone_has_arrived_once_the_node_is_there(place: Hospital) -> None:
    spare = with_spare(place)
    subject = raised(place.store("4-west"))
    recorded(place.store("4-west"), subject, Escalated(to="cardiac", need="Two pumps"))
    place.exchange("4-west")
    recorded(place.store("cardiac"), subject, Returned(to="4-west", answer="Take ours"))
    spare.exchange()

    spare.move()  # the computer before never came back to say so
    spare.exchange()
    found = problem(place.store("cardiac"), subject)
    assert found is not None
    assert (found.holder, found.state) == ("4-west", State.OPEN)
    assert found.delivered_at is not None


def test_the_computer_before_comes_back_as_a_spare_and_loses_nothing(place: Hospital) -> None:
    spare = with_spare(place)
    unit = place.store("4-west")
    unsent = raised(unit, "Raised where nobody heard it")
    spare.move()
    recorded(spare.store, raised(spare.store), PLANNED)
    spare.exchange()

    joined = join(unit, place.ways["4-west"], invited(place), spare=True)
    assert joined.spare
    later = raised(unit, "As a spare")
    exchange_once(unit, place.ways["4-west"])
    spare.exchange()
    assert problem(place.store("cardiac"), unsent) is not None
    assert problem(spare.store, later) is not None
    with pytest.raises(NotAllowed, match="This is a spare"):
        recorded(unit, later, PLANNED)
    # And back again: now the first one is what the node works on.
    exchange_once(unit, place.ways["4-west"])
    join_again(unit, place.ways["4-west"], by="Ana R.")
    recorded(unit, later, PLANNED)
    exchange_once(unit, place.ways["4-west"])
    assert spare.exchange().fenced
    assert problem(place.store("cardiac"), later) == problem(unit, later)
    assert sound(unit, spare.store, place.store("cardiac"))


def test_a_new_computer_of_the_node_leaves_its_spares_as_they_are(place: Hospital) -> None:
    spare = with_spare(place)
    code = invite(place.store("cardiac"), me("cardiac"), "4-west", "4 West", 1).code
    fresh = Spare(place, "new")
    join(fresh.store, fresh.way, code)
    subject = raised(spare.store)
    assert spare.exchange().refused == 0
    fresh.exchange()
    recorded(fresh.store, subject, PLANNED)
    fresh.exchange()
    spare.exchange()

    assert problem(spare.store, subject) == problem(fresh.store, subject) == problem(place.store("cardiac"), subject)
    assert token_of(spare.store) != token_of(fresh.store)
