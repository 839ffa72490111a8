"""Who may be told in the place of a node that is closed now."""

import pytest

from tests.services.hospital import Hospital
from wsq_huddle.services import nodes, standins

NIGHT = 'begins = "07:00"\nends = "17:00"\nstand_in = "{}"'


def covering(hospital: Hospital, node: str = "4-west") -> str | None:
    desk = hospital["cardiac"]
    return standins.node_for(desk, desk.tree(), node)


def test_who_was_named_stands_in_at_night_and_by_day_nobody_needs_to(hospital: Hospital) -> None:
    hospital.hours("4-west", NIGHT.format("5-east"))
    hospital.clock.put("02:00")
    at_night = covering(hospital)
    hospital.clock.put("09:00")

    assert (at_night, covering(hospital)) == ("5-east", None)


def test_who_was_shut_out_stands_in_for_nobody(hospital: Hospital) -> None:
    hospital.hours("4-west", NIGHT.format("5-east"))
    hospital.clock.put("02:00")
    nodes.revoke(hospital["cardiac"], "5-east")

    assert covering(hospital) is None


@pytest.mark.parametrize("named", ["4-west", "nowhere"])
def test_nobody_stands_in_for_themselves_and_no_place_that_is_not_known(hospital: Hospital, named: str) -> None:
    hospital.hours("4-west", NIGHT.format(named))
    hospital.clock.put("02:00")

    assert covering(hospital) is None
