"""Records are frozen dataclasses in all that anybody can see of them."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, get_type_hints

import pytest

from wsq_huddle.domain.records import record


@record
class Point:
    across: int
    down: int = 0

    @cached_property
    def sum(self) -> int:
        return self.across + self.down


@record(kw_only=True)
class Named:
    name: str
    parts: list[int] = field(default_factory=list)
    aside: str = field(default="", repr=False, compare=False)


@record(kw_only=True)
class Longer(Named):
    more: int


@dataclass(frozen=True)
class Plain:
    across: int
    down: int = 0


def test_it_is_made_as_a_dataclass_is() -> None:
    assert (Point(1, 2).across, Point(1).down, Point(down=4, across=3).down) == (1, 0, 4)
    assert Named(name="a").parts == []
    assert Named(name="a").parts is not Named(name="a").parts
    assert Longer(more=1, name="b").name == "b"


@pytest.mark.parametrize("told", [{}, {"across": 1, "up": 2}, {"down": 1}])
def test_what_is_missing_or_unknown_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        Point(**told)
    with pytest.raises(TypeError, match="__init__"):
        Plain(**told)


def test_one_that_takes_names_only_takes_no_places() -> None:
    with pytest.raises(TypeError, match="positional"):
        Named("a")  # type: ignore[call-arg]  # this is what is tested


def test_nothing_of_it_changes() -> None:
    one = Point(1)
    with pytest.raises(FrozenInstanceError, match="across"):
        one.across = 2  # type: ignore[misc]  # this is what is tested
    with pytest.raises(FrozenInstanceError, match="across"):
        del one.across
    assert one == Point(1)


def test_it_equals_its_like_and_no_other() -> None:
    assert Point(1, 2) == Point(1, 2) != Point(2, 1)
    assert Point(1, 2) != Plain(1, 2)  # type: ignore[comparison-overlap]  # this is what is tested
    assert Named(name="a", aside="x") == Named(name="a", aside="y")
    assert Named(name="a", parts=[1]) != Named(name="a")
    assert Point(1, 2).sum == 3
    seen = Point(1, 2)
    assert (seen.sum, seen) == (3, Point(1, 2))  # what is worked out does not count
    assert len({Point(1, 2), Point(1, 2), Point(2, 1)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Named(name="a"))


def test_it_shows_itself_as_a_dataclass_does() -> None:
    assert repr(Point(1)) == repr(Plain(1)).replace("Plain", "Point")
    assert repr(Named(name="a", aside="never shown")) == "Named(name='a', parts=[])"


def test_fields_copies_and_matches_are_those_of_a_dataclass() -> None:
    assert [one.name for one in fields(Longer)] == ["name", "parts", "aside", "more"]
    assert replace(Point(1, 2), down=5) == Point(1, 5)
    assert copy.deepcopy(Named(name="a", parts=[1])) == Named(name="a", parts=[1])
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)  # noqa: S301 - our own
    match Point(1, 2):
        case Point(across, down):
            assert (across, down) == (1, 2)
    assert is_dataclass(Point)


def test_who_looks_at_it_sees_what_it_takes() -> None:
    assert str(inspect.signature(Point)) == str(inspect.signature(Plain))
    assert get_type_hints(Point.__init__) == get_type_hints(Plain.__init__)
    assert [str(one.kind) for one in inspect.signature(Named).parameters.values()] == ["KEYWORD_ONLY"] * 3
