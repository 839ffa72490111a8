"""When the next huddle is, for what is wanted by then."""

from datetime import timedelta

from tests.services.hospital import DAY, Hospital, at
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.services import huddles, whens


def test_a_huddle_that_met_before_its_time_is_not_the_next_one(hospital: Hospital) -> None:
    cardiac = hospital["cardiac"]
    hospital.clock.put("07:55")
    before = whens.usual_by(cardiac, Urgency.ROUTINE)
    huddles.open_today(cardiac)

    assert before == at("08:00")
    assert whens.usual_by(cardiac, Urgency.ROUTINE) == at("08:00", DAY + timedelta(days=1))


def test_those_below_see_that_the_tier_above_has_met_already(hospital: Hospital) -> None:
    hospital.clock.put("07:55")
    huddles.open_today(hospital["cardiac"])
    hospital.deliver()
    unit = hospital["4-west"]

    assert whens.next_huddle(unit, unit.now(), "cardiac") == at("08:00", DAY + timedelta(days=1))
