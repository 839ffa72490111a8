"""The line of the morning on Today: each huddle with its time, never two of them as one word."""

from dataclasses import replace

import pytest

from screens.today.morning import line_of
from tests.screens.hospital import MONDAY, Drawn
from tests.services.hospital import ZONE, at
from wsq_huddle.services import chains, huddles


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Cardiac Services", "   Cardiac open since 08:00   Executive 08:45"),
        ("3 North and Telemetry", "   3 North and Telemetry open 08:00   Executive 08:45"),
    ],
)
def test_a_long_name_is_shortened_or_pushes_the_next_huddle_on(quiet: Drawn, name: str, said: str) -> None:
    quiet.clock.put("08:00", MONDAY)
    huddles.open_today(quiet["cardiac"])
    quiet.deliver()
    told = chains.morning(quiet["4-west"])
    rows = tuple(replace(row, name=name) if row.node == "cardiac" else row for row in told.rows)

    _, line = line_of(replace(told, rows=rows), "4-west", at("08:01", MONDAY).astimezone(ZONE))

    assert str(line.cells[0]).endswith(said)


def test_a_line_that_has_no_room_for_since_still_has_the_time(quiet: Drawn) -> None:
    quiet.clock.put("08:46", MONDAY)
    huddles.open_today(quiet["executive"])
    quiet.deliver()
    _, line = line_of(chains.morning(quiet["4-west"]), "4-west", at("08:49", MONDAY).astimezone(ZONE))

    assert str(line.cells[0]).endswith("Executive open 08:46")
    assert len(str(line.cells[0])) <= 78
