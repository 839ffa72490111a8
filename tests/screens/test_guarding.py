"""Words that may identify a patient are told of quietly, on line 22, while they are typed and when they leave."""

import asyncio

from screens.asks import Ask
from screens.form import KEPT_AFTER
from screens.guarding import LEAVES, Guard
from screens.patience import Patience
from tests.screens.hospital import Drawn
from tests.screens.pictures import settled
from tests.screens.walking import Walk, opened, ours, walking
from wsq_huddle.services import problems

NOTICE = 21
NAME = ' Looks like a patient\'s name. Say "a patient" if you can.'
ASKS = (Ask("what", "What?", limit=2000), Ask("owner", "Who?", limit=80), Ask("kind", "Kind", choices=("a", "b")))


async def waited(walk: Walk) -> None:
    """Wait until the draft is kept, and what is said of it stands."""
    await asyncio.sleep(KEPT_AFTER + 0.1)
    await settled(walk.pilot)


async def test_a_name_is_told_of_while_it_is_typed_and_no_more_when_it_is_gone(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("Mr Miller")
        await waited(walk)
        told = walk.lines[NOTICE]
        await walk.type(" fell")
        await waited(walk)
        still = walk.lines[NOTICE]
        await walk.press("home", *["delete"] * len("Mr Miller"))
        await waited(walk)

        assert told == still == NAME
        assert walk.lines[NOTICE].strip() == ""


async def test_a_warning_stops_nobody_and_is_gone_with_the_form(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("Mr Miller fell")
        await walk.press("enter")
        await settled(walk.pilot)

        assert [one.title for one in problems.listed(quiet["4-west"])] == ["Mr Miller fell"]
        assert "Looks like" not in walk.text


async def test_a_line_that_was_kept_is_not_shown_to_passers_by_and_looked_at_when_it_opens_again(quiet: Drawn) -> None:
    async with walking(quiet) as walk:
        await walk.press("f2")
        await walk.type("Mr Miller fell")
        await walk.press("escape")
        closed = walk.lines[NOTICE]
        await walk.press("f2")
        await settled(walk.pilot)

        assert closed == " Kept: a line that may identify a patient  F2 go on"
        assert walk.lines[NOTICE] == NAME


async def test_it_is_said_once_more_while_what_leaves_can_be_taken_back(quiet: Drawn) -> None:
    subject = ours(quiet)
    async with walking(quiet, patience=Patience(600, 300)) as walk:
        await opened(walk, subject)
        await walk.press("e")
        await walk.type("a sitter for Mr Miller")
        await walk.press("enter", "enter", "enter", "enter")
        leaving = walk.lines[NOTICE]
        await walk.press("u")
        await settled(walk.pilot)

        assert leaving == f" Cardiac gets it in 600 s, u takes it back. {LEAVES}"
        assert walk.lines[NOTICE] == " Taken back: nobody gets it."
        assert problems.read(quiet["4-west"], subject).holder == "4-west"


async def test_the_title_is_looked_at_when_it_goes_up(quiet: Drawn) -> None:
    subject = ours(quiet, "Mr Miller fell")
    async with walking(quiet, patience=Patience(600, 300)) as walk:
        await opened(walk, subject)
        await walk.press("e")
        await walk.type("a sitter")
        await walk.press("enter", "enter", "enter", "enter")

        assert walk.lines[NOTICE].endswith(LEAVES)


def test_only_lines_for_sentences_are_watched() -> None:
    guard = Guard(ASKS)

    assert not guard.look({"what": "spare from store", "owner": "Mr Miller", "kind": "a"})
    assert guard.look({"what": "ask Mr Miller", "owner": "", "kind": "a"})
    assert not guard.look({"what": "ask Mr Miller", "owner": "Ana R.", "kind": "b"})
    assert guard.look({"what": "", "owner": "", "kind": "a"})
    assert guard.words == ""
    assert Guard((Ask("why", "Why?", limit=100),)).look({"why": "ask Mr Miller"})


def test_what_is_too_long_for_the_line_is_said_of_the_first_only() -> None:
    guard = Guard(ASKS)
    guard.look({"what": "Mr Miller fell in room 12, MRN 00482913, call 555-201-4477"})

    assert f" {guard.words}" == NAME
