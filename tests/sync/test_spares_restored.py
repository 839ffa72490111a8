"""Copies put back without a word while a unit has a spare: the department's, and the spare's own."""

import pytest

from tests.sync.places import Hospital, problem, raised, recorded
from tests.sync.sparing import Spare, invited, sound, told, with_spare
from tests.sync.test_restores import put_aside, put_back
from wsq_huddle.domain.problems import Acknowledged, Escalated, Noted
from wsq_huddle.errors import Rejected
from wsq_huddle.sync.joining import join


def test_a_department_that_was_put_back_has_all_of_it_again_from_both_computers(place: Hospital) -> None:
    spare = with_spare(place)
    unit = place.store("4-west")
    early = raised(unit, "Before the copy")
    recorded(unit, early, Escalated(to="cardiac", need="Two pumps"))
    place.exchange("4-west")
    spare.exchange()
    put_aside(place, "cardiac")
    recorded(place.store("cardiac"), early, Acknowledged())
    late, mine = raised(unit, "After the copy"), raised(spare.store, "On the spare")
    place.exchange("4-west")
    spare.exchange()
    place.exchange("4-west")
    put_back(place, "cardiac")

    place.exchange("4-west")
    spare.exchange()
    place.exchange("4-west")
    spare.exchange()
    for subject in (early, late, mine):
        assert problem(place.store("cardiac"), subject) is not None
        assert problem(place.store("cardiac"), subject) == problem(unit, subject) == problem(spare.store, subject)
    again = raised(spare.store, "And it goes on")
    assert spare.exchange().refused == 0
    place.exchange("4-west")
    assert problem(unit, again) is not None
    assert sound(unit, spare.store, place.store("cardiac"))


def test_a_department_that_was_put_back_to_before_the_spare_wants_a_new_code(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    put_aside(place, "cardiac")
    spare = Spare(place)
    spare.join()
    mine = raised(spare.store, "On the spare")
    spare.exchange()
    place.exchange("4-west")
    put_back(place, "cardiac")
    place.exchange("4-west")

    with pytest.raises(Rejected, match="not let in"):
        spare.exchange()
    join(spare.store, spare.way, invited(place), spare=True)
    spare.exchange()
    place.exchange("4-west")
    assert problem(place.store("cardiac"), mine) == problem(place.store("4-west"), mine) == problem(spare.store, mine)


def test_a_spare_that_was_put_back_joins_again_with_a_code_and_has_all_of_it(place: Hospital) -> None:
    spare = with_spare(place)
    put_aside(place, "spare")
    mine = raised(spare.store, "Lost with the copy")
    spare.exchange()
    put_back(place, "spare", "4-west")
    spare.store = place.stores["spare"]

    with pytest.raises(Rejected, match="Join again"):
        spare.exchange()
    spare.join()
    assert problem(spare.store, mine) == problem(place.store("cardiac"), mine)
    recorded(spare.store, mine, Noted(of="0" * 64, text="It is there again"))
    spare.exchange()
    place.exchange("4-west")
    assert told(place.store("4-west"), f"subject = '{mine}'") == told(spare.store, f"subject = '{mine}'")
    assert sound(place.store("4-west"), spare.store, place.store("cardiac"))
