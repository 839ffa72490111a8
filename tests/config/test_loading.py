"""Which huddle.toml is taken, and what is told when none can be."""

import shutil
import subprocess
import sys
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.config import Neighbour, check, find, load
from wsq_huddle.config.places import candidates, sample
from wsq_huddle.config.reading import read
from wsq_huddle.config.tables import ROWS, SINGLE
from wsq_huddle.errors import ConfigError

NODE = '[node]\nkey = "{}"\nname = "A"\ntier = 1\ntimezone = "UTC"\n'


def node(folder: Path, key: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "huddle.toml"
    path.write_text(NODE.format(key), encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A computer of our own: its user's and its machine's config folders."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "machine"))
    (tmp_path / "here").mkdir()
    return tmp_path


def test_the_nearest_file_is_taken_and_says_why(home: Path) -> None:
    here = home / "here"

    def taken(asked: Path | None = None, named: str = "") -> tuple[str, str]:
        got = load(asked, environ={"WSQ_HUDDLE_CONFIG": named}, cwd=here)
        return got.settings.node.key, got.why

    node(home / "machine" / "wsq-huddle", "machine")
    assert taken() == ("machine", "in the machine's config folder")

    node(home / "user" / "wsq-huddle", "user")
    assert taken() == ("user", "in the user's config folder")

    node(here, "here")
    assert taken() == ("here", "in the current folder")

    node(home / "named", "named")
    assert taken(named="../named/huddle.toml") == ("named", "named by WSQ_HUDDLE_CONFIG")

    asked = node(home / "asked", "asked")
    assert taken(asked, named="../named/huddle.toml") == ("asked", "named by --config")


def test_the_sample_is_never_taken_for_a_nodes_own(home: Path) -> None:
    shutil.copy(sample(), home / "here" / "huddle.toml")

    assert find(environ={}, cwd=home / "here") is None
    with pytest.raises(ConfigError, match="not set up for a unit yet"):
        load(environ={}, cwd=home / "here")
    with pytest.raises(ConfigError, match=r"there is no \[node\]"):
        load(Path("huddle.toml"), environ={}, cwd=home / "here")


def test_a_file_with_a_slip_is_not_passed_over(home: Path) -> None:
    (home / "here" / "huddle.toml").write_text("[nod]\n", encoding="utf-8")
    node(home / "user" / "wsq-huddle", "user")

    with pytest.raises(ConfigError, match=r"huddle\.toml:1: nod: .*Did you mean node\?"):
        load(environ={}, cwd=home / "here")


def test_a_file_that_was_asked_for_and_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: there is no such file"):
        load(Path("nowhere.toml"), environ={}, cwd=tmp_path)

    assert ["there is no such file" in one.message for one in check(tmp_path / "nowhere.toml")] == [True]


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path, environ={}, cwd=tmp_path)


def test_a_file_too_large_to_be_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huddle.toml"
    path.write_bytes(b"#" * (1024 * 1024 + 1))

    assert ["larger than 1 MiB" in one.message for one in check(path)] == [True]


def test_warnings_do_not_keep_a_node_from_starting(tmp_path: Path) -> None:
    path = node(tmp_path, "a")
    units = ", ".join(f"'u-{number}'" for number in range(40))
    item = f"[[item]]\nkey = 'u'\nstep = 'status'\nkind = 'roll-call'\nask = 'U'\nareas = [{units}]\n"
    path.write_text(path.read_text(encoding="utf-8") + item, encoding="utf-8")

    assert ["6 s each" in one.message for one in load(path).warnings] == [True]


def test_check_warns_of_a_roll_call_with_more_nodes_below_than_time(tmp_path: Path) -> None:
    path = node(tmp_path, "a")

    assert check(path, areas=12) == []
    assert [(one.severity, one.key) for one in check(path, areas=13)] == [("warning", "huddle.1.minutes")]


def test_a_slot_out_of_sequence_with_those_below_or_above_is_refused(tmp_path: Path) -> None:
    path = node(tmp_path, "a")
    path.write_text(path.read_text(encoding="utf-8") + "[[huddle]]\nat = '08:00'\nminutes = 20\n", encoding="utf-8")
    west, executive = Neighbour("4 West", time(7, 50), 10), Neighbour("Executive", time(8, 20), 15)

    assert check(path, below=[west], above=executive) == []

    late, early = Neighbour("4 West", time(7, 55), 10), Neighbour("Executive", time(8, 15), 15)
    complaints = check(path, below=[west, late], above=early)
    assert [(one.line, one.key) for one in complaints] == [(7, "huddle.1.at"), (7, "huddle.1.at")]
    assert "4 West below us ends at 08:05" in complaints[0].message
    assert "ends at 08:20, after Executive above us begins at 08:15" in complaints[1].message


def test_everything_in_force_can_be_shown_with_its_origin(tmp_path: Path) -> None:
    path = node(tmp_path, "a")
    shown = {name: (value, origin) for name, value, origin in load(path, environ={}).shown()}

    assert shown["node.key"] == ("a", f"{path}:2")
    assert shown["window.opens"] == ("07:00", "default")
    assert shown["huddle.1.at"] == ("07:15", "default")
    assert shown["item.3.ask"] == ("Methods", "default")
    assert shown["screens.keys"] == ({}, "default")


def test_importing_the_settings_imports_nothing_that_only_writing_needs() -> None:
    late = ("tomlkit", "platformdirs", "pydantic", "zoneinfo", "difflib")
    code = f"import sys, wsq_huddle.config; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_one_that_is_named_is_the_only_candidate(tmp_path: Path) -> None:
    assert [one.asked for one in candidates(Path("x"), environ={}, cwd=tmp_path)] == [True]


WORDS = st.sampled_from(
    [
        *SINGLE,
        *ROWS,
        "key",
        "at",
        "tier",
        "timezone",
        "url",
        "areas",
        "=",
        "[",
        "]",
        "[[",
        "]]",
        "\n",
        "\n",
        '"',
        "'",
        "#",
        ".",
    ]
)
SCRAPS = st.one_of(
    WORDS, st.text(max_size=5), st.sampled_from(["07:15", "1979-05-27", "{", "}", ",", "true", "-1", '"""', "~x"])
)
TOMLISH = st.lists(SCRAPS, max_size=40).map(" ".join)
KNOWN = st.sampled_from([(name, key) for name, table in {**SINGLE, **ROWS}.items() for key in table.__annotations__])
ANYTHING = st.one_of(
    st.sampled_from(
        ["1", "-1", "1.5", "nan", "true", "07:15:00", "2026-12-25", "[]", "{}", "{a = 1}", "[1]", "['a']", '""', "[[]]"]
    ),
    st.text(st.characters(exclude_characters="'", exclude_categories=("Cc", "Cs"))).map(lambda text: f"'{text}'"),
)


@given(st.one_of(TOMLISH, st.text(), st.binary()))
def test_no_text_makes_reading_raise(content: str | bytes) -> None:
    assert read(content, Path("huddle.toml")).complaints != []


@given(st.lists(st.tuples(KNOWN, ANYTHING), max_size=8))
def test_no_value_of_any_key_makes_reading_raise_anything_but_complaints(
    rows: list[tuple[tuple[str, str], str]],
) -> None:
    tables = [f"[{name}]" if name in SINGLE else f"[[{name}]]" for (name, _), _ in rows]
    text = "\n".join(f"{table}\n{key} = {value}" for table, ((_, key), value) in zip(tables, rows, strict=True))
    got = read(text, Path("huddle.toml"))

    if got.settings is not None:
        got.settings.definitions()
    assert all(0 <= one.line <= text.count("\n") + 1 for one in got.complaints)


@given(
    st.lists(
        st.tuples(KNOWN.filter(lambda known: known[0] != "node"), ANYTHING), max_size=6, unique_by=lambda row: row[0][0]
    )
)
def test_settings_that_were_read_can_be_used(rows: list[tuple[tuple[str, str], str]]) -> None:
    tables = [f"[{name}]" if name in SINGLE else f"[[{name}]]" for (name, _), _ in rows]
    text = "\n".join(f"{table}\n{key} = {value}" for table, ((_, key), value) in zip(tables, rows, strict=True))
    got = read(NODE.format("a") + text, Path("huddle.toml"))

    assert (got.settings is None) == any(one.severity == "error" for one in got.complaints)
    if got.settings is not None:
        assert set(got.settings.definitions())
        assert got.settings.store_folder.is_absolute()
