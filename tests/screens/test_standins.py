"""Outside its hours a node is closed, and the screens say who stands in and what number to ring."""

import pytest

from tests.screens.hospital import MONDAY, Drawn, screens_of
from tests.screens.pictures import settled
from tests.screens.test_huddle import SIZE, line, pressed
from tests.screens.walking import opened, walking
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.services import huddles, problems, rules, sites

HOURS = 'begins = "09:00"\nends = "17:00"\nstand_in = "{}"'


@pytest.fixture
def hospital(quiet: Drawn) -> Drawn:
    """Monday 07:30: Cardiac works from nine, and the executives stand in for it; so does Cardiac for 5 East."""
    quiet.add("5-east")
    quiet.join("5-east")
    quiet.hours("cardiac", HOURS.format("executive"))
    quiet.hours("5-east", HOURS.format("cardiac"))
    quiet.put("07:30", MONDAY)
    return quiet


async def test_the_morning_says_closed_and_who_stands_in(hospital: Drawn) -> None:
    async with walking(hospital, "executive") as walk:
        await walk.press("c")

        assert "closed, Executive stands in" in walk.line(" Cardiac   ")
        assert "closed, Cardiac stands in" in walk.line("5 East")
        assert "closed" not in walk.line("4 West")


async def test_who_met_outside_its_hours_has_met_for_all_that(hospital: Drawn) -> None:
    hospital.huddle("5-east", "Ben Koch")
    async with walking(hospital, "executive") as walk:
        await walk.press("c")

        assert "closed" not in walk.line("5 East")
        assert "held 07:30" in walk.line("5 East")


async def test_a_day_off_has_a_line_too(hospital: Drawn) -> None:
    hospital.hours("5-east", f'closed = [{MONDAY}]\nstand_in = "cardiac"')
    async with walking(hospital, "executive") as walk:
        await walk.press("c")

        assert "closed, Cardiac stands in" in walk.line("5 East")


async def test_the_roll_call_says_closed_and_rings_who_stands_in(hospital: Drawn) -> None:
    app = screens_of(hospital["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        drawn = await pressed(pilot, "enter", "enter", "enter", "right", "down")

        assert line(drawn, " closed ").startswith(">  5 East      closed  . . . .   Cardiac stands in ")
        assert line(drawn, " closed ").endswith(" ring 4420")
        assert " 5 East is closed; Cardiac stands in, ring 4420." in drawn


async def test_who_waits_and_who_asks_for_help_is_told_whom_to_ring(hospital: Drawn) -> None:
    west = hospital["4-west"]
    subject = hospital.asked("Suction gone", "equipment", "a pump")
    own = problems.raise_at(west, title="Bed alarm dead", category="equipment").id
    huddles.open_today(west, leader="Ana R.")
    async with walking(hospital) as walk:
        await opened(walk, subject)
        page = walk.line("covers")
        await walk.press("escape", "enter", "right", "right", "right")
        waiting = walk.line("Suction gone")
        await opened(walk, own)
        await walk.press("e")

        assert "with Cardiac; Executive stands in, ring 4430" in page
        assert "with Cardiac; Executive stands in" in waiting
        assert "Cardiac is closed now; Executive stands in, ring 4430." in walk.text


async def test_a_unit_that_stands_in_has_what_is_needed_now_first_on_today(hospital: Drawn) -> None:
    hospital.hours("cardiac", HOURS.format("5-east"))
    problems.raise_at(hospital["4-west"], title="No oxygen in room 3", urgency=Urgency.NOW)
    hospital.deliver()
    rules.run(hospital["cardiac"])
    hospital.deliver()
    async with walking(hospital, "5-east") as walk:
        assert "CAME UP (1)" in walk.text
        assert "not seen yet" in walk.line("No oxygen")


async def test_a_unit_sees_on_today_what_its_department_handed_to_it_and_takes_it_there(hospital: Drawn) -> None:
    handed = problems.raise_at(hospital["cardiac"], title="Two pumps for 4 West")
    problems.assign(hospital["cardiac"], handed.id, to="5-east", need="lend two until Friday")
    hospital.deliver()
    async with walking(hospital, "5-east") as walk:
        assert "CAME UP (1)" in walk.text
        await walk.press("down", "down")
        assert "k Got it" in walk.lines[22]
        await walk.press("k")

    assert problems.read(hospital["5-east"], handed.id).acknowledged_at is not None


async def test_outside_the_hours_the_number_is_that_of_who_stands_in_also_where_nobody_else_knows_it(
    hospital: Drawn,
) -> None:
    hospital.hours("cardiac", HOURS.format("5-east") + '\nstand_in_call = "4480"')
    problems.raise_at(hospital["4-west"], title="No oxygen", urgency=Urgency.NOW)
    hospital.deliver()
    covers = sites.read(hospital["4-west"]).stand_in("cardiac", hospital.clock())
    async with walking(hospital) as walk:
        assert "Ring 4480." in walk.line("No oxygen")

    assert covers is not None
    assert (covers.node, covers.call) == ("5-east", "4480")
