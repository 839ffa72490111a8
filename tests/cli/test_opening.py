"""How a command gets at its store, who signs, and by which clock."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import NOW, Node, made, ran, started
from wsq_huddle.services.clocks import instant, write_clock


def test_the_clock_of_a_rehearsal_stands_still_for_a_verb(unit: Node) -> None:
    one = unit.json("problem", "raise", "one")
    later = unit.json("problem", "raise", "two", now="2026-11-24T08:00:00+00:00")

    assert (one["raised_at"], later["raised_at"]) == (NOW, "2026-11-24T08:00:00+00:00")


def test_the_clock_of_a_rehearsal_may_be_a_file_that_others_move(
    unit: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = tmp_path / "clock.json"
    write_clock(clock, instant(NOW), rate=0)
    monkeypatch.setenv("WSQ_HUDDLE_CLOCK", str(clock))

    assert unit.json("problem", "raise", "one", now="")["raised_at"] == NOW
    assert unit.json("problem", "raise", "two", now="2026-11-24T08:00:00+00:00")["raised_at"].startswith(
        "2026-11-24T08"
    )
    clock.unlink()
    told = unit.try_("problem", "raise", "three", "--json", now="")
    assert (told.code, told.kind) == (3, "config")


def test_in_earnest_nobody_sets_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    earnest = made(tmp_path / "earnest", rehearsal=False)
    told = earnest.try_("problem", "raise", "x", "--json", now=NOW)

    assert (told.code, told.kind) == (2, "usage")
    assert told.err.startswith(
        "wsq-huddle: --now sets the time only on a store made with `wsq-huddle init --rehearsal`"
    )
    monkeypatch.setenv("WSQ_HUDDLE_CLOCK", str(tmp_path / "clock.json"))
    told = earnest.try_("chain", "--json")
    assert (told.code, told.kind) == (3, "config")
    assert (
        ran("init", "--node", "a", "--name", "A", "--tier", "1", "--dir", str(tmp_path / "b"), "--now", NOW).code == 2
    )


@pytest.mark.parametrize("now", ["yesterday", "2026-11-24T07:15:00", "24.11.2026"])
def test_a_time_that_is_none_or_says_no_offset_is_refused(unit: Node, now: str) -> None:
    told = unit.try_("chain", "--json", now=now)

    assert (told.code, told.kind) == (2, "usage")


def test_the_role_signs_unless_somebody_says_who(unit: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    by = [unit.json("problem", "raise", "x", *words)["raised_by"] for words in ((), ("--as", "Ana R."))]
    monkeypatch.setenv("WSQ_HUDDLE_AS", "Ben K.")
    by += [unit.json("problem", "raise", "x", *words)["raised_by"] for words in ((), ("--for", "R. Okafor"))]

    assert by == ["4 West charge nurse", "Ana R.", "Ben K.", "Ben K. for R. Okafor"]


def test_without_a_store_the_way_to_one_is_named(tmp_path: Path) -> None:
    unit = made(tmp_path / "unit")
    (unit.folder / "data/huddle.db").unlink()
    told = unit.try_("problem", "list", "--json")

    assert (told.code, told.kind) == (4, "store")
    assert "`wsq-huddle init`" in told.err


def test_a_store_of_a_later_program_is_not_touched(unit: Node) -> None:
    database = unit.folder / "data/huddle.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = database.read_bytes()

    for words in (("problem", "list"), ("problem", "raise", "x"), ("store", "upgrade"), ("store", "check")):
        told = unit.try_(*words, "--json")
        assert (told.code, told.kind) == (4, "newer-store"), words
        assert "9999" in told.err
    assert database.read_bytes() == before


def test_what_is_no_database_is_no_traceback(unit: Node) -> None:
    (unit.folder / "data/huddle.db").write_bytes(b"not a database" * 1000)
    told = unit.try_("problem", "list", "--json")

    assert (told.code, told.kind) == (4, "store")
    assert "Traceback" not in told.err


def test_the_store_of_another_node_is_refused(unit: Node, tmp_path: Path) -> None:
    other = made(tmp_path / "other", "5-east", name="5 East")
    (unit.folder / "data/huddle.db").replace(other.folder / "data/huddle.db")
    told = other.try_("problem", "list", "--json")

    assert (told.code, told.kind) == (3, "config")
    assert '"4-west"' in told.err


def test_the_nearest_huddle_toml_is_taken_and_config_show_says_which(unit: Node, tmp_path: Path) -> None:
    here = started("config", "show", "--json", folder=unit.folder).json
    named = started("config", "show", "--json", folder=tmp_path, environ={"WSQ_HUDDLE_CONFIG": str(unit.config)}).json

    assert (here["file"], here["why"]) == (str(unit.config), "in the current folder")
    assert (named["file"], named["why"]) == (str(unit.config), "named by WSQ_HUDDLE_CONFIG")
    nowhere = ran("config", "show", "--json")
    assert (nowhere.code, nowhere.kind) == (3, "config")
    assert json.loads(nowhere.out)["error"]["message"].endswith("writes its huddle.toml.")
