"""A node may put right what it wrote, and the last words are meant when nobody says which."""

import pytest

from tests.domain.telling import RAISED, entry, told
from wsq_huddle.domain import problems
from wsq_huddle.domain.problems import Corrected, Escalated, Noted, Returned
from wsq_huddle.errors import NotAllowed

WEST, CARDIAC = "4-west", "cardiac"
STORY = told(
    (WEST, RAISED),
    (WEST, Escalated(to=CARDIAC, need="two pumps", tried="asked 5 East")),
    (CARDIAC, Noted(of="x", text="rang Biomed")),
    (CARDIAC, Returned(to=WEST, answer="two from 5 West")),
)


def test_the_words_of_a_node_are_those_it_wrote_the_last_first() -> None:
    lines = problems.story(STORY)

    assert [(one.part, one.text) for one in problems.written(lines, WEST)] == [
        ("need", "two pumps"), ("tried", "asked 5 East"), ("title", "Two IV pumps missing"),
    ]  # fmt: skip
    assert {(one.part, one.text) for one in problems.written(lines, CARDIAC)} == {
        ("answer", "two from 5 West"), ("text", "rang Biomed"),
    }  # fmt: skip
    assert problems.written(lines, "executive") == ()


def test_what_was_put_right_stands_there_as_it_is_now_and_the_correction_is_not_offered() -> None:
    mended = [*STORY, entry(Corrected(of=STORY[3].hash, part="answer", text="two from 5 East"), CARDIAC, 5)]
    ours = problems.written(problems.story(mended), CARDIAC)

    assert problems.meant(ours, "answer").text == "two from 5 East"
    assert {one.part for one in ours} == {"answer", "text"}


def test_the_part_that_is_meant_is_found_or_the_parts_are_named() -> None:
    ours = problems.written(problems.story(STORY), WEST)

    assert problems.meant(ours) == ours[0]
    assert problems.meant(ours, "title").text == "Two IV pumps missing"
    with pytest.raises(NotAllowed, match="there is need, tried, title"):
        problems.meant(ours, "answer")
    with pytest.raises(NotAllowed, match="None of it is ours"):
        problems.meant(())
