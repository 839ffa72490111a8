"""What forms say of places: names, numbers to ring, and the kinds of problem in force here."""

from tests.services.hospital import Hospital, at, settings_in
from wsq_huddle.services import definitions, sites
from wsq_huddle.services.desk import Desk

WATER = '\n[[category]]\nkey = "water"\nletter = "w"\nname = "Water and gas"\n'
WASTE = '\n[[category]]\nkey = "waste"\nletter = "w"\nname = "Waste"\n'


def test_a_kind_of_problem_that_a_node_above_has_added_is_offered_here(hospital: Hospital) -> None:
    above = Desk(hospital["executive"].store, settings_in(hospital.folder / "above", "executive", more=WATER))
    unit = Desk(hospital["4-west"].store, settings_in(hospital.folder / "own", "4-west", more=WASTE))
    definitions.publish(above)
    definitions.publish(unit)
    hospital.deliver()

    site = sites.read(unit)

    assert site.kind("water") == "Water and gas"
    letters = [kind.letter for kind in site.kinds]
    assert len(set(letters)) == len(letters) == 14
    assert [kind.letter for kind in site.kinds if kind.key == "waste"] == ["w"]
    assert [kind.letter for kind in site.kinds if kind.key == "water"] == ["a"]
    assert "waste" not in {kind.key for kind in sites.read(above).kinds}


def test_who_is_above_and_what_number_to_ring_is_known(hospital: Hospital) -> None:
    site = sites.read(hospital["4-west"])

    assert (site.above, site.parent, site.call["cardiac"]) == ("Cardiac", "cardiac", "4420")
    assert "4-west" not in site.others


def test_where_somebody_signed_is_said_once_also_of_who_signs_as_the_role(hospital: Hospital) -> None:
    site = sites.read(hospital["4-west"])

    assert site.signed("4-west", "Ana Ruiz") == "4 West, Ana Ruiz"
    assert site.signed("4-west", "4 West charge nurse") == "4 West, charge nurse"
    assert site.signed("cardiac", "Cardiac") == "Cardiac"
    assert site.signed("cardiac", "Cardiacus Meyer") == "Cardiac, Cardiacus Meyer"


def test_who_stands_in_above_is_known_for_any_instant_without_another_look(hospital: Hospital) -> None:
    hospital.hours("cardiac", 'begins = "07:00"\nends = "17:00"\nstand_in = "executive"')
    site = sites.read(hospital["4-west"])
    covers = site.stand_in("cardiac", at("20:00"))

    assert covers is not None
    assert covers.words == "Executive stands in, ring 4430"
    assert site.stand_in("cardiac", at("12:00")) is None
    assert site.stand_in("executive", at("20:00")) is None
