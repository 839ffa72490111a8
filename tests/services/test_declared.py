"""What the node had declared on another computer is put into huddle.toml here: once, and only what is really theirs."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from tests.services.hospital import Hospital, settings_in
from wsq_huddle.config import load
from wsq_huddle.domain.definitions import Published, subject_of
from wsq_huddle.services import declared, definitions
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.links import begin_device
from wsq_huddle.store.tables import DEVICE

CALENDAR = 'days = ["mon"]'


def config(desk: Desk) -> Path:
    return desk.settings.home / "huddle.toml"


def another_device(desk: Desk, *, computer: bool = False) -> None:
    """Write as another device from now on, as after a restore; on another `computer` the one before is not ours."""
    with desk.recording() as writing:
        begin_device(writing.transaction, desk.store.place)
        if computer:
            writing.transaction.connection.execute(delete(DEVICE).where(DEVICE.c.current.is_(False)))


@pytest.fixture
def moved(hospital: Hospital) -> Desk:
    """4 West on a new computer: what the old one had declared has come down, and `join` has published this file."""
    unit = hospital["4-west"]
    definitions.publish(Desk(unit.store, settings_in(hospital.folder / "theirs", "4-west", calendar=CALENDAR)))
    another_device(unit, computer=True)
    definitions.publish(unit)
    return unit


def test_what_came_back_counts_at_once_and_is_told_once(moved: Desk) -> None:
    told = declared.bring_back(moved, config(moved))

    settings = load(config(moved)).settings
    assert told == f"The settings of the other computer are in {config(moved)} now."
    assert settings.definitions()["window"][0]["calendar"]["days"] == ["mon"]
    assert moved.settings.definitions() == settings.definitions()
    assert definitions.publish(moved) == 0
    assert declared.bring_back(moved, config(moved)) == ""


def test_what_this_computer_declared_before_it_was_restored_is_its_own(hospital: Hospital) -> None:
    unit = hospital["4-west"]
    another_device(unit)
    newer = Desk(unit.store, settings_in(hospital.folder / "newer", "4-west", calendar=CALENDAR))
    before = config(newer).read_bytes()

    assert declared.bring_back(newer, config(newer)) == ""
    assert config(newer).read_bytes() == before


def test_what_another_node_says_that_we_declared_is_not_believed(hospital: Hospital) -> None:
    unit, before = hospital["4-west"], config(hospital["4-west"]).read_bytes()
    said = {**unit.settings.definitions()["window"][0], "opens": "05:00"}
    with hospital["cardiac"].recording() as writing:
        event = Published(owner="4-west", sort="window", edition=9, definitions=(said,))
        writing.recorder.write("", event, subject_of("4-west", "window"))
    assert hospital.deliver() > 0

    assert declared.bring_back(unit, config(unit)) == ""
    assert config(unit).read_bytes() == before


@pytest.mark.parametrize("odd", [{"key": "x", "step": "sideways"}, {"colour": "red"}])
def test_what_cannot_be_written_is_told_and_changes_nothing(hospital: Hospital, odd: dict[str, Any]) -> None:
    unit, before = hospital["4-west"], config(hospital["4-west"]).read_bytes()
    with unit.recording() as writing:
        event = Published(owner="4-west", sort="items", edition=9, definitions=(odd,))
        writing.recorder.write("", event, subject_of("4-west", "items"))
    another_device(unit, computer=True)

    assert "settings that came back" in declared.bring_back(unit, config(unit))
    assert config(unit).read_bytes() == before
