"""Each no is a sentence, and says who holds the problem or what is missing."""

import pytest

from tests.domain.telling import BIOMED, CARDIAC, DAY, EXECUTIVE, RAISED, UP, WEST, tree
from tests.domain.trying import DO, NOW, WITHIN, Verb, problem
from wsq_huddle.domain import problems
from wsq_huddle.domain.problems import (
    Acknowledged,
    Confirmed,
    Escalated,
    Problem,
    Resolved,
    Withdrawn,
)
from wsq_huddle.errors import NotAllowed

OPEN_AT_CARDIAC = problem((WEST, RAISED), (WEST, UP))
SOLVED = problem((WEST, RAISED), (WEST, UP), (CARDIAC, Resolved(remedy="rented")))


@pytest.mark.parametrize(
    ("it", "node", "verb", "sentence"),
    [
        (OPEN_AT_CARDIAC, WEST, "resolve", "Cardiac holds this problem."),
        (OPEN_AT_CARDIAC, WEST, "confirm", "This problem has not been solved yet."),
        (OPEN_AT_CARDIAC, "theatre", "note", "Theatre has not been told of this problem."),
        (OPEN_AT_CARDIAC, CARDIAC, "withdraw", "Only 4 West, who raised it, may withdraw it."),
        (OPEN_AT_CARDIAC, WEST, "take_over", "Only a tier above Cardiac may take this problem over."),
        (OPEN_AT_CARDIAC, CARDIAC, "take_over", "Cardiac holds this problem already."),
        (OPEN_AT_CARDIAC, CARDIAC, "ask_recall", "Cardiac holds this problem already."),
        (OPEN_AT_CARDIAC, WEST, "read_out", "There is no answer to read out."),
        (SOLVED, CARDIAC, "plan", "This problem is solved; 4 West has yet to say whether it worked."),
        (SOLVED, CARDIAC, "confirm", "4 West holds this problem."),
        (SOLVED, WEST, "withdraw", "This problem is solved; 4 West has yet to say whether it worked."),
        (problem((WEST, RAISED)), WEST, "acknowledge", "Nobody handed this problem over"),
        (problem((WEST, RAISED)), WEST, "give_back", "Nobody else has held this problem"),
        (problem((WEST, RAISED)), WEST, "reopen", "This problem is open already."),
        (problem((WEST, RAISED)), CARDIAC, "ask_recall", "Cardiac has never held this problem."),
        (problem((WEST, RAISED)), WEST, "see", "4 West has seen this already."),
        (problem((WEST, RAISED), (WEST, Withdrawn(why="x"))), WEST, "plan", "This problem was withdrawn."),
        (
            problem((WEST, RAISED), (WEST, Resolved(remedy="x")), (WEST, Confirmed())),
            WEST,
            "reopen",
            "This problem is closed: it was confirmed.",
        ),
        (
            problem((WEST, RAISED), (WEST, UP), (CARDIAC, Acknowledged())),
            CARDIAC,
            "acknowledge",
            "Somebody here has said already that they have it.",
        ),
        (
            problem((WEST, RAISED), (WEST, UP), (CARDIAC, Escalated(to=EXECUTIVE, need="x"))),
            EXECUTIVE,
            "escalate",
            "There is no tier above Executive.",
        ),
    ],
)
def test_a_refusal_is_a_sentence_that_a_nurse_can_read(it: Problem, node: str, verb: str, sentence: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        DO[verb](it, tree(node))

    assert str(refused.value).startswith(sentence)
    assert verb not in problems.may(it, tree(node), now=NOW, within=WITHIN)


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        (lambda it, here: problems.escalate(it, here, need=" "), "Say what you need from them."),
        (lambda it, here: problems.assign(it, here, to=BIOMED, need=""), "Say what you need from them."),
        (lambda it, here: problems.assign(it, here, to="nowhere", need="x"), "There is no nowhere that Cardiac knows"),
        (lambda it, here: problems.assign(it, here, to=CARDIAC, need="x"), "Cardiac holds this problem already."),
        (lambda it, here: problems.give_back(it, here, answer="\n"), "Say what the answer is."),
        (lambda it, here: problems.give_back(it, here, answer="x", to=BIOMED), "Biomed has never held this problem."),
        (lambda it, here: problems.give_back(it, here, answer="x", to=CARDIAC), "Cardiac holds this problem already."),
        (lambda it, here: problems.resolve(it, here, remedy=""), "Say what solved it."),
        (lambda it, here: problems.plan(it, here, what="", owner="A", due=DAY), "Say what is planned."),
        (lambda it, here: problems.plan(it, here, what="x", owner=" ", due=DAY), "Say who answers for the plan."),
        (lambda it, here: problems.plan(it, here, what="x", owner="A"), "Say by which day it will be done"),
        (lambda it, here: problems.note(it, here, text=""), "Write the note first."),
    ],
)
def test_what_must_be_said_is_asked_for(verb: Verb, sentence: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        verb(OPEN_AT_CARDIAC, tree(CARDIAC))

    assert str(refused.value).startswith(sentence)
