"""What huddle.toml declares: published once when it changes, in force below, fixed for a huddle that is open."""

from tests.services.hospital import Hospital, settings_in
from wsq_huddle.services import definitions, huddles
from wsq_huddle.services.desk import Desk

MEASURE = '\n[[measure]]\nkey = "sepsis"\nname = "Sepsis hour-1"\ntarget = 95\ndirection = "at-least"\nunit = "%"\n'


def editions(desk: Desk, owner: str) -> dict[str, int]:
    return {one.sort: one.edition for one in definitions.sets(desk, owners=[owner])}


def asks(desk: Desk) -> set[str]:
    return {item.key for item in huddles.agenda(desk, huddles.sitting(desk)).items}


def changed(hospital: Hospital, key: str) -> Desk:
    """The same node after somebody has added a measure to its huddle.toml."""
    settings = settings_in(hospital.folder / "changed", key, more=MEASURE)
    return Desk(hospital[key].store, settings)


def test_what_has_not_changed_is_not_published_again(unit: Desk) -> None:
    before = editions(unit, "4-west")

    assert set(before.values()) == {1}
    assert definitions.publish(unit) == 0
    assert editions(unit, "4-west") == before


def test_a_changed_huddle_toml_is_a_new_edition_once_and_reaches_the_others(hospital: Hospital) -> None:
    desk = changed(hospital, "4-west")

    assert definitions.publish(desk) == 1
    assert definitions.publish(desk) == 0
    hospital.deliver()
    assert editions(hospital["executive"], "4-west") == editions(desk, "4-west")
    assert editions(desk, "4-west")["measures"] == 2
    assert "4-west/sepsis" in asks(desk)


def test_what_a_unit_asks_besides_is_asked_nowhere_else(hospital: Hospital) -> None:
    definitions.publish(changed(hospital, "4-west"))
    hospital.deliver()

    assert "4-west/sepsis" not in asks(hospital["5-east"])
    assert "4-west/sepsis" not in asks(hospital["cardiac"])


def test_an_open_huddle_keeps_the_questions_it_was_opened_with(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:15")
    huddles.open_today(unit)
    before = asks(unit)

    definitions.publish(changed(hospital, "4-west"))
    assert asks(unit) == before
    hospital.clock.put("07:15", huddles.sitting(unit).on.replace(day=25))
    assert asks(unit) == before | {"4-west/sepsis"}


def test_opening_a_huddle_publishes_what_huddle_toml_says_by_then(hospital: Hospital) -> None:
    desk = changed(hospital, "4-west")
    hospital.clock.put("07:15")

    huddles.open_today(desk)
    assert "4-west/sepsis" in asks(desk)


def test_sets_are_read_by_owner_and_sort(unit: Desk) -> None:
    assert {one.owner for one in definitions.sets(unit, owners=["cardiac"])} == {"cardiac"}
    assert {one.sort for one in definitions.sets(unit, sorts=["window"])} == {"window"}
    assert len(definitions.sets(unit)) > len(definitions.sets(unit, owners=["cardiac", "4-west"]))
    assert definitions.line(unit) == ["executive", "cardiac", "4-west"]
    assert definitions.line(unit, "5-east") == ["executive", "cardiac", "5-east"]
