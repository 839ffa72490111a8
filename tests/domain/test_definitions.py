"""Definitions are replaced whole, come from the top down, and an odd one breaks nothing."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.mornings import AT, LINE, UNIT, declared, told
from wsq_huddle.domain import agendas, calendars, definitions
from wsq_huddle.domain.definitions import Direction, Published, Sort, Window

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
KEYS = st.sampled_from(
    (
        *("key", "step", "kind", "ask", "name", "at", "minutes", "days", "opens", "closes", "timezone", "calendar"),
        *("huddles", "target", "direction", "sample", "tiers", "measure", "standard", "areas", "closed", "begins"),
        *("ends", "event", "stand_in", "letter", "good"),
    )
)


def published(edition: int, *said: dict[str, Any], owner: str = UNIT) -> Published:
    return Published(owner=owner, sort="items", edition=edition, definitions=said)


def test_a_set_is_replaced_whole_and_its_edition_goes_up_by_one() -> None:
    first = definitions.publish(None, owner=UNIT, sort=Sort.ITEMS, definitions=[{"key": "fall"}, {"key": "staff"}])
    assert first is not None
    subject = definitions.subject_of(UNIT, "items")
    held = definitions.evolve(None, told(first, 1, subject=subject))

    second = definitions.publish(held, owner=UNIT, sort=Sort.ITEMS, definitions=[{"key": "fall"}])
    assert second is not None
    held = definitions.evolve(held, told(second, 2, subject=subject))

    assert held is not None
    assert (first.edition, second.edition, held.edition) == (1, 2, 2)
    assert held.definitions == ({"key": "fall"},)
    assert held.at(1) == ({"key": "fall"}, {"key": "staff"})


def test_what_has_not_changed_is_not_published_again() -> None:
    said = [
        {"name": "morning", "at": time(7, 15), "days": ("mon", "tue"), "closed": [date(2026, 12, 25)], "gloss": None}
    ]
    first = definitions.publish(None, owner=UNIT, sort=Sort.HUDDLES, definitions=said)
    held = declared(UNIT, Sort.HUDDLES, *said)

    assert first is not None
    assert first.definitions == ({"name": "morning", "at": "07:15", "days": ["mon", "tue"], "closed": ["2026-12-25"]},)
    assert definitions.publish(held, owner=UNIT, sort=Sort.HUDDLES, definitions=said) is None
    assert definitions.publish(None, owner=UNIT, sort=Sort.ITEMS, definitions=[]) is None
    emptied = definitions.publish(held, owner=UNIT, sort=Sort.HUDDLES, definitions=[])
    assert emptied is not None
    assert (emptied.edition, emptied.definitions) == (2, ())


def test_only_its_owner_replaces_a_set() -> None:
    subject = definitions.subject_of(UNIT, "items")
    held = definitions.fold([told(published(1, {"key": "fall"}), 1, subject=subject)])

    assert definitions.evolve(held, told(published(2), 2, "surgery", subject=subject)) is held
    assert definitions.evolve(held, told(published(2, owner="surgery"), 2, "surgery", subject=subject)) is held


@given(st.permutations(range(4)))
def test_the_order_in_which_editions_arrive_does_not_matter(order: list[int]) -> None:
    subject = definitions.subject_of(UNIT, "items")
    entries = [told(published(number, {"key": str(number)}), number, subject=subject) for number in range(4)]

    held = definitions.fold([entries[place] for place in order])

    assert held is not None
    assert (held.edition, held.definitions) == (3, ({"key": "3"},))


def test_a_unit_adds_to_what_comes_from_above_and_nothing_collides() -> None:
    sets = [
        declared(UNIT, Sort.ITEMS, {"key": "fall", "ask": "ours"}),
        declared("executive", Sort.ITEMS, {"key": "fall", "ask": "theirs"}, {"key": "staff"}),
        declared("surgery", Sort.ITEMS, {"key": "other"}),
    ]

    found = definitions.in_force(sets, Sort.ITEMS, LINE)

    assert [one.key for one in found] == ["executive/fall", "executive/staff", "4-west/fall"]


def test_a_huddle_keeps_the_editions_it_was_opened_with() -> None:
    old = declared(UNIT, Sort.ITEMS, {"key": "fall"})
    new = definitions.DefinitionSet(
        owner=UNIT, sort="items", edition=2, definitions=({"key": "staff"},), earlier={1: old.definitions}
    )
    editions = definitions.editions_of([old], LINE)
    later = declared("executive", Sort.ITEMS, {"key": "late"})

    then = definitions.in_force([new, later], Sort.ITEMS, LINE, editions)

    assert editions == {"4-west/items": 1}
    assert [one.key for one in then] == ["4-west/fall"]
    assert [one.key for one in definitions.in_force([new, later], Sort.ITEMS, LINE)] == [
        "executive/late",
        "4-west/staff",
    ]


def test_the_window_is_that_of_the_highest_tier_and_slots_are_our_own() -> None:
    slot = {"name": "morning", "at": "07:15", "minutes": 10, "days": ["mon", "fri"], "protected": True}
    calendar = {"begins": "07:00", "ends": "19:00", "closed": ["2026-12-25"], "stand_in": "cardiac"}
    window = {"opens": "06:00", "closes": "08:00", "timezone": "Europe/Berlin"}
    ours = {**window, "huddles": [slot], "calendar": calendar}
    sets = [
        declared("executive", Sort.WINDOW, {"opens": "07:00", "closes": "09:30"}),
        declared(UNIT, Sort.WINDOW, ours),
    ]

    found = definitions.calendar_of(sets, UNIT)

    assert definitions.window_of(sets, LINE) == Window(opens=time(7), closes=time(9, 30))
    (morning,) = definitions.slots_of(sets, UNIT)
    assert (morning.at, morning.minutes, morning.days) == (time(7, 15), 10, frozenset({0, 4}))
    assert (found.zone, found.stand_in, found.ends) == ("Europe/Berlin", "cardiac", time(19))
    assert found.closed == {date(2026, 12, 25)}
    assert definitions.slots_of(sets, "surgery") == ()


def test_two_kinds_of_event_may_have_a_cause_of_the_same_key() -> None:
    causes = [{"event": event, "key": "other", "name": "Something else"} for event in ("fall", "medication")]

    found = definitions.words_of([declared(UNIT, Sort.CAUSES, *causes)], Sort.CAUSES, LINE)

    assert [(one.event, one.name) for one in found] == [("fall", "Something else"), ("medication", "Something else")]


@pytest.mark.parametrize(
    ("said", "direction"), [("at-most", Direction.AT_MOST), (">=", Direction.AT_LEAST), ("sideways", None), (7, None)]
)
def test_a_direction_is_read_or_left_out(said: object, direction: Direction | None) -> None:
    sets = [declared(UNIT, Sort.MEASURES, {"key": "falls", "direction": said})]

    assert definitions.measures_of(sets, LINE)["4-west/falls"].direction is direction


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=8), max_size=4))
def test_no_definition_breaks_a_morning(said: list[dict[str, Any]]) -> None:
    sets = [declared(UNIT, sort, *said) for sort in Sort]

    items = agendas.agenda(sets, LINE, tier=1)

    assert all(agendas.check_answer(one, agendas.fine(one)) for one in items)
    assert definitions.window_of(sets, LINE).opens < definitions.window_of(sets, LINE).closes
    calendar = definitions.calendar_of(sets, UNIT)
    for planned in calendars.slots_on(definitions.slots_of(sets, UNIT), calendar, AT.date()):
        assert planned.ends_at > planned.planned_at
    for sort in Sort:
        definitions.words_of(sets, sort, LINE)
    definitions.standards_of(sets, LINE)
