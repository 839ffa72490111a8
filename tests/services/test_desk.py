"""The desk: who signs, what places are called, drafts, the link, by when, clocks."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.hospital import DAY, Hospital, at, settings_in
from wsq_huddle.domain.links import Touch
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.errors import ConfigError, NotAllowed, UsageError
from wsq_huddle.services import clocks, drafts, links, problems, whens
from wsq_huddle.services.desk import Desk


def test_who_signs_is_the_role_until_somebody_says_a_name(unit: Desk, department: Desk) -> None:
    assert (unit.author, department.author) == ("4 West charge nurse", "Cardiac")

    unit.sign_as(" Ana\u202e R.\n")
    assert problems.raise_at(unit, title="x").raised_by == "Ana R."
    department.sign_as("J. Cole", "R. Okafor")
    assert department.author == "J. Cole for R. Okafor"
    with pytest.raises(NotAllowed, match="201 characters"):
        unit.sign_as("n" * 201)
    unit.sign_as("")
    assert unit.author == "4 West charge nurse"


@pytest.mark.parametrize(("signs", "named"), [("", False), ("4 West charge nurse", False), ("Ana R.", True)])
def test_a_person_is_told_from_the_role(unit: Desk, signs: str, *, named: bool) -> None:
    unit.sign_as(signs)

    assert unit.named is named


def test_places_have_names_and_who_records_is_heard(hospital: Hospital, unit: Desk) -> None:
    heard: list[str] = []
    stop = unit.listen(lambda told: heard.extend(one.kind for one in told))
    problems.raise_at(unit, title="x")
    stop()
    problems.raise_at(unit, title="y")

    assert heard == ["problem.raised"]
    assert [unit.names(key) for key in ("4-west", "cardiac", "biomed", "nowhere")] == [
        "4 West", "Cardiac", "Biomed", "nowhere",
    ]  # fmt: skip
    assert (unit.parent, hospital["executive"].parent) == ("cardiac", None)


def test_a_line_being_typed_is_kept_and_never_sent(hospital: Hospital, unit: Desk) -> None:
    drafts.keep(unit, "raise", "Bed alarm 14 also sil")
    drafts.keep(unit, "huddle/fall", "1")
    drafts.keep(unit, "raise", "Bed alarm 14 also silent")

    assert [one.place for one in drafts.kept(unit)] == ["raise", "huddle/fall"]
    assert [one.text for one in drafts.kept(unit, "raise")] == ["Bed alarm 14 also silent"]
    assert drafts.kept(unit, "ra_se") == []
    drafts.forget(unit, "raise")
    drafts.keep(unit, "huddle/fall", "")
    assert drafts.kept(unit) == []
    assert hospital.deliver() == 0


def test_the_link_says_whether_it_is_in_touch_and_how_much_waits(hospital: Hospital, unit: Desk) -> None:
    hospital.deliver()
    assert (links.up(unit).touch, links.up(unit).name, links.up(unit).waiting) == (Touch.IN_TOUCH, "Cardiac", 0)
    assert links.up(hospital["executive"]).touch is Touch.ALONE
    assert [one.name for one in links.down(hospital["cardiac"])] == ["4 West", "5 East"]

    hospital.cut = {"4-west"}
    problems.raise_at(unit, title="x")
    hospital.clock.put("07:35")
    assert (links.up(unit).touch, links.up(unit).waiting) == (Touch.NO_NETWORK, 1)
    with unit.store.writing() as writing:
        from wsq_huddle.store import links as kept  # noqa: PLC0415 - the same noun one layer below

        kept.mark(writing.transaction, "cardiac", trouble="token: This node's token is not accepted any more.")
    assert links.up(unit).touch is Touch.NOT_ACCEPTED
    assert links.up(unit).why == "This node's token is not accepted any more."


def test_by_when_goes_by_this_desks_clock_and_its_huddles(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:24")

    assert whens.by(unit, "10") == at("10:00")
    assert whens.by(unit, "") == at("16:00")
    assert whens.by(unit, "", urgency=Urgency.ROUTINE) == at("07:15", DAY + timedelta(days=1))
    assert whens.day(unit, "") == DAY + timedelta(days=3)
    assert whens.day(unit, "fri") == DAY + timedelta(days=3)
    with pytest.raises(NotAllowed, match="is no time"):
        whens.by(unit, "soonish")


@pytest.mark.parametrize(("hours", "days"), [(24, 1), (25, 2), (72, 3), (1, 1)])
def test_a_plan_without_a_day_is_due_when_the_hours_of_a_quick_hit_are_over(
    hospital: Hospital, hours: int, days: int
) -> None:
    settings = settings_in(hospital.folder / "quick", "4-west", rules=f"quick_hit_hours = {hours}")
    unit = Desk(hospital["4-west"].store, settings)

    assert whens.day(unit, "") == whens.usual_day(unit) == DAY + timedelta(days=days)


def test_a_rehearsals_clock_is_read_again_when_its_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "clock.json"
    clocks.write_clock(path, at("07:15"), rate=0)
    clock = clocks.FileClock(path)
    assert clock() == at("07:15")

    clocks.write_clock(path, at("08:00"), rate=0)
    assert clock() == at("08:00")
    assert clocks.later(clock, 90) == at("08:01") + timedelta(seconds=30)
    path.write_text(json.dumps({"real": "today"}), encoding="utf-8")
    with pytest.raises(ConfigError, match="is not as it should be"):
        clocks.FileClock(path)()
    path.unlink()
    with pytest.raises(ConfigError, match="cannot be read"):
        clock()


def test_a_time_on_the_command_line_says_its_offset() -> None:
    assert clocks.instant("2026-11-24T07:15:00+01:00") == datetime(2026, 11, 24, 6, 15, tzinfo=UTC)
    for wrong in ("today", "2026-11-24T07:15:00"):
        with pytest.raises(UsageError):
            clocks.instant(wrong)
    frozen = clocks.FrozenClock(at("07:15"))
    assert frozen() == frozen() == at("07:15")
