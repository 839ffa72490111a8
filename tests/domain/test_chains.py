"""A huddle has exactly one state at every minute, and nobody is called late or missing by who has not heard of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain import chains, huddles
from wsq_huddle.domain.chains import Limits, Place, Row, State
from wsq_huddle.domain.definitions import Calendar, Slot, Window
from wsq_huddle.domain.huddles import AsHeld, Huddle
from wsq_huddle.domain.summaries import Units

ON = date(2026, 11, 30)
LIMITS = Limits(late=timedelta(minutes=3), missed=timedelta(minutes=60))
PLACES = (
    Place(node="executive", name="Executive", tier=3, parent=None),
    Place(node="cardiac", name="Cardiac", tier=2, parent="executive"),
    Place(node="biomed", name="Biomed", tier=2, parent="executive"),
    Place(node="4-west", name="4 West", tier=1, parent="cardiac"),
    Place(node="5-east", name="5 East", tier=1, parent="cardiac"),
)


def at(clock: str) -> datetime:
    return datetime.combine(ON, time.fromisoformat(clock), tzinfo=UTC)


def huddle(state: huddles.State, opened: str | None = None, closed: str | None = None, node: str = "4-west") -> Huddle:
    return Huddle(
        node=node, on=ON, name="morning", state=state, opened_at=at(opened) if opened else None,
        closed_at=at(closed) if closed else None,
    )  # fmt: skip


def rows(now: str, *held: Huddle, heard: str | None = None, **more: object) -> dict[str, Row]:
    """The morning at a time, where every node was in touch just now unless `heard` says when the last time was."""
    contact = {place.node: at(heard or now) for place in PLACES} if heard != "never" else {}
    found = chains.chain(
        more.get("places", PLACES),  # type: ignore[arg-type]  # places
        on=ON,
        window=Window(),
        now=at(now),
        huddles=held,
        heard=contact,
        limits=LIMITS,
        as_told=more.get("as_told"),  # type: ignore[arg-type]  # states
    )
    return {row.node: row for row in found}


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("00:00", "planned"),
        ("07:15", "planned"),
        ("07:18", "planned"),
        ("07:18:01", "late"),
        ("07:59:59", "late"),
        ("08:00", "missed"),
        ("23:59", "missed"),
    ],
)
def test_a_unit_that_says_nothing_is_late_after_three_minutes_and_missed_from_its_parents_start(
    now: str, state: str
) -> None:
    assert rows(now)["4-west"].state == state
    assert rows(now)["4-west"].late is (state == "late")


@pytest.mark.parametrize(
    ("node", "now", "state"),
    [
        ("cardiac", "08:44:59", "late"),
        ("cardiac", "08:45", "missed"),
        ("executive", "08:48", "planned"),
        ("executive", "08:59:59", "late"),
        ("executive", "09:00", "missed"),
    ],
)
def test_who_has_no_parent_has_missed_at_the_windows_end(node: str, now: str, state: str) -> None:
    assert rows(now)[node].state == state


@pytest.mark.parametrize(("now", "state"), [("19:30", "late"), ("19:59:59", "late"), ("20:00", "missed")])
def test_outside_the_window_a_huddle_is_missed_after_an_hour(now: str, state: str) -> None:
    evening = Slot(name="evening", at=time(19), minutes=10, protected=False)
    places = [replace(place, slots=(evening,)) if place.node == "4-west" else place for place in PLACES]

    assert rows(now, places=places)["4-west"].state == state


def test_a_slot_at_the_windows_end_lies_outside_and_one_at_its_parents_start_waits_for_the_windows_end() -> None:
    late = Slot(name="morning", at=time(9), minutes=10)
    same = Slot(name="morning", at=time(8), minutes=10)
    for slot, moment in ((late, "10:00"), (same, "09:00")):
        places = [replace(place, slots=(slot,)) if place.node == "4-west" else place for place in PLACES]
        before = (at(moment) - timedelta(seconds=1)).time().isoformat()

        assert rows(before, places=places)["4-west"].state is State.LATE
        assert rows(moment, places=places)["4-west"].state is State.MISSED


def test_the_first_day_of_a_node_has_only_the_slots_after_it_was_there() -> None:
    two = (Slot(name="morning", at=time(7, 15), minutes=10), Slot(name="evening", at=time(19), minutes=10))
    extra = Slot(name="extra", at=time(20), minutes=10, protected=False)

    def names(since: str, *told: Huddle) -> list[str]:
        unit = replace(PLACES[3], slots=(*two, extra), since=at(since))
        found = chains.chain([unit], on=ON, window=Window(), now=at("23:00"), huddles=told, heard={}, limits=LIMITS)
        return [row.huddle for row in found]

    assert names("07:15") == ["morning", "evening"]
    assert names("07:16") == ["evening"]
    assert names("19:01") == []
    assert names("19:01", huddle(huddles.State.CLOSED, "07:15")) == ["morning"]


def test_a_parent_that_does_not_huddle_today_leaves_the_windows_end() -> None:
    off = Calendar(closed=frozenset({ON}))
    places = [replace(place, calendar=off) if place.node == "cardiac" else place for place in PLACES]

    assert rows("08:59", places=places)["4-west"].state is State.LATE
    assert rows("09:00", places=places)["4-west"].state is State.MISSED
    assert "cardiac" not in rows("09:00", places=places)


@pytest.mark.parametrize(
    ("now", "heard", "state"),
    [
        ("07:18", "never", "planned"),
        ("07:19", "never", "unknown"),
        ("07:19", "07:14", "unknown"),
        ("07:19", "07:18", "unknown"),
        ("07:30", "07:18:01", "late"),
        ("08:30", "07:59:59", "unknown"),
        ("08:30", "08:00", "missed"),
    ],
)
def test_late_and_missed_are_said_only_of_who_was_in_touch_after_that(now: str, heard: str, state: str) -> None:
    assert rows(now, heard=heard)["4-west"].state == state


@pytest.mark.parametrize(("opened", "late"), [("07:10", False), ("07:18", False), ("07:18:01", True), ("09:30", True)])
def test_a_held_huddle_is_late_when_it_opened_more_than_three_minutes_after_its_slot(opened: str, late: bool) -> None:  # noqa: FBT001 - a table
    row = rows("12:00", huddle(huddles.State.CLOSED, opened, "09:40"), heard="never")["4-west"]

    assert (row.state, row.late) == (State.HELD, late)
    assert (row.opened_at, row.closed_at) == (at(opened), at("09:40"))


@pytest.mark.parametrize(
    ("opened", "now", "state"),
    [
        ("07:15", "07:59:59", "open"),
        ("07:15", "08:00", "held"),
        ("07:58", "08:07", "open"),
        ("07:58", "08:08", "held"),
        ("09:30", "09:35", "open"),
    ],
)
def test_a_huddle_left_open_counts_as_held(opened: str, now: str, state: str) -> None:
    assert rows(now, huddle(huddles.State.OPEN, opened))["4-west"].state == state


def test_what_arrives_later_counts_with_its_own_times() -> None:
    before = rows("08:30", heard="07:35")["5-east"]
    after = rows("09:30", huddle(huddles.State.CLOSED, "07:15", "07:24", "5-east"))["5-east"]

    assert (before.state, after.state, after.late) == (State.UNKNOWN, State.HELD, False)


@pytest.mark.parametrize(
    ("as_held", "state"),
    [
        ("paper", "held"),
        ("emergency", "skipped"),
        ("short-staffed", "skipped"),
        ("closed", "skipped"),
        ("not-known", "unknown"),
    ],
)
def test_what_the_parent_marks_stands_for_a_node_that_said_nothing(as_held: str, state: str) -> None:
    marked = replace(huddle(huddles.State.PLANNED), marked=AsHeld(as_held))

    assert rows("08:30", marked)["4-west"].state == state
    assert rows("08:30", replace(marked, state=huddles.State.SKIPPED))["4-west"].state is State.SKIPPED
    assert (
        rows("08:30", replace(marked, state=huddles.State.CLOSED, opened_at=at("07:15")))["4-west"].state is State.HELD
    )


def test_what_a_department_told_of_its_units_counts_where_we_have_not_heard_of_them_ourselves() -> None:
    told = {"4-west": "missed", "5-east": "unknown", "biomed": "afterglow"}

    far = rows("08:50", heard="never", as_told=told)
    near = rows("08:50", huddle(huddles.State.CLOSED, "07:15"), as_told=told)

    assert [far[node].state for node in ("4-west", "5-east", "biomed")] == ["missed", "unknown", "unknown"]
    assert near["4-west"].state is State.HELD


def test_the_morning_counts_units_and_tells_their_states() -> None:
    known = rows(
        "08:50",
        huddle(huddles.State.CLOSED, "07:15", "07:24"),
        huddle(huddles.State.CLOSED, "08:00", "08:20", "cardiac"),
        huddle(huddles.State.SKIPPED, node="biomed"),
    ).values()

    assert chains.units_below(known, "executive") == Units(expected=3, held=1, unknown=0, not_held=2)
    assert chains.units_below(known, "cardiac") == Units(expected=2, held=1, not_held=1)
    assert chains.units_below(known, "4-west") == Units()
    assert chains.states_below(known, "cardiac") == {"4-west": "held", "5-east": "missed"}


def test_the_units_of_a_department_that_has_a_day_off_are_counted() -> None:
    off = Calendar(closed=frozenset({ON}))
    places = [replace(place, calendar=off) if place.node == "cardiac" else place for place in PLACES]
    known = rows("09:30", huddle(huddles.State.CLOSED, "07:15"), places=places).values()
    below = {place.node for place in PLACES}

    assert chains.units_below(known, "executive", below) == Units(expected=3, held=1, not_held=2)


def test_a_huddle_that_was_not_planned_is_in_the_morning_when_it_was_held() -> None:
    extra = replace(huddle(huddles.State.CLOSED, "11:00", "11:05"), name="crisis")
    found = chains.chain(PLACES, on=ON, window=Window(), now=at("12:00"), huddles=[extra], heard={}, limits=LIMITS)

    assert [(row.huddle, row.state) for row in found if row.node == "4-west"] == [
        ("morning", State.UNKNOWN),
        ("crisis", State.HELD),
    ]


def test_the_json_has_exactly_the_fields_others_rely_on() -> None:
    found = chains.chain(
        PLACES, on=ON, window=Window(), now=at("07:30"), huddles=[huddle(huddles.State.CLOSED, "07:15", "07:24")],
        heard={"4-west": at("07:25")}, problems={"4-west": (2, 1)},
        limits=LIMITS,
    )  # fmt: skip

    told = chains.as_json(found, on=ON, window=(at("07:00"), at("09:00")))

    assert list(told) == ["on", "window", "nodes"]
    assert told["window"] == {"opens": "2026-11-30T07:00:00+00:00", "closes": "2026-11-30T09:00:00+00:00"}
    assert told["nodes"][0] == {
        "node": "4-west", "name": "4 West", "tier": 1, "parent": "cardiac", "huddle": "morning",
        "planned_at": "2026-11-30T07:15:00+00:00", "state": "held", "late": False,
        "heard_at": "2026-11-30T07:25:00+00:00", "opened_at": "2026-11-30T07:15:00+00:00",
        "closed_at": "2026-11-30T07:24:00+00:00", "reported_at": None, "problems_up": 2, "problems_down": 1,
        "on_paper": False,
    }  # fmt: skip
    assert [row["node"] for row in told["nodes"]] == ["4-west", "5-east", "biomed", "cardiac", "executive"]


MOMENTS = st.integers(0, 24 * 3600 - 1).map(lambda second: at("00:00") + timedelta(seconds=second))
HUDDLES = st.none() | st.builds(
    Huddle, node=st.just("4-west"), on=st.just(ON), name=st.just("morning"), state=st.sampled_from(huddles.State),
    opened_at=st.none() | MOMENTS, marked=st.none() | st.sampled_from(AsHeld),
)  # fmt: skip


@given(HUDDLES, st.none() | MOMENTS, st.lists(MOMENTS, min_size=2, max_size=30))
def test_a_state_only_moves_on_as_the_morning_goes(
    found: Huddle | None, heard: datetime | None, moments: list[datetime]
) -> None:
    def state(now: datetime) -> State:
        known = chains.chain(
            PLACES, on=ON, window=Window(), now=now, huddles=[found] if found else [],
            heard={"4-west": heard} if heard else {}, limits=LIMITS,
        )  # fmt: skip
        (row,) = [row for row in known if row.node == "4-west"]
        assert row.state is State.HELD or row.state is State.OPEN or row.late is (row.state is State.LATE)
        return row.state

    order = [State.PLANNED, State.LATE, State.UNKNOWN, State.MISSED, State.OPEN, State.SKIPPED, State.HELD]
    passed = [order.index(state(now)) for now in sorted(moments)]

    assert all(first <= second for first, second in pairwise(passed))
