"""Settings that came back from the node above are put into huddle.toml: all of them, and only where nobody wrote."""

from pathlib import Path
from typing import Any

import pytest

from wsq_huddle.config import Settings, load
from wsq_huddle.config.restoring import as_written, put_back
from wsq_huddle.config.writing import set_value, write_new
from wsq_huddle.errors import ConfigError


def new(folder: Path, tier: int = 1, timezone: str = "America/Chicago") -> Settings:
    """The settings of a node that was set up just now."""
    return load(write_new(folder, key="4-west", name="4 West", tier=tier, timezone=timezone, dir_given=True)).settings


def changed(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    """What a node has declared that made all of it its own."""
    sets = settings.definitions()
    (window,) = sets["window"]
    window["huddles"][0] |= {"at": "07:20", "minutes": 12, "review_days": ["mon"]}
    window["calendar"] |= {"days": ["mon", "tue"], "begins": "07:00", "ends": "19:00", "closed": ["2026-12-25"]}
    window |= {"opens": "06:45", "timezone": "Europe/Berlin"}
    sets["items"] = [*sets["items"][1:], {**sets["items"][0], "key": "linen", "ask": 'Linen "small" \\ large'}]
    sets["measures"][0] |= {"target": 1.5, "name": "Stürze"}
    sets["categories"] = [{"key": "lifts", "letter": "z", "name": "Lifts"}]
    if settings.node.tier > 1:
        sets["items"] += [
            {**sets["items"][0], "key": f"of-{tiers[0]}-{len(tiers)}", "tiers": tiers}
            for tiers in ([1], [1, settings.node.tier])
        ]
    if settings.node.tier == 1:
        sets["causes"] = [{"event": "fall", "key": "wet", "name": "Wet floor"}]
    sets["people"] = [{"name": "Ana Ruiz", "initials": "AR", "role": "charge nurse"}]
    sets["phones"] = [{"call": "4711", "emergency": "2222"}]
    return sets


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_all_that_a_node_had_declared_stands_in_the_file_again(tmp_path: Path, tier: int) -> None:
    settings, path = new(tmp_path, tier), tmp_path / "huddle.toml"
    theirs = changed(settings)

    assert put_back(path, settings, theirs).definitions() == theirs
    assert load(path).settings.definitions() == theirs
    assert put_back(path, load(path).settings, settings.definitions()).definitions() == settings.definitions()


def test_what_an_older_program_has_declared_comes_back_though_this_one_declares_more(tmp_path: Path) -> None:
    settings, path = new(tmp_path), tmp_path / "huddle.toml"
    theirs = changed(settings)
    del theirs["window"][0]["calendar"]["stand_in_call"]

    (window,) = put_back(path, settings, theirs).definitions()["window"]

    assert window["calendar"] == {**theirs["window"][0]["calendar"], "stand_in_call": ""}


def test_what_is_of_this_computer_alone_stays(tmp_path: Path) -> None:
    settings, path = new(tmp_path), tmp_path / "huddle.toml"
    set_value(path, "link", "url", "https://hub.example.org:7150")

    kept = put_back(path, load(path).settings, changed(settings))

    assert (kept.link.url, kept.store.folder) == ("https://hub.example.org:7150", "data")
    assert "# huddle.toml of 4 West, written by `wsq-huddle init`." in path.read_text(encoding="utf-8")


def test_a_file_that_notepad_has_saved_is_written_as_any_other(tmp_path: Path) -> None:
    settings, path = new(tmp_path), tmp_path / "huddle.toml"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    theirs = changed(settings)

    assert put_back(path, settings, theirs).definitions() == theirs


def test_a_file_is_as_init_wrote_it_until_somebody_declares_something(tmp_path: Path) -> None:
    settings, path = new(tmp_path), tmp_path / "huddle.toml"
    assert as_written(settings)

    set_value(path, "link", "url", "https://hub.example.org:7150")
    assert as_written(load(path).settings)
    set_value(path, "window", "opens", "06:50")
    assert not as_written(load(path).settings)


@pytest.mark.parametrize("odd", [{"colour": "red"}, {"step": "sideways"}, {"key": None}])
def test_what_this_program_does_not_know_is_said_and_the_file_stays(tmp_path: Path, odd: dict[str, Any]) -> None:
    settings, path = new(tmp_path), tmp_path / "huddle.toml"
    before = path.read_bytes()
    sets = settings.definitions()
    sets["items"][0] |= odd

    with pytest.raises(ConfigError, match="settings that came back"):
        put_back(path, settings, sets)

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["huddle.toml"]


@pytest.mark.parametrize("odd", [{"items": []}, {"window": [{}]}])
def test_sets_that_would_come_out_otherwise_are_said_and_the_file_stays(tmp_path: Path, odd: dict[str, Any]) -> None:
    """No items are those of the tier; a window of a program long past has not all that ours has."""
    settings, path = new(tmp_path), tmp_path / "huddle.toml"
    before = path.read_bytes()

    with pytest.raises(ConfigError, match="settings that came back"):
        put_back(path, settings, odd)

    assert path.read_bytes() == before


def test_a_file_that_cannot_be_changed_is_said_in_a_sentence(tmp_path: Path) -> None:
    settings = new(tmp_path)

    with pytest.raises(ConfigError, match=r"cannot be changed: \w.*\.$"):
        put_back(tmp_path, settings, changed(settings))
