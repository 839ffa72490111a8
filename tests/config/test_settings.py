"""The settings in force, and what is published of them."""

import json
from dataclasses import FrozenInstanceError, replace
from datetime import time
from pathlib import Path

import pytest

from wsq_huddle.config import SORTS, Settings
from wsq_huddle.config.reading import read
from wsq_huddle.config.tables import Node, Rules

NODE = '[node]\nkey = "a"\nname = "A"\ntier = 1\ntimezone = "Europe/Berlin"\n'


def settings(text: str, file: Path = Path("huddle.toml")) -> Settings:
    got = read(NODE + text, file).settings
    assert got is not None
    return got


def test_definitions_are_plain_json_in_an_order_that_is_always_the_same() -> None:
    got = settings("[calendar]\nclosed = [2026-12-25]\nstand_in = 'house'\n").definitions()

    assert tuple(got) == SORTS
    assert json.loads(json.dumps(got)) == got
    assert got["window"] == [
        {
            "opens": "07:00",
            "closes": "09:00",
            "timezone": "Europe/Berlin",
            "huddles": [
                {
                    "name": "morning",
                    "at": "07:15",
                    "minutes": 10,
                    "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                    "protected": True,
                    "review_days": ["fri"],
                }
            ],
            "calendar": {
                "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "begins": "00:00",
                "ends": "00:00",
                "closed": ["2026-12-25"],
                "stand_in": "house",
                "stand_in_call": "",
            },
        }
    ]
    assert got["items"][2] == {
        "key": "methods",
        "step": "status",
        "kind": "readiness",
        "ask": "Methods",
        "tiers": [1],
        "group": "Ready today",
        "gloss": "orders, protocols, schedule",
        "measure": "",
        "standard": "",
        "areas": [],
        "good": False,
        "reportable": False,
    }
    assert (got["stand_ins"], got["phones"]) == ([{"node": "house"}], [])


def test_only_kinds_of_problem_of_our_own_are_published() -> None:
    got = settings(
        "[[category]]\nkey = 'water'\nletter = 'w'\nname = 'Water'\n"
        "[[category]]\nkey = 'it'\nletter = 'i'\nname = 'Computers'\n"
    )

    assert [one["key"] for one in got.definitions()["categories"]] == ["water", "it"]
    assert [one.name for one in got.categories if one.key in {"it", "water"}] == ["Computers", "Water"]
    assert len(got.categories) == 13


def test_causes_of_our_own_replace_those_of_that_event_only() -> None:
    got = settings("[[cause]]\nevent = 'fall'\nkey = 'rug'\nname = 'Rug'\n")

    assert [one.key for one in got.causes if one.event == "fall"] == ["rug"]
    assert len([one for one in got.causes if one.event == "medication"]) > 1


def test_two_kinds_of_problem_may_change_their_letters() -> None:
    got = settings(
        "[[category]]\nkey = 'it'\nletter = 't'\nname = 'IT'\n"
        "[[category]]\nkey = 'transport'\nletter = 'i'\nname = 'Transport'\n"
    )

    assert {one.key: one.letter for one in got.own_categories} == {"it": "t", "transport": "i"}


def test_relative_paths_are_relative_to_huddle_toml(tmp_path: Path) -> None:
    got = settings("[store]\nfolder = '../kept'\n[link]\nca_file = 'ca.pem'\n", tmp_path / "etc" / "huddle.toml")

    assert got.store_folder == tmp_path / "kept"
    assert got.secrets == tmp_path / "kept" / "secrets"
    assert got.logs == tmp_path / "kept" / "logs"
    assert got.backups == tmp_path / "kept" / "backups"
    assert got.file(got.link.ca_file) == tmp_path / "etc" / "ca.pem"
    assert got.file(got.link.cert_file) is None


def test_settings_cannot_be_changed_but_replaced() -> None:
    got = settings("")
    later = replace(got, window=replace(got.window, opens=time(6)))

    assert (f"{got.window.opens:%H:%M}", f"{later.window.opens:%H:%M}") == ("07:00", "06:00")
    assert got == settings("")
    assert got != later
    assert hash(got.rules) == hash(Rules())
    assert repr(later.window) == "Window(opens=datetime.time(6, 0), closes=datetime.time(9, 0))"
    with pytest.raises(FrozenInstanceError):
        got.window.opens = time(6)  # type: ignore[misc]  # what must not be done
    with pytest.raises(FrozenInstanceError):
        del got.window


def test_a_table_takes_what_it_has_and_needs() -> None:
    with pytest.raises(TypeError, match="Node needs key"):
        Node(name="A", tier=1, timezone="UTC")  # type: ignore[call-arg]  # what must not be done
    with pytest.raises(TypeError, match="Rules has no hours"):
        Rules(hours=1)  # type: ignore[call-arg]  # what must not be done


def test_the_time_zone_is_ready_to_use() -> None:
    assert settings("").zone.key == "Europe/Berlin"


def test_a_roll_call_gives_each_area_its_share_and_never_more_than_a_minute() -> None:
    assert [settings("").roll_call_seconds(20, areas) for areas in (0, 3, 15, 25)] == [60, 60, 32, 19]
