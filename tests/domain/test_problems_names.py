"""What places are called is told along with a problem, by those who know it, and never outdoes a registration."""

from dataclasses import replace

import pytest

from tests.domain.telling import RAISED, entry, told, tree
from wsq_huddle.domain import problems
from wsq_huddle.domain.entries import Told
from wsq_huddle.domain.nodes import Node, Tree
from wsq_huddle.domain.problems import Alerted, Assigned, Heard, Noted, Returned

TO_BIOMED = Assigned(to="biomed", via=("cardiac",), need="pumps", names={"4-west": "4 West", "biomed": "The cellar"})


def heard(*happened: Told) -> dict[str, str]:
    problem = problems.fold(happened)
    assert problem is not None
    return {one.node: one.name for one in problem.heard}


def test_who_hands_a_problem_over_says_how_the_places_on_its_way_are_called() -> None:
    here = tree("4-west")
    problem = problems.fold(told(("4-west", RAISED)))
    assert problem is not None

    raised = problems.raise_at(here, title="Bed alarm dead")
    escalated = problems.escalate(problem, here, need="two")
    assigned = problems.assign(problem, here, to="biomed", need="repair it")
    alerted = problems.alert(problem, here)

    assert raised.names == escalated.names == alerted.names == {"4-west": "4 West", "cardiac": "Cardiac"}
    assert assigned.names == {"4-west": "4 West", "cardiac": "Cardiac", "executive": "Executive", "biomed": "Biomed"}


def test_a_place_whose_name_nobody_knows_is_left_out_and_a_name_is_one_clean_line() -> None:
    nodes = {"4-west": Node(key="4-west", name="4 West\n\x1b[31m", tier=1, parent="cardiac")}
    raised = problems.raise_at(Tree("4-west", nodes), title="Bed alarm dead")

    assert raised.tells == "cardiac"
    assert raised.names == {"4-west": "4 West  [31m".replace("  ", " ")}


def test_a_name_that_was_only_heard_is_handed_on_and_shown_where_there_is_no_registration() -> None:
    seen = Tree(
        "biomed", {"biomed": Node(key="biomed", name="Biomed", tier=2, parent="executive")}, {"4-west": "4 West"}
    )
    story = told(("4-west", RAISED), ("4-west", TO_BIOMED))
    problem = problems.fold(story)
    assert problem is not None

    back = problems.give_back(problem, seen, answer="here")

    assert problems.name_of(seen, "4-west") == "4 West"
    assert back.names == {"4-west": "4 West", "biomed": "Biomed"}
    assert heard(*story) == {"4-west": "4 West", "biomed": "The cellar"}


def test_the_own_word_of_a_place_counts_more_than_that_of_others_and_of_others_the_first() -> None:
    back = Returned(to="4-west", answer="no", names={"biomed": "Biomed", "4-west": "Four West"})
    again = Assigned(to="biomed", need="x", names={"4-west": "4 West Cardiac", "biomed": "The cellar again"})
    story = told(("4-west", RAISED), ("4-west", TO_BIOMED), ("biomed", back), ("4-west", again))

    assert heard(*story) == {"4-west": "4 West Cardiac", "biomed": "Biomed"}
    assert heard(*reversed(story)) == heard(*story)
    silent = told(("4-west", RAISED), ("4-west", TO_BIOMED), ("biomed", replace(back, names={})), ("4-west", again))
    assert heard(*silent)["biomed"] == "The cellar", "what was said of it later counts less"
    assert problems.fold(story).heard[1] == Heard(node="biomed", name="Biomed", own=True)  # type: ignore[union-attr]  # it is one


@pytest.mark.parametrize("name", ["", " ", "\u202e", "x" * 201])
def test_an_entry_names_only_those_it_is_about_and_only_with_what_can_be_a_name(name: str) -> None:
    sly = Assigned(to="biomed", need="x", names={"executive": "Nobody", "biomed": name, "4-west": "4\nWest"})

    assert heard(*told(("4-west", RAISED), ("4-west", sly))) == {"4-west": "4 West"}


def test_what_came_beside_the_turns_tells_names_too_and_what_has_none_tells_none() -> None:
    story = told(("4-west", RAISED))
    alerted = entry(Alerted(to="cardiac", of=story[0].hash, names={"cardiac": "Cardiac"}), "4-west", 5)
    noted = entry(Noted(of=story[0].hash, text="x"), "cardiac", 6)

    assert heard(*story, alerted, replace(noted, subject=story[0].subject)) == {"cardiac": "Cardiac"}
