"""What `init` and `join` write into huddle.toml."""

import re
from pathlib import Path

import pytest

from wsq_huddle.config import check, load
from wsq_huddle.config.places import data_folder, sample
from wsq_huddle.config.reading import read
from wsq_huddle.config.shipped import agenda
from wsq_huddle.config.tables import SINGLE
from wsq_huddle.config.writing import AGENDA, agenda_text, set_link, set_value, write_new
from wsq_huddle.errors import ConfigError

SCREEN_3 = [
    ("Ready today", "Methods"),
    ("Ready today", "Equipment"),
    ("Ready today", "Supplies"),
    ("Ready today", "Staff"),
    ("Look back", "Falls"),
    ("Look back", "Pressure injuries"),
    ("Look back", "Medication events"),
    ("Look back", "Staff hurt"),
    ("Look back", "Good catches"),
    ("Now", "High fall risk"),
    ("Now", "Beds free"),
    ("Standards", "Falls bundle"),
    ("Standards", "Hand hygiene"),
    ("Ahead 24 h", "Next shift, transfers, planned downtime, inspections"),
]


def write(folder: Path, tier: int = 1, *, dir_given: bool = True, name: str = "4 West") -> Path:
    return write_new(folder, key="4-west", name=name, tier=tier, timezone="Europe/Berlin", dir_given=dir_given)


@pytest.mark.parametrize("tier", [1, 2, 3, 4])
def test_what_init_writes_has_nothing_to_complain_about(tier: int, tmp_path: Path) -> None:
    path = write(tmp_path, tier)
    got = load(path).settings

    assert check(path) == []
    assert got.node.tier == tier
    assert (got.items, got.measures, got.standards) == (
        agenda(tier).items,
        agenda(tier).measures,
        agenda(tier).standards,
    )


def test_a_unit_is_asked_what_screen_3_shows(tmp_path: Path) -> None:
    got = load(write(tmp_path)).settings

    assert [(one.group, one.ask) for one in got.items if one.step == "status"] == SCREEN_3
    assert [one.ask for one in got.items if one.step == "targets"] == ["Falls, 5 days", "Home by 11"]
    assert {one.step for one in got.items} == {"status", "targets"}


@pytest.mark.parametrize("tier", [2, 3])
def test_a_tier_that_has_others_below_calls_the_roll_and_sees_what_came_up(tier: int, tmp_path: Path) -> None:
    got = load(write(tmp_path, tier)).settings

    assert [one.kind for one in got.items if one.kind != "measure"] == ["roll-call", "actions", "problems"]


def test_the_sample_is_right_but_for_the_node_it_does_not_have() -> None:
    complaints = check(sample())

    assert [(one.line, one.key) for one in complaints] == [(0, "")]
    assert "[node]" in complaints[0].message


def test_the_sample_shows_the_agenda_of_a_unit() -> None:
    assert sample().read_text(encoding="utf-8").partition(f"{AGENDA}\n")[2] == agenda_text(1)


def uncommented() -> str:
    """The sample with every remark that is a setting switched on."""
    text = sample().read_text(encoding="utf-8")
    return re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)


def test_the_remarks_of_the_sample_name_every_setting_and_show_its_default() -> None:
    text = re.sub(r'^(?:password_file|cert_file|key_file) = ""', "# \\g<0>", uncommented(), flags=re.MULTILINE)
    got = read(text, Path("huddle.toml"))

    assert got.complaints == []
    assert got.settings is not None
    assert all(
        origin != "default" or "_file" in name for name, origin in got.origins.items() if name.split(".")[0] in SINGLE
    )
    shown: dict[str, dict[str, object]] = {
        "calendar": {"stand_in": "house-supervisor", "stand_in_call": "4480"},
        "store": {"folder": "data"},
        "screens": {"keys": {"note": "v"}},
    }
    for name, table in SINGLE.items():
        if name != "node":
            assert getattr(got.settings, name) == table(**shown.get(name, {}))


def test_with_a_folder_given_the_store_lies_beside_huddle_toml(tmp_path: Path) -> None:
    got = load(write(tmp_path / "unit")).settings

    assert got.store_folder == tmp_path / "unit" / "data"
    assert got.database == tmp_path / "unit" / "data" / "huddle.db"


def test_without_a_folder_the_store_lies_in_the_data_folder_of_this_computer(tmp_path: Path) -> None:
    got = load(write(tmp_path, dir_given=False)).settings

    assert got.store_folder == data_folder("4-west")
    assert got.store_folder.is_absolute()


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "huddle.toml"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(ConfigError, match="exists already"):
        write(tmp_path)

    assert path.read_text(encoding="utf-8") == "mine"


def test_what_is_wrong_with_a_new_node_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        write_new(tmp_path, key="4 West", name="4 West", tier=0, timezone="Berlin", dir_given=True)

    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == [
        "node.key",
        "node.tier",
        "node.timezone",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ['4 "West"', "4 West # best", "Üb 4 \\ 'W'", "[node]", "{x}\\g<0>"])
def test_any_name_comes_back_as_it_was_told(name: str, tmp_path: Path) -> None:
    assert load(write(tmp_path, name=name)).settings.node.name == name


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(ConfigError, match="cannot be written"):
        write(tmp_path / "file" / "below")


def test_join_notes_the_address_and_leaves_the_rest_alone(tmp_path: Path) -> None:
    path = write(tmp_path)
    before = path.read_text(encoding="utf-8").splitlines()

    set_link(path, "https://hub.example.org:7150")

    after = path.read_text(encoding="utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new.split("#")[0].strip() for _, new in changed] == ['url = "https://hub.example.org:7150"']
    assert load(path).settings.link.url == "https://hub.example.org:7150"

    set_link(path, "https://other.example.org")

    assert load(path).settings.link.url == "https://other.example.org"
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(before)
    assert list(tmp_path.iterdir()) == [path]


def test_a_value_of_a_table_that_is_not_there_gets_one(tmp_path: Path) -> None:
    path = tmp_path / "huddle.toml"
    path.write_text(
        '[node]\nkey = "a"\nname = "A"\ntier = 1\ntimezone = "UTC"\n[[person]]\nname = "Ana"', encoding="utf-8"
    )

    set_value(path, "hub", "listen", "127.0.0.1:80")
    set_value(path, "screens", "ascii", True)  # noqa: FBT003 - the value of a setting
    set_value(path, "node", "call", "44")

    got = load(path).settings
    assert (got.hub.listen, got.screens.ascii, got.node.call) == ("127.0.0.1:80", True, "44")
    assert [one.name for one in got.people] == ["Ana"]


def test_a_value_that_would_break_the_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    before = path.read_bytes()

    with pytest.raises(ConfigError, match="https://"):
        set_link(path, "ftp://hub.example.org")

    assert path.read_bytes() == before


def test_a_file_that_cannot_be_read_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "huddle.toml"
    path.write_text("[node\n", encoding="utf-8")

    with pytest.raises(ConfigError, match="config check"):
        set_link(path, "https://hub.example.org")

    assert path.read_text(encoding="utf-8") == "[node\n"
