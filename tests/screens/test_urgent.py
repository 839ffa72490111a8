"""The urgent lane tells the truth: not seen, for how long, whom to ring; until somebody has it, on every screen."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screens import urgent
from screens.app import HuddleApp
from screens.problem_lines import RINGS
from tests.screens.hospital import MONDAY, Drawn, screens_of
from tests.screens.pictures import settled
from tests.screens.test_huddle import SIZE
from tests.screens.walking import opened, walking
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.services import huddles, problems, rules, sites
from wsq_huddle.services.calls import Calls, calls

NOT_SEEN = "Cardiac: not seen, 7 min. Ring 4420."


def raised(hospital: Drawn, title: str = "No suction, bed 3") -> str:
    subject = problems.raise_at(hospital["4-west"], title=title, category="equipment", urgency=Urgency.NOW).id
    hospital.deliver()
    return subject


@pytest.fixture
def hospital(quiet: Drawn) -> Drawn:
    """Monday 07:37, seven minutes after something was needed now."""
    quiet.put("07:30", MONDAY)
    quiet.subject = raised(quiet)  # type: ignore[attr-defined]  # of this test only
    quiet.put("07:37", MONDAY)
    return quiet


def subject_of(hospital: Drawn) -> str:
    return str(hospital.subject)  # type: ignore[attr-defined]  # as above


async def test_who_raised_it_sees_on_every_screen_that_nobody_has_it_and_whom_to_ring(hospital: Drawn) -> None:
    huddles.open_today(hospital["4-west"], leader="Ana R.")
    async with walking(hospital) as walk:
        today = walk.line("No suction")
        await opened(walk, subject_of(hospital))
        page = walk.line("urgent  ")
        await walk.press("escape", "enter")
        await walk.step("HELP")
        help_ = walk.line("No suction")

    assert today.startswith("   ! No suction, bed 3")
    for line in (today, page, help_):
        assert NOT_SEEN in line


async def test_it_stands_as_long_as_nobody_looked_and_goes_when_somebody_did(hospital: Drawn) -> None:
    async with walking(hospital, "cardiac") as walk:
        await opened(walk, subject_of(hospital))
    hospital.deliver()
    assert calls(hospital["4-west"]) == Calls((), 0, 0)

    async with walking(hospital) as walk:
        assert "not seen" not in walk.text
        assert "Cardiac: seen" in walk.line("No suction")
        await opened(walk, subject_of(hospital))
        assert "Cardiac: seen" in walk.line("urgent  ")


async def test_what_was_asked_is_rung_until_somebody_says_that_they_have_it(hospital: Drawn) -> None:
    problems.escalate(hospital["4-west"], subject_of(hospital), need="a pump")
    hospital.put("07:40", MONDAY)
    async with walking(hospital) as walk:
        waiting = walk.line("No suction")
        await walk.press("l", "f")
        among_all = walk.line("No suction")
    problems.see(hospital["cardiac"], subject_of(hospital))
    hospital.deliver()
    async with walking(hospital) as walk:
        seen = walk.line("No suction")
    problems.acknowledge(hospital["cardiac"], subject_of(hospital))
    hospital.deliver()
    async with walking(hospital) as walk:
        taken = walk.line("No suction")

    assert "Cardiac: not seen, 3 min. Ring 4420." in waiting
    assert among_all[1:5].strip(" >") == "!"
    assert "Cardiac: not taken. Ring 4420." in seen
    assert "with Cardiac, seen 07:40" in taken


async def test_outside_the_hours_of_who_was_told_the_number_is_that_of_who_stands_in(hospital: Drawn) -> None:
    hospital.hours("cardiac", 'begins = "09:00"\nends = "17:00"\nstand_in = "executive"')
    async with walking(hospital) as walk:
        assert "Cardiac: not seen, 7 min. Ring 4430." in walk.line("No suction")


@pytest.mark.parametrize("key", ["4-west", "cardiac"])
async def test_what_nobody_has_yet_is_never_folded_into_a_number(busy: Drawn, key: str) -> None:
    busy.put("07:30", MONDAY)
    asked = problems.raise_at(busy[key], title="Oxygen pressure low", urgency=Urgency.NOW).id
    problems.escalate(busy[key], asked, need="facilities")
    for number in range(9):
        problems.raise_at(busy[key], title=f"Number {number}")
        other = problems.raise_at(busy[key], title=f"Asked {number}").id
        problems.escalate(busy[key], other, need="help")
    busy.put("07:37", MONDAY)
    async with walking(busy, key) as walk:
        assert "not seen, 7 min. Ring" in walk.line("Oxygen")


async def test_a_department_that_needs_something_now_is_told_the_same(quiet: Drawn) -> None:
    quiet.put("07:30", MONDAY)
    problems.raise_at(quiet["cardiac"], title="No beds for a transfer", category="beds", urgency=Urgency.NOW)
    asked = problems.raise_at(quiet["cardiac"], title="Oxygen pressure low", urgency=Urgency.NOW).id
    problems.escalate(quiet["cardiac"], asked, need="facilities")
    quiet.put("07:37", MONDAY)
    async with walking(quiet, "cardiac") as walk:
        for title in ("No beds", "Oxygen"):
            assert "Executive: not seen, 7 min. Ring 4430." in walk.line(title)


async def test_what_has_no_plan_tells_its_age_when_it_is_no_quick_hit_any_more(quiet: Drawn) -> None:
    quiet.put("07:00", MONDAY - timedelta(days=4))
    problems.raise_at(quiet["4-west"], title="Door squeaks", category="facilities")
    quiet.put("07:00", MONDAY - timedelta(days=2))
    problems.raise_at(quiet["4-west"], title="Fax jams", category="it")
    quiet.put("07:00", MONDAY)
    async with walking(quiet) as walk:
        assert walk.line("Door squeaks").endswith("no plan, 4 d")
        assert walk.line("Fax jams").endswith("no plan")


class Ringing(HuddleApp):
    """Counts what the terminal would hear, and keeps the titles of its window."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - those of HuddleApp
        super().__init__(*arguments, **options)
        self.rings = 0
        self.titles: list[str] = []

    def bell(self) -> None:
        self.rings += 1

    def entitle(self, words: str) -> None:
        self.titles.append(words)


def ringing(hospital: Drawn, key: str) -> Ringing:
    app = screens_of(hospital[key], plain=True)
    app.__class__ = Ringing
    assert isinstance(app, Ringing)
    app.rings, app.titles = 0, []
    return app


async def test_the_bell_rings_once_for_what_is_needed_now_and_for_nothing_else(quiet: Drawn) -> None:
    app = ringing(quiet, "cardiac")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await asyncio.to_thread(quiet.asked, "Linen short", "supplies", "linen")
        await settled(pilot)
        assert (app.rings, app.titles[-1]) == (0, "Huddle: Cardiac")

        first = await asyncio.to_thread(raised, quiet)
        await settled(pilot)
        assert (app.rings, app.titles[-1]) == (1, "Huddle: 1 urgent")
        await asyncio.to_thread(problems.note, quiet["cardiac"], first, text="on my way")
        await settled(pilot)
        assert app.rings == 1
        await asyncio.to_thread(raised, quiet, "No oxygen")
        await settled(pilot)
        assert (app.rings, app.titles[-1]) == (2, "Huddle: 2 urgent")
        await asyncio.to_thread(problems.see, quiet["cardiac"], first)
        await settled(pilot)
        assert (app.rings, app.titles[-1]) == (2, "Huddle: 1 urgent")


async def test_who_raises_hears_no_bell_and_reads_in_the_title_what_waits_and_what_came_back(quiet: Drawn) -> None:
    # All of it in the thread of the screens: a store in memory has one connection, for one thread at a time.
    app = ringing(quiet, "4-west")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        raised(quiet)
        for title in ("Pumps", "Linen"):
            asked = quiet.asked(title, "supplies", "two")
            problems.give_back(quiet["cardiac"], asked, answer="none left")
        quiet.deliver()
        await settled(pilot)

        assert (app.rings, app.titles[-1]) == (0, "Huddle: 1 urgent, 2 answers")
        await pilot.press("l")
        raised(quiet, "No oxygen")
        await settled(pilot)
        assert app.titles[-1] == "Huddle: 2 urgent, 2 answers"


async def test_the_number_to_ring_is_whole_on_a_small_screen_however_long_nobody_looked(quiet: Drawn) -> None:
    quiet.put("05:48", MONDAY)
    raised(quiet, "Fall, patient on the floor, side room")
    quiet.put("05:58", MONDAY)
    async with walking(quiet, "cardiac") as walk:
        assert walk.line("Fall").endswith("05:48 not seen yet, 10 min")
    rules.run(quiet["cardiac"])
    quiet.put("06:11", MONDAY)
    async with walking(quiet) as walk:
        assert "Executive: not seen. Ring 4430." in walk.line("Fall")


def test_a_line_has_room_for_whom_to_ring_whatever_the_place_is_called(quiet: Drawn) -> None:
    problem = problems.read(quiet["4-west"], raised(quiet))
    site = sites.read(quiet["4-west"])
    told = {
        urgent.ringing(
            problem, replace(site, names={**site.names, "cardiac": name}), quiet.clock() + timedelta(minutes=late)
        )
        for name in ("Cardiac", "Executive", "Neonatology")
        for late in (0, 13, 700)
    }

    assert all(len(one) <= RINGS and one.endswith("Ring 4420.") for one in told)
