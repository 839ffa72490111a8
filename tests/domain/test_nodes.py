"""The tree of a hospital, also when somebody registers far more below himself than a hospital has."""

import time

from wsq_huddle.domain.nodes import Node, Tree

MANY = 5_000


def tree(parents: dict[str, str | None]) -> Tree:
    return Tree("top", {key: Node(key=key, name=key, tier=1, parent=above) for key, above in parents.items()})


def test_a_tree_of_thousands_is_walked_at_once() -> None:
    deep = tree({"top": None, "n0": "top"} | {f"n{number}": f"n{number - 1}" for number in range(1, MANY)})
    wide = tree({"top": None} | {f"n{number}": "top" for number in range(MANY)})
    began = time.perf_counter()

    assert len(deep.below("top")) == len(wide.below("top")) == MANY + 1
    assert len(deep.ancestors(f"n{MANY - 1}")) == MANY
    assert deep.toward(f"n{MANY - 1}") == "n0"
    assert wide.children("top")[:2] == ["n0", "n1"]
    assert time.perf_counter() - began < 1


def test_a_ring_in_the_tree_ends_where_it_began() -> None:
    ring = tree({"a": "c", "b": "a", "c": "b", "d": "a"})

    assert ring.ancestors("d") == ["a", "c", "b"]
    assert ring.below("a") == {"a", "b", "c", "d"}
    assert ring.toward("d") is None
