"""One problem: its facts and its story, what was corrected and overtaken, and that whoever looks has seen it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from screens.cells import harmless
from screens.problem import ProblemScreen
from screens.story_lines import Storyteller
from tests.screens.demo import HOSTILE
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import settled, svg
from tests.screens.walking import walking
from wsq_huddle.domain.problems import Line
from wsq_huddle.services import problems
from wsq_huddle.services.sites import Site

NOW = datetime(2026, 11, 30, 13, 9, tzinfo=UTC)
NOTED = Line(
    id="1", hash="h", turn=None, kind="problem.noted", at=NOW, node="4-west", by="Ana R.", data={"text": "it is 5 West"}
)


def told(line: Line) -> str:
    """Tell one entry in words."""
    site = Site(node="cardiac", names={"4-west": "4 West", "cardiac": "Cardiac"})
    lines = Storyteller(site, NOW, 200).lines([line])
    return " | ".join(
        cell if isinstance(cell, str) else getattr(cell, "text", "") for one in lines for cell in one.cells
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_problem_looks_as_it_did(drawn: Drawn, size: tuple[int, int]) -> None:
    app = screens_of(drawn["4-west"])
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        app.push_screen(ProblemScreen(drawn.lift))
        await settled(pilot)
        new = svg(app)
        app.end()
    kept = Path(__file__).parent / "snapshots" / f"problem-{size[0]}x{size[1]}.svg"
    if not kept.exists():
        kept.write_text(new, encoding="utf-8")

    assert kept.read_text(encoding="utf-8") == new


async def test_facts_answer_and_story_are_told_in_words_with_who_and_when(drawn: Drawn) -> None:
    async with walking(drawn, size=(80, 40)) as walk:
        walk.app.push_screen(ProblemScreen(drawn.pumps))
        await walk.press("home")

        assert "raised   Wed 25 Nov 07:16 by 4 West, Ana Ruiz; Equipment, today" in walk.text
        assert "answer   Cardiac, S. Lind: two from 5 East, Fri 10:00" in walk.text
        assert "asked Cardiac for help: two pumps, by" in walk.text
        assert "sent back to 4 West: two from 5 East" in walk.text
        assert "it is there" in walk.text


async def test_where_a_problem_is_and_how_far_it_got_is_told(drawn: Drawn) -> None:
    async with walking(drawn) as walk:
        walk.app.push_screen(ProblemScreen(drawn.transport))
        await walk.press("home")

        assert "with Cardiac since Wed 25 Nov 07:16, 5 d" in walk.text
        assert "4 West > Cardiac: got it Wed 08:04" in walk.text


async def test_whoever_opens_it_has_seen_it_once(quiet: Drawn) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    async with walking(quiet, "cardiac") as walk:
        await walk.press("l", "enter")
        await walk.press("home", "end")

        kinds = [line.kind for line in problems.story_of(quiet["cardiac"], subject)]
        assert kinds.count("problem.seen") == 1
        assert "  Cardiac: seen" in walk.text, "the place is said once, also of who signs as the role"


async def test_corrected_words_show_what_they_first_said(quiet: Drawn) -> None:
    subject = quiet.asked("Suction gone", "equipment", "a pump")
    cardiac = quiet.signed("cardiac", "S. Lind")
    problems.give_back(cardiac, subject, answer="two from 5 West")
    turn = problems.story_of(cardiac, subject)[-1]
    last = next(line for line in problems.story_of(cardiac, subject) if line.kind == "problem.returned")
    problems.correct(cardiac, subject, of=last.hash, text="two from 5 East")
    quiet.deliver()
    async with walking(quiet, size=(120, 40)) as walk:
        walk.app.push_screen(ProblemScreen(subject))
        await walk.press("home")

        assert turn.hash
        assert "two from 5 East" in walk.text
        assert 'it first said "two from 5 West"' in walk.text
        assert 'first said "two from 5 West"' in walk.text.partition("STORY")[2]


def test_an_overtaken_turn_says_so_and_an_unknown_kind_is_told_as_it_came() -> None:
    assert "note: it is 5 West" in told(NOTED)
    assert "(overtaken: another turn was there first)" in told(replace(NOTED, overtaken=True))
    assert "(waits for what it builds on)" in told(replace(NOTED, ahead=True))
    assert "problem.sung text la la" in told(replace(NOTED, kind="problem.sung", data={"text": "la la"}))


async def test_a_long_story_scrolls_line_by_line(quiet: Drawn) -> None:
    subject = problems.raise_at(quiet["4-west"], title="Long one", category="other").id
    for number in range(30):
        problems.note(quiet["4-west"], subject, text=f"note number {number}")
    async with walking(quiet) as walk:
        await walk.press("l", "enter")
        top = walk.text
        await walk.press("end")

        assert "note number 29" not in top
        assert "below" in top
        assert "note number 29" in walk.text


@pytest.mark.parametrize("words", HOSTILE)
async def test_hostile_words_in_every_part_are_only_words(quiet: Drawn, words: str) -> None:
    west, words = quiet["4-west"], words[:9_990]
    subject = problems.raise_at(west, title=f"t {words}"[:200], detail=f"d {words}", category="other").id
    problems.plan(west, subject, what=f"p {words}", owner="Ana R.", due=NOW.date())
    problems.escalate(west, subject, need=f"n {words}", tried=f"r {words}")
    async with walking(quiet) as walk:
        await walk.press("l", "right", "enter", "pagedown", "end", "n", "escape", "escape")

        assert walk.app.return_code is None
        assert all(harmless(line) == line for line in walk.lines)


async def test_words_of_ours_are_put_right_from_all_commands_and_only_where_some_are_ours(busy: Drawn) -> None:
    drawn = busy
    async with walking(drawn, key="cardiac", size=(80, 40)) as walk:
        walk.app.push_screen(ProblemScreen(drawn.pumps))
        await walk.press("home")
        titles = {command.title for command in walk.app.get_system_commands(walk.app.screen)}
        await walk.app.screen.run_action("correct")
        await settled(walk.pilot)
        await walk.press("enter", *["backspace"] * len("10:00"))
        await walk.type("11:00")
        await walk.press("enter")
        corrected = problems.read(drawn["cardiac"], drawn.pumps).answer

        assert "Correct what we wrote" in titles
        assert corrected is not None
        assert (corrected.text, corrected.first) == ("two from 5 East, Fri 11:00", "two from 5 East, Fri 10:00")
        assert "Put right. Who has it sees both texts." in walk.text
        assert 'it first said "two from 5 East, Fri 10:00"' in " ".join(walk.text.split())
    drawn.close()
