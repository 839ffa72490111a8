"""A problem has one holder, and everybody can read how it got there."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.domain.telling import (
    AT,
    BIOMED,
    CARDIAC,
    EXECUTIVE,
    RAISED,
    UP,
    WEST,
    beside,
    entry,
    folded,
    minute,
    told,
    tree,
)
from wsq_huddle.domain import problems
from wsq_huddle.domain.events import Audience
from wsq_huddle.domain.problems import (
    Acknowledged,
    Alerted,
    Arrived,
    Assigned,
    Confirmed,
    Corrected,
    Escalated,
    Lapsed,
    Mode,
    Noted,
    Planned,
    Problem,
    RecallAsked,
    Reopened,
    Resolved,
    Returned,
    Seen,
    State,
    TakenOver,
    Withdrawn,
)


def test_what_is_raised_is_held_by_who_raised_it_and_its_parent_is_told() -> None:
    problem = folded(told((WEST, RAISED)))

    assert (problem.id, problem.title, problem.state, problem.turn) == (
        "problem-e1",
        "Two IV pumps missing",
        State.OPEN,
        1,
    )
    assert (problem.origin, problem.holder, problem.path) == (WEST, WEST, (WEST, CARDIAC))
    assert (problem.raised_at, problem.raised_by) == (minute(1), "4 West lead")


def test_escalating_for_action_hands_it_over_and_says_how_far_it_got() -> None:
    story = told((WEST, RAISED), (WEST, UP))
    story += [entry(Arrived(of=story[-1].hash), CARDIAC, 3), entry(Seen(of=story[-1].hash), CARDIAC, 4)]

    problem = folded(story)

    assert (problem.holder, problem.handed_by, problem.turn) == (CARDIAC, WEST, 2)
    assert (problem.delivered_at, problem.seen_at, problem.acknowledged_at) == (minute(3), minute(4), None)
    assert problem.escalation is not None
    assert problem.escalation == problem.ask
    assert (problem.escalation.need, problem.escalation.tried) == ("two pumps", "asked 5 East")
    assert (problem.escalation.mode, problem.escalation.by) == (Mode.ACTION, AT + timedelta(hours=3))


def test_escalating_for_awareness_only_informs() -> None:
    story = told((WEST, RAISED), (WEST, Escalated(to=CARDIAC, mode=Mode.AWARENESS)))

    problem = folded([*story, entry(Seen(of=story[-1].hash), CARDIAC, 3)])

    assert (problem.holder, problem.ask) == (WEST, None)
    assert problem.seen_at == minute(3)


@pytest.mark.parametrize("turn", [Acknowledged(), Planned(owner="Kim T.", due=date(2026, 11, 25), what="rent")])
def test_every_turn_of_the_holder_acknowledges(turn: Acknowledged | Planned) -> None:
    problem = folded(told((WEST, RAISED), (WEST, UP), (CARDIAC, turn)))

    assert problem.acknowledged_at == minute(3)


def test_a_plan_has_an_owner_and_a_day() -> None:
    problem = folded(told((WEST, RAISED), (WEST, Planned(owner="Ana R.", due=date(2026, 11, 26), what="spare"))))

    assert (problem.what, problem.owner, problem.due) == ("spare", "Ana R.", date(2026, 11, 26))


def test_an_answer_comes_back_and_is_read_out() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Returned(to=WEST, answer="two from 5 East")))
    story += [entry(Arrived(of=story[-1].hash), WEST, 4), entry(Seen(of=story[-1].hash, read_out=True), WEST, 5)]

    problem = folded(story)

    assert problem.holder == WEST
    assert problem.answer is not None
    assert (problem.answer.text, problem.answer.node, problem.answer.solved) == ("two from 5 East", CARDIAC, False)
    assert (problem.answer.delivered_at, problem.answer.read_at) == (minute(4), minute(5))


def test_what_came_back_goes_on_down_to_who_asked_first() -> None:
    story = told(
        (WEST, RAISED),
        (WEST, UP),
        (CARDIAC, Escalated(to=EXECUTIVE, need="agency RN")),
        (EXECUTIVE, Returned(to=CARDIAC, answer="yes")),
    )

    assert folded(story).handed_by == WEST


def test_a_corrected_answer_is_shown_in_its_place_and_the_first_stays_in_the_story() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Returned(to=WEST, answer="two from 5 West")))
    story.append(entry(Corrected(of=story[-1].hash, part="answer", text="two from 5 East"), CARDIAC, 4))

    answer = folded(story).answer
    line = problems.story(story)[2]

    assert answer is not None
    assert (answer.text, answer.first, answer.corrected_at) == ("two from 5 East", "two from 5 West", minute(4))
    assert (line.data["answer"], line.first) == ("two from 5 East", {"answer": "two from 5 West"})


def test_nobody_corrects_the_words_of_another_node() -> None:
    story = told((WEST, RAISED), (WEST, UP))

    problem = folded([*story, entry(Corrected(of=story[0].hash, part="title", text="Nothing"), CARDIAC, 3)])

    assert problem.title == "Two IV pumps missing"


def test_a_problem_is_assigned_sideways_and_the_nodes_between_are_told() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Assigned(to=BIOMED, via=(EXECUTIVE,), need="12 pumps")))

    problem = folded(story)

    assert (problem.holder, problem.path) == (BIOMED, (WEST, CARDIAC, EXECUTIVE, BIOMED))
    assert (problem.ask.need if problem.ask else None, problem.handed_by) == ("12 pumps", CARDIAC)


def test_what_is_solved_goes_to_who_raised_it_and_is_closed_by_them() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Resolved(remedy="two rented")))
    solved = folded(story)
    closed = folded(told((WEST, RAISED), (WEST, UP), (CARDIAC, Resolved(remedy="x")), (WEST, Confirmed(lesson="ask"))))

    assert (solved.state, solved.holder, solved.remedy) == (State.RESOLVED, WEST, "two rented")
    assert (solved.resolved_by, solved.acknowledged_at) == (CARDIAC, minute(3))
    assert (closed.state, closed.lesson, closed.lapsed, closed.over) == (State.CLOSED, "ask", False, True)


def test_what_did_not_help_is_open_again() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Resolved(remedy="two rented")), (WEST, Reopened(why="broken")))

    problem = folded(story)

    assert (problem.state, problem.holder, problem.remedy, problem.why) == (State.OPEN, WEST, None, "broken")


def test_what_lapsed_may_be_opened_again_and_what_was_confirmed_may_not() -> None:
    solved = ((WEST, RAISED), (WEST, Resolved(remedy="x")))

    lapsed = folded(told(*solved, (WEST, Lapsed())))
    again = folded(told(*solved, (WEST, Lapsed()), (WEST, Reopened(why="back"))))
    closed = folded(told(*solved, (WEST, Confirmed()), (WEST, Reopened(why="back"))))

    assert (lapsed.state, lapsed.lapsed) == (State.CLOSED, True)
    assert (again.state, again.lapsed) == (State.OPEN, False)
    assert (closed.state, len(closed.overtaken)) == (State.CLOSED, 1)


def test_only_who_raised_it_withdraws_it() -> None:
    own = folded(told((WEST, RAISED), (WEST, Withdrawn(why="found"))))
    other = folded(told((WEST, RAISED), (WEST, UP), (CARDIAC, Withdrawn(why="no"))))

    assert (own.state, own.why) == (State.WITHDRAWN, "found")
    assert other.state is State.OPEN


def test_a_tier_above_takes_over_and_stands_in_for_a_lost_unit() -> None:
    story = told(
        (WEST, RAISED),
        (WEST, UP),
        (CARDIAC, Resolved(remedy="rented")),
        (CARDIAC, TakenOver(why="4 West is closed")),
        (CARDIAC, Confirmed()),
    )

    assert folded(story[:4]).holder == CARDIAC
    assert folded(story[:4]).state is State.RESOLVED
    assert folded(story).state is State.CLOSED


def test_who_was_alerted_may_take_over() -> None:
    story = told(
        (WEST, RAISED), (WEST, Alerted(to=EXECUTIVE, via=(CARDIAC,), of="x")), (EXECUTIVE, TakenOver(why="now"))
    )

    problem = folded(story)

    assert (problem.holder, problem.path) == (EXECUTIVE, (WEST, CARDIAC, EXECUTIVE))
    assert folded([story[0], story[2]]).holder == WEST


def test_a_wish_to_have_it_back_stands_until_the_holder_changes() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Acknowledged()))
    story.append(entry(RecallAsked(of=story[-1].hash, why="found one"), WEST, 4))
    back = entry(Returned(to=WEST, answer="fine"), CARDIAC, 5, turn=4, on=story[2].hash)

    wish = folded(story).recall

    assert wish is not None
    assert (wish.node, wish.why) == (WEST, "found one")
    assert folded([*story, back]).recall is None


def test_removed_words_are_empty_and_the_rest_stays() -> None:
    story = told((WEST, RAISED), (WEST, Escalated(to=CARDIAC)), (CARDIAC, Resolved()), (WEST, Confirmed()))

    problem = folded(story)

    assert (problem.state, problem.remedy, problem.lesson) == (State.CLOSED, "", "")


def test_one_entry_after_the_other_gives_the_same_as_all_at_once() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Noted(of="x", text="soon")), (CARDIAC, Resolved(remedy="x")))

    problem: Problem | None = None
    for happened in story:
        problem = problems.evolve(problem, happened)

    assert problem == folded(story)


def test_the_story_is_told_in_the_order_of_turns_with_what_was_said_meanwhile() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Acknowledged()))
    note = entry(Noted(of=story[1].hash, text="still looking"), CARDIAC, 9)
    mended = entry(Corrected(of=note.hash, part="text", text="found them"), CARDIAC, 10)
    late = beside(story, story[0], Withdrawn(why="gone"), WEST, hash_of="f" * 64)
    arrived = entry(Arrived(of=story[1].hash), CARDIAC, 4)

    lines = problems.story([mended, late, note, arrived, *reversed(story)])

    assert [line.kind for line in lines] == [
        "problem.raised",
        "problem.escalated",
        "problem.withdrawn",
        "problem.arrived",
        "problem.noted",
        "problem.corrected",
        "problem.acknowledged",
    ]
    assert [line.overtaken for line in lines] == [False, False, True, False, False, False, False]
    assert lines[4].data == {"of": story[1].hash, "text": "found them"}
    assert lines[1].data["by"] == "2026-11-24T10:15:00+00:00"


def test_all_kinds_go_along_the_path() -> None:
    kinds = [kind for move in problems.MOVES.values() for kind in move]

    assert {kind.audience for kind in kinds} == {Audience.PATH}


def test_times_follow_the_story() -> None:
    problem = folded(told((WEST, RAISED), (WEST, UP), (CARDIAC, Noted(of="x", text="soon"))))

    assert list(pairwise((problem.raised_at, problem.held_since, problem.changed_at))) == [
        (minute(1), minute(2)),
        (minute(2), minute(3)),
    ]
    assert tree(WEST).parent(WEST) == CARDIAC


def test_an_answer_that_is_corrected_after_it_was_read_out_is_to_be_read_out_again() -> None:
    story = told((WEST, RAISED), (WEST, UP), (CARDIAC, Returned(to=WEST, answer="x")))
    story.append(entry(Seen(of=story[-1].hash, read_out=True), WEST, 4))
    story.append(entry(Corrected(of=story[2].hash, part="answer", text="two from 5 East"), CARDIAC, 5))

    before, after = folded(story[:4]).answer, folded(story).answer
    again = folded([*story, entry(Seen(of=story[2].hash, read_out=True), WEST, 6)]).answer

    assert before is not None
    assert after is not None
    assert again is not None
    assert (before.read_at, after.read_at, again.read_at) == (minute(4), None, minute(6))
    assert (after.text, after.first, after.seen_at) == ("two from 5 East", "x", minute(4))
