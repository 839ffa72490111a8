"""What is long over makes no pattern with what is new."""

from datetime import timedelta

from tests.services.hospital import DAY, Hospital
from tests.services.test_patterns import up
from wsq_huddle.services import patterns


def test_a_pattern_is_of_the_last_four_weeks(hospital: Hospital) -> None:
    for unit in ("4-west", "5-east"):
        up(hospital[unit], "IV pump gone")
    hospital.deliver()
    hospital.clock.put("06:30", DAY + timedelta(days=27))
    within = patterns.listed(hospital["cardiac"])
    hospital.clock.put("06:30", DAY + timedelta(days=29))

    assert [one.name for one in within] == ["PUMP"]
    assert patterns.listed(hospital["cardiac"]) == ()
