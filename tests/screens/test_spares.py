"""The screens of a spare: all of the unit to look at, and only those keys that a spare has."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from screens import spares
from screens.keys import BY_ID
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import assert_same_at_each, settled
from tests.screens.walking import Walk, opened, ours, walking
from tests.services.hospital import settings_in
from tests.sync.places import hospital, raised
from tests.sync.sparing import Spare, with_spare
from wsq_huddle.config import load
from wsq_huddle.services import definitions, huddles, problems
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.links import set_fact

BANNER = " Spare of 4 West: it raises, notes and answers. ^P Huddle here"


def spared(hospital: Drawn) -> Drawn:
    """Make the computer of 4 West a spare of it."""
    with hospital["4-west"].recording() as writing:
        set_fact(writing.transaction, "spare", "4-west~ab12cd34")
    return hospital


@pytest.fixture
def spare(busy: Drawn) -> Drawn:
    return spared(busy)


def test_no_key_for_a_turn_is_left_on_a_spare() -> None:
    assert {"plan", "escalate", "assign", "resolve", "confirm", "reopen", "withdraw", "take_over"} <= spares.REFUSED
    assert not {"raise_problem", "note", "open", "fine", "help", "undo", "huddle_here", "write_out"} & spares.REFUSED


async def test_a_spare_says_what_it_is_and_shows_the_unit_as_it_stands(spare: Drawn) -> None:
    async with walking(spare) as walk:
        assert walk.lines[0].startswith(" 4 West (spare)")
        assert walk.lines[21] == BANNER
        assert "OURS TO SOLVE" in walk.text
        titles = {one.title for one in walk.app.get_system_commands(walk.app.screen)}
        assert BY_ID["huddle_here"].title in titles
        assert not titles & {BY_ID[id_].title for id_ in spares.REFUSED if id_ != "skip"}
        for key in ("l", "c"):
            await walk.press(key)
            assert walk.lines[21] == BANNER, (key, walk.text)
            await walk.press("escape")


async def test_on_a_spare_a_problem_has_no_keys_but_a_note(spare: Drawn) -> None:
    subject = spare.pumps
    before = problems.read(spare["4-west"], subject)
    async with walking(spare) as walk:
        await opened(walk, subject)
        assert walk.lines[22].split()[:2] == ["n", "Note"]
        await walk.press("p", "e", "a", "s", "t", "d", "x", "y", "k")
        assert walk.app.screen.form is None  # type: ignore[attr-defined]  # a screen of ours
        await walk.press("n")
        await walk.type("The night saw it too")
        await walk.press("enter")
        assert "The night saw it too" in walk.text
    after = problems.read(spare["4-west"], subject)
    assert (after.turn, after.holder, after.state) == (before.turn, before.holder, before.state)


async def test_on_a_spare_a_problem_is_raised_as_everywhere(spare: Drawn) -> None:
    async with walking(spare) as walk:
        await walk.press("f2")
        await walk.type("Bed of room 4 does not brake")
        await walk.press("enter")
        for _ in range(6):
            if any(one.title == "Bed of room 4 does not brake" for one in problems.listed(spare["4-west"])):
                break
            await walk.press("enter")

    found = [one for one in problems.listed(spare["4-west"]) if one.title == "Bed of room 4 does not brake"]
    assert [(one.holder, one.turn) for one in found] == [("4-west", 1)]


async def test_on_a_spare_the_huddle_is_answered_and_not_closed(quiet: Drawn) -> None:
    spared(quiet)
    quiet.put("07:16")
    desk = quiet["4-west"]
    async with walking(quiet) as walk:
        await walk.press("enter", "enter")
        assert "[TARGETS]" in walk.lines[1], walk.text
        await walk.step("TARGETS")
        await walk.press("0", "down")
        await walk.step("STATUS")
        await walk.press("space")
        await walk.step("CLOSE")
        assert "Close the huddle" not in walk.text

    huddle = huddles.sitting(desk).huddle
    assert huddle is not None
    assert huddle.answers
    assert huddle.closed_at is None


async def test_today_of_a_spare_says_where_a_sheet_is_typed_in_and_offers_none(spare: Drawn) -> None:
    spare.put("07:40")
    async with walking(spare) as walk:
        assert "Was it on paper? The sheet is typed in on the unit's own computer." in walk.text
        assert "Type in the sheet" not in walk.text


async def test_a_spare_promises_of_a_safety_event_what_will_be(spare: Drawn) -> None:
    async with walking(spare) as walk:
        await walk.press("f2")
        await walk.type("Fall at the bath")
        await walk.press("tab", "y")

        assert "The unit's own computer lets Cardiac know." in walk.text
        await walk.press("enter")
        assert walk.lines[21] == ' Raised: "Fall at the bath"'


async def test_no_line_of_the_huddle_of_a_spare_speaks_of_keys_that_it_has_not(spare: Drawn) -> None:
    spare.put("07:16")
    async with walking(spare) as walk:
        await walk.press("enter", "enter")
        assert "[LAST TIME]" in walk.lines[1]
        assert "Did it work?" in walk.text
        assert "Yes, fixed" not in walk.text
        assert "= done" not in walk.text
        for step in ("PLAN", "HELP"):
            await walk.step(step)
            assert "ask for help" not in walk.text
            assert "p plan" not in walk.text.casefold().replace("^p", "")


async def test_huddle_here_asks_who_and_says_why_it_cannot_be(spare: Drawn) -> None:
    async with walking(spare) as walk:
        await walk.app.run_action("huddle_here")
        await settled(walk.pilot)
        assert "HUDDLE HERE" in walk.text
        await walk.press("enter", "enter")
        assert "cannot stay empty" in walk.text
        await walk.type("Ana Ruiz")
        await walk.press("enter", "enter")

        assert "[link] url of huddle.toml does not say where the node above is." in walk.text
        assert spare["4-west"].spare


async def test_the_computer_that_the_unit_works_on_has_nothing_of_it(busy: Drawn) -> None:
    subject = ours(busy)
    async with walking(busy) as walk:
        assert "(spare)" not in walk.text
        assert BY_ID["huddle_here"].title not in {one.title for one in walk.app.get_system_commands(walk.app.screen)}
        await walk.app.run_action("huddle_here")
        await settled(walk.pilot)
        assert "HUDDLE HERE" not in walk.text
        await opened(walk, subject)
        assert "Plan" in walk.lines[22]


async def test_today_of_a_spare_looks_as_it_did(spare: Drawn) -> None:
    await assert_same_at_each(screens_of(spare["4-west"]), "spare-today", [(80, 24), (120, 40), (210, 50)])


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Spare]:
    """A spare of 4 West that has joined, with a real hub above both."""
    with hospital(tmp_path) as place:
        spare = with_spare(place)
        raised(place.store("4-west"))
        place.exchange("4-west")
        spare.exchange()
        yield spare


async def test_the_huddle_moves_to_this_computer_when_a_person_says_so_on_the_screen(
    beside: Spare, tmp_path: Path
) -> None:
    desk = Desk(beside.store, settings_in(tmp_path / "settings", "4-west", link=f'url = "{beside.way.url}"'))
    app = screens_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await settled(pilot)
        walk = Walk(app, pilot)
        assert walk.lines[0].startswith(" 4 West (spare)")
        await app.run_action("huddle_here")
        await settled(pilot)
        await walk.type("Ana Ruiz")
        await walk.press("enter", "enter")
        await settled(pilot)
        assert "4 West huddles here now. The other computer is shut out." in walk.text
        assert walk.lines[0].startswith(" 4 West  ")
        assert "THIS COMPUTER IS NOW 4 WEST" in walk.text
        app.end()

    assert not desk.spare
    assert (await asyncio.to_thread(beside.place.exchange, "4-west")).fenced


async def test_the_huddle_moves_with_what_the_unit_has_declared_since_the_spare_joined(
    beside: Spare, tmp_path: Path
) -> None:
    theirs = settings_in(tmp_path / "theirs", "4-west", calendar='days = ["mon"]')
    definitions.publish(Desk(beside.place.store("4-west"), theirs))
    await asyncio.to_thread(beside.place.exchange, "4-west")
    desk = Desk(beside.store, settings_in(tmp_path / "settings", "4-west", link=f'url = "{beside.way.url}"'))
    app = screens_of(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await settled(pilot)
        await app.run_action("huddle_here")
        await settled(pilot)
        walk = Walk(app, pilot)
        await walk.type("Ana Ruiz")
        await walk.press("enter", "enter")
        await settled(pilot)
        app.end()

    now = load(desk.settings.home / "huddle.toml").settings
    assert now.definitions() == theirs.definitions()
    assert definitions.publish(Desk(beside.store, now)) == 0
