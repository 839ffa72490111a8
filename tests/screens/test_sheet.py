"""A huddle that was on paper: offered when its time is over, typed in as drafts, recorded as a whole or not at all."""

import pytest

from screens.huddle.sheet import SheetScreen
from screens.patience import PRODUCT
from screens.today import TodayScreen
from tests.screens.hospital import MONDAY, Drawn, screens_of
from tests.screens.pictures import IN_TOUCH, SIZES, assert_same, assert_same_at_each
from tests.screens.walking import Walk, walking
from tests.services.hospital import at
from wsq_huddle.domain.entries import Entry
from wsq_huddle.domain.huddles import State
from wsq_huddle.services import actions, computers, drafts, huddles, problems
from wsq_huddle.services.desk import Desk
from wsq_huddle.store import feeds, links
from wsq_huddle.store.listing import list_anew
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import MemoryPlace
from wsq_huddle.store.receiving import receive

TYPED = ["down", "enter"]
"""From Today to the sheet."""


@pytest.fixture
def late(busy: Drawn) -> Drawn:
    """The hospital of the drawings long after the slot, with nothing written of the huddle."""
    busy.put("10:12")
    return busy


def on_a_new_computer(hospital: Drawn, by: str = "T. Berg (IT)") -> Desk:
    """Give 4 West a new computer, as `join` does there and at the hub."""
    cardiac, old = hospital["cardiac"], hospital["4-west"]
    with cardiac.store.writing() as writing:
        links.put(writing.transaction, "4-west", links.CHILD, 2)
        list_anew(writing.transaction, writing.recorder, "4-west", 2)
    store = create_store(MemoryPlace(), "4-west", clock=hospital.clock)
    desk = hospital.desks["4-west"] = Desk(store, old.settings, author=by)
    with store.writing() as writing:
        links.put(writing.transaction, "cardiac", links.PARENT, 1)
    page = feeds.page(cardiac.look(), "4-west", 2, 0, limit=5_000, most_bytes=2**24)
    with store.writing() as writing:
        entries = [Entry(item.head, item.text, item.seal) for item in page]
        receive(writing.transaction, writing.recorder, "cardiac", entries, lambda _told, _entry: None)
    computers.set_up(desk, "W4-PC-07")
    desk.sign_as("")
    return desk


def on(walk: Walk) -> type[object]:
    return type(walk.app.screen)


async def typed_in(walk: Walk) -> None:
    """Type a sheet in, from Today on."""
    await walk.press(*TYPED, "space", "enter")
    await walk.type("Ana Ruiz")
    await walk.press("enter", "7", "enter", "enter")
    await walk.type("J. Whitfield")
    await walk.press("enter", "1", "enter", "g", "space", "space", "enter")
    await walk.type("linen short")
    await walk.press("enter", "g", "2", "enter", "g", "g")
    await walk.press("9")
    await walk.type(" of 10")
    await walk.press("enter", "g", "g")


async def test_the_sheet_is_offered_when_the_slot_is_over_and_not_before(busy: Drawn) -> None:
    async with walking(busy) as walk:
        assert "sheet" not in walk.text
    busy.put("07:26")
    async with walking(busy) as walk:
        assert "[ Type in the sheet ]     3 min, if it was on paper" in walk.text
    busy.huddle("4-west", "Ana Ruiz")
    async with walking(busy) as walk:
        assert "sheet" not in walk.text


async def test_a_sheet_is_recorded_as_the_huddle_that_was_held_with_everything_on_it(late: Drawn) -> None:
    west = late["4-west"]
    async with walking(late) as walk:
        await typed_in(walk)
        assert "[ One more problem ]" in walk.line("> ")
        await walk.press("enter")
        await walk.type("Two pumps missing")
        await walk.press("enter")
        await walk.type("two pumps")
        await walk.press("enter", "enter", "space", "enter")
        await walk.type("Spare alarm")
        await walk.press("enter")
        await walk.type("Ben Koch")
        await walk.press("enter", "enter")
        assert huddles.sitting(west).state is State.PLANNED
        await walk.press("end", "enter")
        shown = walk.text
        await walk.press("c")
        morning = walk.line("Us  ")
        await walk.press("escape", "home", "enter")
        await walk.step("CLOSE")
        closed = walk.lines[3]
    one = huddles.sitting(west)
    told = {answer.item.rpartition("/")[2]: answer for answer in (one.huddle.answers if one.huddle else ())}

    assert one.huddle is not None
    assert (one.state, one.huddle.opened_at, one.huddle.leader) == (State.CLOSED, at("07:15", MONDAY), "Ana Ruiz")
    assert (one.huddle.present, one.huddle.leaders) == (7, ("J. Whitfield",))
    assert (told["supplies"].note, told["fall"].value, told["falls-bundle"].value) == ("linen short", "2", "9 of 10")
    assert [p.title for p in problems.listed(west) if p.raised_at > at("10:00", MONDAY)] == ["Two pumps missing"]
    assert "Spare alarm" in [action.what for action in actions.listed(west)]
    assert "The sheet is recorded. Cardiac gets its summary." in shown
    assert "on paper at 07:15, typed in 10:12." in shown
    assert "held 07:15, on paper" in morning
    assert closed.startswith(" Held on paper 07:15, typed in 10:12.")
    assert drafts.kept(west, "sheet/") == []


async def test_what_is_typed_of_a_sheet_is_there_again_in_another_window_and_nothing_is_recorded(late: Drawn) -> None:
    before = late["4-west"].look().one("SELECT COUNT(*) AS n FROM entry")
    async with walking(late) as walk:
        await typed_in(walk)
        await walk.press("escape")
        assert "[ Go on with the sheet ]" in walk.text
    async with walking(late) as walk:
        await walk.press(*TYPED)
        assert "16 of 16" in walk.text
        assert "[ Record all of it ]" in walk.line("> ")
        assert "linen short" in walk.text

    assert late["4-west"].look().one("SELECT COUNT(*) AS n FROM entry") == before


async def test_a_line_that_was_being_typed_is_kept_beside_the_sheet(late: Drawn) -> None:
    async with walking(late) as walk:
        await walk.press(*TYPED, "down", "enter")
        await walk.type("Ana Ru")
        await walk.press("escape")
        assert 'Kept: "Ana Ru"' in walk.text
        await walk.press("enter")
        assert "Ana Ru" in walk.line("Who led it?")


async def test_what_is_no_answer_is_refused_while_it_is_typed_and_does_not_come_on_the_sheet(
    late: Drawn,
) -> None:
    async with walking(late) as walk:
        await walk.press(*TYPED, "enter")
        await walk.type("half past")
        await walk.press("enter")
        assert "It was held: this must be a time such as 07:15." in walk.text
        await walk.press("escape", "down", "down", "down", "down")
        await walk.press("1", "x", "enter")
        assert "Falls, 5 days is a number" in walk.text
        await walk.press("escape")
        assert "0 of 16" in walk.text


async def test_a_sheet_with_a_time_that_is_still_to_come_is_refused_as_a_whole(late: Drawn) -> None:
    async with walking(late) as walk:
        await walk.press(*TYPED, "enter")
        await walk.type("11:00")
        await walk.press("enter", "end", "enter")
        assert "this huddle is still to come" in walk.text
        await walk.press("home")
        assert "11:00" in walk.text

    assert huddles.sitting(late["4-west"]).huddle is None


async def test_an_empty_first_line_takes_a_problem_off_the_sheet_again(late: Drawn) -> None:
    async with walking(late) as walk:
        await walk.press(*TYPED, "end", "up", "up", "enter")
        await walk.type("Pump")
        await walk.press("enter", "enter", "enter")
        assert "√ Pump" in walk.text
        await walk.press("up", "enter", *["backspace"] * 4, "enter", "enter", "enter")
        assert "Pump" not in walk.text


async def test_ten_seconds_in_which_a_sheet_can_be_taken_back(late: Drawn) -> None:
    async with walking(late, patience=PRODUCT) as walk:
        await walk.press(*TYPED, "space", "end", "enter")
        assert on(walk) is TodayScreen
        assert "Cardiac gets it in 10 s, u takes it back" in walk.text
        await walk.press("u")
        assert "[ Go on with the sheet ]" in walk.text
        await walk.press("enter")
        assert on(walk) is SheetScreen
        assert huddles.sitting(late["4-west"]).huddle is None


async def test_h_says_why_there_is_no_huddle_or_opens_the_sheet(late: Drawn) -> None:
    async with walking(late) as walk:
        await walk.press("h", "enter", "enter")
        assert on(walk) is SheetScreen
        await walk.press("escape", "h", "space", "enter")
        await walk.type("two rapid responses")
        await walk.press("enter")
        assert "no huddle: emergency: two rapid responses" in walk.text

    assert huddles.sitting(late["4-west"]).state is State.SKIPPED


async def test_no_h_once_something_was_written(busy: Drawn) -> None:
    busy.put("07:26")
    busy.huddle("4-west", "Ana Ruiz")
    async with walking(busy) as walk:
        await walk.press("h")
        assert "NO HUDDLE" not in walk.text


async def test_on_its_first_day_a_new_computer_says_what_came_back(late: Drawn) -> None:
    on_a_new_computer(late)
    drawn = await assert_same(screens_of(late["4-west"], plain=True), "today-replaced-ascii", link=IN_TOUCH)

    assert drawn[2:9] == [
        " THIS COMPUTER IS NOW 4 WEST  W4-PC-07, since 10:12, set up by T. Berg (IT)",
        "   Brought back              all that Cardiac knew, up to Sun 29 Nov 14:20:",
        "                             7 problems, 3 answers, actions, measures, agenda",
        "   The old one               is shut out. What it had not sent after Sun 14:20",
        "                             is on its disk and nowhere else. If it starts,",
        "                             leave it on and ring IT.",
        " TODAY'S HUDDLE was on paper > [ Type in the sheet ]    3 min   Enter",
    ]


async def test_today_on_a_new_computer_looks_as_it_did(late: Drawn) -> None:
    on_a_new_computer(late)
    drawn = await assert_same_at_each(screens_of(late["4-west"]), "today-replaced", SIZES, mono=True, link=IN_TOUCH)

    assert not any("1 more" in line for line in drawn[0]), "a line that would be counted alone stands there itself"


async def test_the_day_after_nothing_is_said_of_it_any_more(late: Drawn) -> None:
    desk = on_a_new_computer(late, by="")
    told = computers.replaced(desk)
    late.clock.put("07:00", MONDAY.replace(month=12, day=1))

    assert told is not None
    assert told.by == ""
    assert computers.replaced(desk) is None


def test_a_computer_that_took_nobodys_place_has_nothing_to_say(late: Drawn) -> None:
    computers.set_up(late["5-east"], "W5-PC-01")

    assert computers.replaced(late["5-east"]) is None


async def test_the_sheet_looks_as_it_did(late: Drawn) -> None:
    sizes = [(80, 24), (120, 40)]
    keys = [*TYPED, "space", "down", "7", "enter", "down", "down", "down", "space", "space", "enter", "l", "i"]
    told = await assert_same_at_each(screens_of(late["4-west"]), "sheet", sizes, keys=keys)

    assert all(len(line) <= wide for (wide, _), lines in zip(sizes, told, strict=True) for line in lines)
