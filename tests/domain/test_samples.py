"""Every kind of event has a golden sample, which is never edited: what is on a disk today is read in ten years.

A sample is {"kind", "version", "facts", "text"}. A new version of a kind gets a second file, `<kind>.2.json`.
"""

import json
from datetime import UTC
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wsq_huddle import domain
from wsq_huddle.domain.codec import EARLIEST, LATEST, hints
from wsq_huddle.domain.events import KINDS, Event, Typed, facts_of, load, typed_in
from wsq_huddle.domain.text import clean

for module in walk_packages(domain.__path__, f"{domain.__name__}."):
    import_module(module.name)

SAMPLES = sorted(Path(__file__).parent.joinpath("samples").glob("*.json"))
OURS = {kind: cls for kind, cls in KINDS.items() if cls.__module__.startswith("wsq_huddle.")}


def test_every_kind_has_a_sample() -> None:
    sampled = {json.loads(path.read_text(encoding="utf-8"))["kind"] for path in SAMPLES}

    assert sorted(OURS.keys() - sampled) == []
    assert sorted(sampled - OURS.keys()) == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_it_was_written(path: Path) -> None:
    sample = json.loads(path.read_text(encoding="utf-8"))

    event = load(sample["kind"], sample["version"], sample["facts"], sample["text"])

    assert isinstance(event, OURS[sample["kind"]])
    assert path.name.removesuffix(".json").startswith(sample["kind"])
    if sample["version"] == event.version:
        assert without_later(facts_of(event), sample["facts"]) == sample["facts"]
        assert typed_in(event) == sample["text"]


def without_later(facts: Any, sample: Any) -> Any:  # noqa: ANN401 - JSON
    """Facts without those that a later program added: an older one told nothing of them, so they are empty."""
    if not isinstance(facts, dict) or not isinstance(sample, dict):
        return facts
    assert not any(value for name, value in facts.items() if name not in sample)
    return {name: without_later(value, sample[name]) for name, value in facts.items() if name in sample}


def anything(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401, C901, PLR0911 - a branch a type
    """Values of any type that a field may have, cleaned as the wire cleans them."""
    if hint is str or hint == Typed:
        return st.text(max_size=20).map(clean)
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([anything(part) for part in inner])
    if get_origin(hint) is tuple:
        return st.lists(anything(inner[0]), max_size=3).map(tuple)
    if get_origin(hint) is dict:
        return st.dictionaries(st.text(max_size=5).map(clean), anything(inner[1]), max_size=3)
    if hint is Any:
        return (
            st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
        )
    if hint is NoneType:
        return st.none()
    if hint is int:
        return st.integers(1 - 2**53, 2**53 - 1)
    if hint is float:
        return st.floats(-1e9, 1e9)
    if hasattr(hint, "__dataclass_fields__"):
        return built(hint)
    if getattr(hint, "__name__", "") == "datetime":
        return st.datetimes(EARLIEST.replace(tzinfo=None), LATEST.replace(tzinfo=None), timezones=st.just(UTC))
    return st.from_type(hint)


def built(cls: type) -> st.SearchStrategy[Any]:
    fields = cls.__dataclass_fields__  # type: ignore[attr-defined]  # only asked of dataclasses
    return st.builds(cls, **{name: anything(hints(cls)[name]) for name in fields})


@pytest.mark.parametrize("kind", sorted(OURS))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_again(kind: str, data: st.DataObject) -> None:
    event: Event = data.draw(built(OURS[kind]))

    facts = json.loads(json.dumps(facts_of(event)))
    text = json.loads(json.dumps(typed_in(event)))

    assert load(kind, event.version, facts, text) == event
