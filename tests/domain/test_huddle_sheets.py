"""The paper form: room for every line, what is known by now, nothing wider than a page."""

from datetime import UTC, datetime, time

import pytest

from wsq_huddle.domain.agendas import Answer, Item, Kind, Mark, Step
from wsq_huddle.domain.definitions import Direction
from wsq_huddle.domain.huddles.filled import clock
from wsq_huddle.domain.huddles.sheets import WIDE, sheet

AT = datetime(2026, 11, 24, 7, 15, tzinfo=UTC)
STAFF = Item(key="4-west/staff", step=Step.STATUS, kind=Kind.READINESS, ask="Staff")
HOME = Item(
    key="4-west/home", step=Step.TARGETS, kind=Kind.MEASURE, ask="Home by 11", unit="%", target=30,
    direction=Direction.AT_LEAST,
)  # fmt: skip
AHEAD = Item(
    key="4-west/ahead", step=Step.STATUS, kind=Kind.TEXT, ask="Next shift, transfers, planned downtime, inspections"
)


def test_every_line_of_the_agenda_has_room_for_its_answer() -> None:
    page = sheet(title="4 West", planned_at=AT, zone=UTC, items=[HOME, STAFF, AHEAD])

    assert page[0] == "4 West   Tue 24 Nov 2026, 07:15"
    [home] = [line for line in page if "Home by 11" in line]
    [staff] = [line for line in page if "Staff" in line]
    assert "target at least 30 %" in home
    assert home.endswith("_")
    assert "[ ] not met" in staff
    assert "   downtime, inspections" in page


def test_what_is_known_by_now_is_printed() -> None:
    short = Answer(
        item=STAFF.key, step=Step.STATUS, kind=Kind.READINESS, value="not-met", mark=Mark.NOT_MET, note="two RN short"
    )
    low = Answer(item=HOME.key, step=Step.TARGETS, kind=Kind.MEASURE, value="20", mark=Mark.NONE, numbers={"value": 20})

    page = sheet(
        title="4 West", planned_at=AT, zone=UTC, items=[HOME, STAFF], answers=[short, low],
        back=["IV pumps missing - Cardiac: two from 5 East"], open_here=["Bed alarm dead - nobody yet, no plan"],
    )  # fmt: skip

    assert "   [ ] IV pumps missing - Cardiac: two from 5 East" in page
    assert "   [ ] Bed alarm dead - nobody yet, no plan" in page
    assert any(line.endswith("not met: two RN short") for line in page)
    assert any(line.endswith("20 (not met)") for line in page)


def test_nothing_is_wider_than_a_page_or_acts_on_a_printer() -> None:
    long = "\x1b[31m" + "word " * 400 + "x" * 300
    answer = Answer(item=STAFF.key, step=Step.STATUS, kind=Kind.READINESS, value="met", note=long)
    item = Item(key="4-west/long", step=Step.STATUS, kind=Kind.TEXT, ask=long)

    page = sheet(
        title="4 West", planned_at=None, zone=UTC, items=[item, STAFF], answers=[answer], back=[long], open_here=[long]
    )

    assert max(len(line) for line in page[:-1]) <= WIDE
    assert all(line.isprintable() for line in page)


@pytest.mark.parametrize(
    ("said", "means"), [("07:15", time(7, 15)), ("7:15", time(7, 15)), ("7.15", time(7, 15)), ("0715", time(7, 15)),
                        ("715", time(7, 15)), ("7h15", time(7, 15)), ("12", time(12))]
)  # fmt: skip
def test_a_time_on_paper_is_read_as_people_write_it(said: str, means: time) -> None:
    assert clock(said) == means


@pytest.mark.parametrize("said", ["", "half past", "25:00", "7:99", "7:1", "-7:15", "\u0667:15"])
def test_what_is_no_time_is_none(said: str) -> None:
    with pytest.raises(ValueError, match=r"Invalid|must be in"):
        clock(said)
