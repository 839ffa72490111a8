"""Today: what stands on it for each tier, what opens from it, and that it holds up whatever people have typed."""

import asyncio

import pytest

from screens.huddle import HuddleScreen
from screens.line import item
from screens.problem import ProblemScreen
from screens.today import TodayScreen
from screens.today.groups import Group, fitted
from tests.screens.demo import HOSTILE
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from wsq_huddle.domain.huddles import State
from wsq_huddle.services import actions, huddles, problems

SIZE = (80, 24)


@pytest.fixture
def hospital(busy: Drawn) -> Drawn:
    """The hospital of the drawings, which each test changes for itself."""
    return busy


def group(title: str, number: int, least: int = 3, folded: str = "", folds: int = 0) -> Group:
    lines = tuple(item(f"{title}{at}", "", f"{title} {at}") for at in range(number))
    return Group(title=title, lines=lines, count=number, least=least, folded=folded, folds=folds)


@pytest.mark.parametrize("room", range(6, 40))
def test_groups_never_take_more_room_than_there_is_and_count_what_they_leave_out(room: int) -> None:
    groups = [group("A", 9), group("B", 12), group("C", 4, 1, "oldest 5 d", 2), group("D", 3, 1, "1 over", 1)]
    drawn = fitted(groups, room, more=" (l)")

    assert len(drawn) <= max(room, 8)
    for one in groups:
        shown = [line for line in drawn if line.id.startswith(one.title)]
        left_out = one.count - len(shown)
        told = any(line.cells[0] == f"    {left_out} more (l)" for line in drawn)
        folded = any(line.cells[1:2] == (one.folded,) for line in drawn if one.folded)
        assert left_out == 0 or told or folded


@pytest.mark.parametrize("room", range(6, 30))
def test_no_line_is_spent_on_the_count_of_a_single_one(room: int) -> None:
    drawn = fitted([group("A", 3), group("B", 5, 1), group("C", 2, 1, "oldest 5 d", 1)], room, more=" (l)")

    assert not any(line.cells[0] == "    1 more (l)" for line in drawn)


def test_promised_folds_into_a_number_before_waiting_and_an_empty_group_has_no_heading() -> None:
    groups = [group("OURS", 3), group("WAITING", 2, 1, "w", 2), group("PROMISED", 2, 1, "p", 1), group("NONE", 0)]
    titles = [line.cells[0] for line in fitted(groups, 8)]

    assert "PROMISED (2)" in titles
    assert not any(str(title).startswith("NONE") for title in titles)
    assert not any(line.id.startswith("PROMISED") for line in fitted(groups, 8))
    assert any(line.id.startswith("WAITING") for line in fitted(groups, 8))


async def test_an_empty_day_says_what_to_do(quiet: Drawn) -> None:
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)

        assert " No problems here. Press r to raise one." in picture(app)
        assert picture(app)[2] == " HUDDLE 07:15, in 6 min.     The first one held here."


async def test_the_huddle_is_one_key_away_and_today_knows_when_it_is_open_and_closed(quiet: Drawn) -> None:
    quiet.put("07:16")
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert isinstance(app.screen, HuddleScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert picture(app)[3].startswith(" > [ Go on with the huddle ] ")
        one = huddles.sitting(quiet["4-west"])
        await asyncio.to_thread(huddles.close, quiet["4-west"], one)
        await settled(pilot)
        assert picture(app)[3].startswith(" > [ Look at the huddle ] ")
        assert huddles.sitting(quiet["4-west"]).state is State.CLOSED


async def test_a_click_starts_the_huddle_too(quiet: Drawn) -> None:
    app = screens_of(quiet["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.click("Lines", offset=(6, 1))
        await settled(pilot)

        assert any("Who leads?" in line for line in picture(app))


async def test_what_is_recorded_elsewhere_appears_by_itself(hospital: Drawn) -> None:
    app = screens_of(hospital["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await asyncio.to_thread(problems.give_back, hospital["cardiac"], hospital.transport, answer="two crews")
        await asyncio.to_thread(hospital.deliver)
        await settled(pilot)

        assert any("Cardiac: two crews" in line for line in picture(app))


async def test_all_verbs_work_on_today_and_enter_opens_the_problem(hospital: Drawn) -> None:
    app = screens_of(hospital["4-west"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("down", "down", "y")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert problems.read(hospital["4-west"], hospital.nights).state.value == "closed"
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ProblemScreen)


async def test_a_form_that_lies_over_the_list_folds_nothing_away_and_keeps_the_chosen_line(hospital: Drawn) -> None:
    app = screens_of(hospital["4-west"])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        today = app.screen
        assert isinstance(today, TodayScreen)
        today.lines.choose(next(line.id for line in reversed(today.lines.lines) if "Linen short" in str(line.cells)))
        await settled(pilot)
        chosen, before = today.lines.chosen, today.lines.lines
        await pilot.press("e")
        await settled(pilot)
        app.show_all()
        await settled(pilot)

        assert today.lines.lines == before
        assert today.lines.chosen == chosen


async def test_a_department_sees_who_has_told_it_and_what_came_up(hospital: Drawn) -> None:
    hospital.morning()
    hospital.put("07:50")
    app = screens_of(hospital["cardiac"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        told = picture(app)

        assert " UNITS  1 of 2 told us     not yet 1" in told
        assert "   A 5 East         not yet, was due 07:15                           ring 4410" in told
        assert "   ^ 4 West         2 RN short until 19:00                            by 10:00" in told
        assert told[3].startswith(" > [ Start the huddle ]")


async def test_the_executives_see_the_chain_what_to_decide_and_what_is_stuck(hospital: Drawn) -> None:
    hospital.morning()
    hospital.put("08:42")
    app = screens_of(hospital["executive"], plain=True)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        told = picture(app)

        assert any(line.startswith(" THIS MORNING  units 1 of 2 held") for line in told)
        assert any(line.startswith("   A 11 pumps short in 5 units: rent 12? ") for line in told)
        assert any(line.startswith(" STUCK over 3 days without an answer: 1.") for line in told)
        assert any(line.startswith(" KEY MEASURES") for line in told)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_words_in_every_field_crash_and_colour_nothing(quiet: Drawn, size: tuple[int, int]) -> None:
    west = quiet["4-west"]
    quiet.put("07:16")
    for words in HOSTILE[:-2]:
        raised = problems.raise_at(west, title=words[:200], category="other", detail=words)
        problems.escalate(west, raised.id, need=words, tried=words)
        quiet.deliver()
        problems.give_back(quiet["cardiac"], raised.id, answer=words)
        actions.plan(west, what=words, owner=words[:80], due=quiet.clock().date())
    quiet.deliver()
    west.sign_as(HOSTILE[0])
    app = screens_of(west)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("enter", "enter")
        await settled(pilot)
        for _ in range(6):
            told = "\n".join(picture(app))
            assert "\x1b" not in told
            assert "\u202e" not in told
            await pilot.press("end", "home", "right")
            await settled(pilot)

        assert app.return_code is None
        assert isinstance(app.screen, HuddleScreen)
