"""The end of a huddle at a department: what its summary says of the units, what was ours, what is on its way."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from screens.huddle import HuddleScreen
from screens.patience import Patience
from tests.screens.department import Department, chosen, helping, stepped
from tests.screens.hospital import MONDAY, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.test_huddle import SIZE, line, pressed
from wsq_huddle.services import problems


@pytest.fixture
def department(department_mould: Department) -> Iterator[Department]:
    with closing(department_mould.copy()) as made:
        yield made


async def test_what_a_department_sends_up_tells_of_its_units_in_numbers(department: Department) -> None:
    department.told()
    app = screens_of(department["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pressed(pilot, "enter")
        drawn = "\n".join(await stepped(pilot, "CLOSE"))

        assert isinstance(app.screen, HuddleScreen)
    assert "Summary" in drawn
    assert "13 of 15 told us; equipment: not met" in drawn
    assert "3 falls" in drawn
    assert "nothing to report" not in drawn


async def test_what_is_sent_back_is_no_request_for_help(department: Department) -> None:
    department.told()
    department.begun()
    problems.give_back(department["cardiac"], department.bed, answer="two single ones")
    app = screens_of(department["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await helping(pilot)
        drawn = await stepped(pilot, "CLOSE")

        assert line(drawn, "Bariatric bed").rstrip().endswith("Step-down: sent back")


async def test_who_has_our_problem_says_more_than_the_plan_we_had_for_it(department: Department) -> None:
    department.told()
    cardiac = department["cardiac"]
    ours = problems.raise_at(cardiac, title="No list of pumps", category="methods")
    problems.plan(cardiac, ours.id, what="one list", owner="S. Lind", due=MONDAY)
    app = screens_of(cardiac, plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await helping(pilot)
        planned = line(await chosen(pilot, "No list of pumps"), "No list of pumps  ")
        problems.escalate(cardiac, ours.id, need="who keeps it?")
        await settled(pilot)
        await pressed(pilot, "left", "right")
        asked = line(picture(app), "No list of pumps  ")

        assert planned.rstrip().endswith("planned")
        assert asked.rstrip().endswith("help asked")


async def test_what_joins_and_has_not_left_yet_cannot_join_again(department: Department) -> None:
    department.told()
    department.begun()
    app = screens_of(department["cardiac"], plain=True, patience=Patience())
    async with app.run_test(size=SIZE) as pilot:
        await helping(pilot)
        before = await chosen(pilot, "Pump lent to 4 West")
        await pressed(pilot, "j")
        after = await chosen(pilot, "Pump lent to 4 West")

        assert "j Join" in before[22]
        assert after[22].startswith(" Enter Send now")
        assert "j Join" not in after[22]
