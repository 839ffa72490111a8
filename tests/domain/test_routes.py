"""Who hears of an entry next: a table of audiences, seen from a department between a unit and the executives."""

import pytest

from wsq_huddle.domain.events import Audience
from wsq_huddle.domain.nodes import Node, Tree
from wsq_huddle.domain.routes import peers

PARENTS = {"executive": None, "cardiac": "executive", "biomed": "executive", "4-west": "cardiac", "4-east": "cardiac"}
TREE = Tree("cardiac", {key: Node(key=key, name=key, tier=1, parent=parent) for key, parent in PARENTS.items()})


@pytest.mark.parametrize(
    ("audience", "author", "came_from", "next_ones"),
    [
        (Audience.HERE, "cardiac", None, set()),
        (Audience.PARENT, "cardiac", None, {"executive"}),
        (Audience.PARENT, "4-west", "4-west", set()),
        (Audience.UP, "cardiac", None, {"executive"}),
        (Audience.UP, "4-west", "4-west", {"executive"}),
        (Audience.UP, "executive", "executive", set()),
        (Audience.DOWN, "cardiac", None, {"4-west", "4-east"}),
        (Audience.DOWN, "executive", "executive", {"4-west", "4-east"}),
        (Audience.DOWN, "4-west", "4-west", set()),
        (Audience.KIN, "cardiac", None, {"executive", "4-west", "4-east"}),
        (Audience.KIN, "4-west", "4-west", {"executive"}),
        (Audience.KIN, "executive", "executive", {"4-west", "4-east"}),
    ],
)
def test_an_audience_goes_where_it_is_meant_and_never_back(
    audience: Audience, author: str, came_from: str | None, next_ones: set[str]
) -> None:
    assert peers(audience, author=author, path=(), came_from=came_from, tree=TREE) == next_ones


@pytest.mark.parametrize(
    ("path", "came_from", "next_ones"),
    [
        (("4-west", "cardiac"), "4-west", set()),
        (("4-west", "cardiac"), None, {"4-west"}),
        (("4-west", "cardiac", "executive"), "4-west", {"executive"}),
        (("4-west", "cardiac", "executive", "biomed"), "executive", {"4-west"}),
    ],
)
def test_a_path_is_followed_to_all_who_are_on_it(
    path: tuple[str, ...], came_from: str | None, next_ones: set[str]
) -> None:
    assert peers(Audience.PATH, author="4-west", path=path, came_from=came_from, tree=TREE) == next_ones
