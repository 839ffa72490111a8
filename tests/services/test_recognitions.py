"""What is said at the end of a huddle: in words to the next tier, in numbers further up, and never as a warning."""

from dataclasses import replace

import pytest

from tests.services.hospital import DAY, Hospital
from wsq_huddle.domain.agendas import Item, Kind, Mark, Step, check_answer
from wsq_huddle.services import huddles, recognitions, steps
from wsq_huddle.services.desk import Desk


def held(hospital: Hospital, key: str, **said: str) -> None:
    huddles.open_today(hospital[key])
    huddles.close(hospital[key], huddles.sitting(hospital[key]), **said)
    hospital.deliver()


def test_a_department_hears_the_words_of_its_units_and_the_executives_how_often(
    hospital: Hospital, department: Desk, executive: Desk
) -> None:
    hospital.clock.put("07:15")
    held(hospital, "4-west", thanks="M. Ito saw the wrong pump label", plus="in time")
    held(hospital, "5-east", thanks="Kim for the lift", delta="start on time")
    hospital.clock.put("08:00")
    held(hospital, "cardiac", thanks="4 West for the pumps")
    hospital.clock.put("08:45")
    huddles.open_today(executive)

    told = [(one.name, one.kind, one.text) for one in recognitions.words(department, DAY)]
    assert told == [
        ("4 West", "thanks", "M. Ito saw the wrong pump label"),
        ("5 East", "thanks", "Kim for the lift"),
        ("4 West", "plus", "in time"),
        ("5 East", "delta", "start on time"),
    ]
    assert recognitions.words(executive, DAY) == ()
    assert recognitions.counts(executive, huddles.sitting(executive)) == {"plus": 1, "delta": 1, "thanks": 3}
    assert recognitions.counts(department, huddles.sitting(department)) == {"plus": 1, "delta": 1, "thanks": 3}
    assert steps.look(department, huddles.sitting(department)).closing.said == recognitions.words(department, DAY)


def test_no_words_of_a_unit_ever_reach_the_third_tier(hospital: Hospital, executive: Desk) -> None:
    hospital.clock.put("07:15")
    held(hospital, "4-west", thanks="M. Ito saw the wrong pump label")
    hospital.clock.put("08:00")
    held(hospital, "cardiac")

    texts = [str(row["text"]) for row in executive.look().rows("SELECT text FROM entry WHERE text IS NOT NULL")]
    assert not [text for text in texts if "Ito" in text]


@pytest.mark.parametrize("day", ["fri", "tue"])
def test_what_went_well_is_asked_on_the_days_that_the_site_says(hospital: Hospital, unit: Desk, day: str) -> None:
    hospital.clock.put("07:15")
    slots = tuple(replace(slot, review_days=(day,)) for slot in unit.settings.huddles)
    unit.settings = replace(unit.settings, huddles=slots)
    closing = steps.look(unit, huddles.sitting(unit)).closing

    assert (closing.reviews, closing.review) == (day == "tue", (day,))


@pytest.mark.parametrize("number", ["0", "1", "40"])
def test_many_good_catches_are_never_a_warning(number: str) -> None:
    line = Item(key="4-west/good-catches", step=Step.STATUS, kind=Kind.EVENTS, ask="Good catches", good=True)

    assert check_answer(line, number).mark is Mark.NONE
