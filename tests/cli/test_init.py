"""`init`: a computer is set up for a node, or left as it was."""

import os
import stat
from pathlib import Path

import pytest

from tests.cli.running import Node, made, ran, started, unprivileged

WORDS = ("init", "--node", "4-west", "--name", "4 West", "--tier", "1", "--timezone", "UTC")


def test_it_writes_huddle_toml_and_makes_the_store_beside_it(tmp_path: Path) -> None:
    told = ran(*WORDS, "--dir", str(tmp_path / "unit"), "--json")

    assert told.code == 0
    assert told.json == {
        "node": "4-west",
        "name": "4 West",
        "tier": 1,
        "timezone": "UTC",
        "config": str(tmp_path / "unit/huddle.toml"),
        "store": str(tmp_path / "unit/data/huddle.db"),
        "rehearsal": False,
    }
    assert 'folder = "data"' in (tmp_path / "unit/huddle.toml").read_text(encoding="utf-8")
    keys = list((tmp_path / "unit/data/secrets").iterdir())
    assert [stat.S_IMODE(key.stat().st_mode) for key in keys] == [0o600]


def test_it_says_what_to_do_next_above_the_front_line_also_for_the_nodes_below(tmp_path: Path) -> None:
    unit = ran(*WORDS, "--dir", str(tmp_path / "unit")).out
    department = ran("init", "--node", "cardiac", "--name", "Cardiac", "--tier", "2", "--timezone", "UTC", "--dir",
                     str(tmp_path / "department")).out  # fmt: skip

    assert "`wsq-huddle join`" in unit
    assert "`wsq-huddle serve`" not in unit
    assert "`wsq-huddle serve`" in department
    assert "`wsq-huddle invite NODE --name N`" in department


def test_without_a_folder_everything_lies_where_the_platform_keeps_it(tmp_path: Path) -> None:
    told = ran(*WORDS, "--json").json

    assert Path(told["config"]).is_relative_to(tmp_path / "xdg_config_home")
    assert Path(told["store"]).is_relative_to(tmp_path / "xdg_data_home")
    assert ran("problem", "list", "--json").json == []


def test_a_second_time_it_leaves_everything_as_it_was(tmp_path: Path) -> None:
    unit = made(tmp_path / "unit")
    before = unit.config.read_bytes()

    again = ran(*WORDS, "--dir", str(unit.folder), "--json")
    bare = ran("init", "--dir", str(unit.folder), "--json")

    assert (again.code, again.kind) == (3, "config")
    assert "Another node on this computer has a folder of its own: --dir FOLDER." in again.err
    assert (bare.code, bare.kind) == (4, "store")
    assert unit.config.read_bytes() == before


def test_where_a_huddle_toml_was_laid_down_only_the_store_is_made(tmp_path: Path) -> None:
    config = tmp_path / "given/huddle.toml"
    config.parent.mkdir()
    config.write_text('[node]\nkey = "5-east"\nname = "5 East"\ntier = 1\ntimezone = "UTC"\n[store]\nfolder = "data"\n')

    told = ran("--config", str(config), "init", "--json")

    assert (told.code, told.json["node"]) == (0, "5-east")
    assert (config.parent / "data/huddle.db").exists()


def test_what_is_missing_is_an_error_that_names_the_option_where_nobody_can_be_asked(tmp_path: Path) -> None:
    told = started("init", "--dir", str(tmp_path), "--json", folder=tmp_path)

    assert (told.code, told.kind) == (2, "usage")
    assert told.err == "wsq-huddle: Which node is this (its key, like 4-west)? Say it with --node.\n"
    assert not (tmp_path / "huddle.toml").exists()


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [("--node", "4 West!", 3), ("--tier", "0", 3), ("--tier", "one", 2), ("--timezone", "Mars/Olympus", 3)],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, option: str, value: str, code: int) -> None:
    words = [value if before == option else word for before, word in zip(("", *WORDS), WORDS, strict=False)]
    told = ran(*words, "--dir", str(tmp_path / "unit"), "--json")

    assert told.code == code
    assert option.removeprefix("--").replace("node", "key") in told.err
    assert not (tmp_path / "unit/huddle.toml").exists()


def test_when_the_store_cannot_be_made_huddle_toml_is_taken_away_again(tmp_path: Path) -> None:
    (tmp_path / "unit").mkdir()
    (tmp_path / "unit/data").write_text("in the way")
    told = ran(*WORDS, "--dir", str(tmp_path / "unit"), "--json")

    assert (told.code, told.kind) == (4, "store")
    assert not (tmp_path / "unit/huddle.toml").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folders")
def test_a_folder_that_may_only_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o500)
    told = started(*WORDS, "--dir", str(folder / "unit"), "--json", folder=tmp_path, before=unprivileged())

    assert (told.code, told.kind) == (3, "config")
    assert str(folder) in told.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folders")
def test_a_store_that_may_only_be_read_is_still_read_and_says_so_when_written_to(tmp_path: Path) -> None:
    unit = made(tmp_path / "unit")
    unit.do("problem", "raise", "before")
    data = unit.folder / "data"
    (data / "huddle.db").chmod(0o400)
    data.chmod(0o500)
    words = ("--config", str(unit.config), "--now", unit.now)
    try:
        listed = started(*words, "problem", "list", "--json", folder=tmp_path, before=unprivileged())
        raised = started(*words, "problem", "raise", "x", "--json", folder=tmp_path, before=unprivileged())
    finally:
        data.chmod(0o700)

    assert (raised.code, raised.kind) == (4, "store")
    assert listed.code == 0, listed.err


def test_a_rehearsal_goes_by_its_own_time_from_the_first_entry_on(tmp_path: Path) -> None:
    now = "2026-11-24T06:00:00+00:00"
    told = ran(*WORDS, "--dir", str(tmp_path / "unit"), "--rehearsal", "--now", now)
    assert told.code == 0

    first = Node(tmp_path / "unit").json("log", "show")[0]
    assert first["at"] == now
