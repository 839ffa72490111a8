"""What huddle.toml may say, and what is told about one that is wrong."""

from pathlib import Path

import pytest

from wsq_huddle.config.complaints import Complaint, Severity
from wsq_huddle.config.reading import read
from wsq_huddle.config.settings import Settings

NODE = """\
[node]
key = "4-west"
name = "4 West"
tier = 1
timezone = "Europe/Berlin"
"""
FILE = Path("huddle.toml")


def told(text: str) -> list[str]:
    return [str(one) for one in read(text, FILE).complaints]


def settings(text: str = "") -> Settings:
    got = read(NODE + text, FILE)
    assert got.complaints == []
    assert got.settings is not None
    return got.settings


def test_four_lines_are_enough_to_hold_a_huddle() -> None:
    got = settings()

    assert got.node.tier == 1
    assert [(one.name, f"{one.at:%H:%M}", one.minutes) for one in got.huddles] == [("morning", "07:15", 10)]
    assert [one.key for one in got.items][:3] == ["falls", "home-by-11", "methods"]
    assert len(got.categories) == 12


@pytest.mark.parametrize(
    ("tier", "slot"), [(1, ("07:15", 10)), (2, ("08:00", 20)), (3, ("08:45", 15)), (4, ("08:45", 15))]
)
def test_a_slot_without_a_time_has_the_one_of_its_tier(tier: int, slot: tuple[str, int]) -> None:
    text = NODE.replace("tier = 1", f"tier = {tier}") + '[[huddle]]\nname = "morning"\n'
    got = read(text, FILE).settings

    assert got is not None
    assert (f"{got.huddles[0].at:%H:%M}", got.huddles[0].minutes) == slot


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    text = '[node]\nkey = "4 West"\nname = 4\ntier = 0\n[hub]\nlisen = "x"\n[[item]]\nkey = "a"\n'

    assert told(text) == [
        "huddle.toml:1: node.timezone: this is missing; write it below [node].",
        'huddle.toml:2: node.key: a key has lower-case letters, digits and single dashes, at most 40. Write "4-west".',
        'huddle.toml:3: node.name: this must be a text in "quotes", not a number.',
        "huddle.toml:4: node.tier: a tier is 1 (the front line) or higher, at most 9.",
        "huddle.toml:6: hub.lisen: there is no such key in [hub]. Did you mean listen?",
        "huddle.toml:7: item.1.step: this is missing; write it below [item].",
        "huddle.toml:7: item.1.kind: this is missing; write it below [item].",
        "huddle.toml:7: item.1.ask: this is missing; write it below [item].",
    ]


@pytest.mark.parametrize(
    ("text", "line", "key", "part"),
    [
        ("[nod]\n", 6, "nod", "Did you mean node?"),
        ("[window]\nopen = '07:00'\n", 7, "window.open", "Did you mean opens?"),
        ("[hub]\ncloses = '07:00'\n", 7, "hub.closes", "It belongs to [window]."),
        ("[huddle]\nat = '07:15'\n", 6, "huddle", "[[huddle]] with double brackets"),
        ("[[store]]\n", 6, "store", "[store] with single brackets"),
        ("[screens]\nmouse = 'yes'\n", 7, "screens.mouse", "true or false"),
        ("[screens]\ntheme = 'drak'\n", 7, "screens.theme", "Did you mean dark?"),
        ("[rules]\nquick_hit_hours = true\n", 7, "rules.quick_hit_hours", "whole number"),
        ("[rules]\nquick_hit_hours = 0\n", 7, "rules.quick_hit_hours", "at least 1"),
        ("[calendar]\nclosed = [\n  2026-12-25,\n  'Easter',\n]\n", 7, "calendar.closed", "2026-12-25"),
        ("[calendar]\ndays = ['mon', 'tues']\n", 7, "calendar.days", "Did you mean tue?"),
        ("[calendar]\ndays = []\n", 7, "calendar.days", "at least one day"),
        ("[window]\nopens = '7 am'\n", 7, "window.opens", '"07:15"'),
        ("[window]\nopens = '09:00'\ncloses = '07:00'\n", 8, "window.closes", "before it opens"),
        ("[[huddle]]\nat = '06:50'\n", 7, "huddle.1.at", "leaves the window 07:00 to 09:00"),
        ("[[huddle]]\nat = '08:55'\n", 7, "huddle.1.at", "08:55 to 09:05 leaves the window"),
        ("[[huddle]]\nat = '23:55'\nprotected = false\n", 7, "huddle.1.at", "runs past midnight"),
        ("[window]\nopens = '09:30'\ncloses = '10:30'\n", 6, "window", "07:15 to 07:25 leaves the window"),
        (
            "[[huddle]]\nname = 'late'\nat = '08:00'\n[[huddle]]\nname = 'early'\nat = '07:15'\n",
            11,
            "huddle.2.at",
            "early at 07:15 is out of sequence: late before it ends at 08:10",
        ),
        ("[[person]]\nname = 'A'\n[[person]]\nname = 'A'\n", 9, "person.2.name", "already in line 7"),
        ("[hub]\nlisten = '7150'\n", 7, "hub.listen", "an address and a port"),
        ("[hub]\nlisten = '0.0.0.0:70000'\n", 7, "hub.listen", "at most 65535"),
        ("[hub]\ncert_file = 'a.pem'\n", 6, "hub.key_file", "name both"),
        ("[link]\nurl = 'http://hub.example.org'\n", 7, "link.url", "https://"),
        ("[link]\nurl = 'https://a:b@hub.example.org'\n", 7, "link.url", "password"),
        ("[store]\nurl = 'sqlite:///x'\n", 7, "store.url", "postgresql+psycopg://"),
        ('[store]\nfolder = "a\\u0007b"\n', 7, "store.folder", "control characters"),
        ("[store]\npassword_file = 'x'\n", 7, "store.password_file", "goes with a url"),
        (
            "[[category]]\nkey = 'water'\nletter = 'e'\nname = 'Water'\n",
            8,
            "category.1.letter",
            "already chooses equipment",
        ),
        (
            "[[category]]\nkey = 'water'\nletter = 'E'\nname = 'Water'\n",
            8,
            "category.1.letter",
            "one lower-case letter",
        ),
        ("[[cause]]\nevent = 'fal'\nkey = 'x'\nname = 'X'\n", 7, "cause.1.event", "Did you mean fall?"),
        (
            "[[measure]]\nkey = 'x'\nname = 'X'\ntarget = nan\ndirection = 'at-most'\n",
            9,
            "measure.1.target",
            "too large",
        ),
    ],
)
def test_a_complaint_names_line_and_key_and_says_what_to_do(text: str, line: int, key: str, part: str) -> None:
    complaints = read(NODE + text, FILE).complaints

    assert [(one.line, one.key) for one in complaints] == [(line, key)]
    assert part in complaints[0].message


@pytest.mark.parametrize(
    ("rest", "key", "part"),
    [
        ("kind = 'measure'\n", "item.1.measure", "names its measure"),
        ("kind = 'measure'\nmeasure = 'fals'\n", "item.1.measure", "Did you mean falls?"),
        ("kind = 'count'\nstandard = 'falls'\n", "item.1.standard", "only an item of kind standard"),
        ("kind = 'count'\ntiers = []\n", "item.1.tiers", "at least one tier"),
        ("kind = 'count'\ntiers = [2]\n", "item.1.tiers", "our own tier or those below"),
    ],
)
def test_an_item_that_does_not_fit_is_told(rest: str, key: str, part: str) -> None:
    measure = "[[measure]]\nkey = 'falls'\nname = 'Falls'\ntarget = 0\ndirection = 'at-most'\n"
    text = f"{NODE}{measure}[[item]]\nkey = 'a'\nstep = 'status'\nask = 'A'\n{rest}"
    complaints = read(text, FILE).complaints

    assert [one.key for one in complaints] == [key]
    assert part in complaints[0].message


def test_a_measure_of_a_node_above_may_be_asked_for() -> None:
    item = "[[item]]\nkey = 'a'\nstep = 'targets'\nask = 'A'\nkind = 'measure'\nmeasure = 'executive/falls'\n"

    assert settings(item).items[0].measure == "executive/falls"


def test_a_row_that_is_wrong_does_not_move_the_complaints_behind_it() -> None:
    text = "[[person]]\ninitials = 'A'\n[[person]]\nname = 'B'\n[[person]]\nname = 'B'\n"

    assert told(NODE + text) == [
        "huddle.toml:6: person.1.name: this is missing; write it below [person].",
        'huddle.toml:11: person.3.name: "B" stands here already in line 9; give this one another.',
    ]


def test_what_follows_from_an_error_is_not_told_as_well() -> None:
    measure = "[[measure]]\nkey = 'falls'\nname = 'Falls'\ntarget = 'none'\ndirection = 'at-most'\n"
    item = "[[item]]\nkey = 'a'\nstep = 'targets'\nask = 'A'\nkind = 'measure'\nmeasure = 'falls'\n"

    assert [one.key for one in read(NODE + measure + item, FILE).complaints] == ["measure.1.target"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://huddle:s3cret@db/huddle",
        "postgresql+psycopg://huddle:s3/cr@et@db/huddle",
        "postgresql+psycopg://db/huddle?user=huddle&password=s3cret",
    ],
)
def test_a_password_in_the_store_url_is_refused_and_not_repeated(url: str) -> None:
    complaints = told(f"{NODE}[store]\nurl = '{url}'\n")

    assert len(complaints) == 1
    assert "password_file" in complaints[0]
    assert "s3" not in complaints[0]


def test_a_store_url_without_a_password_is_taken() -> None:
    got = settings("[store]\nurl = 'postgresql+psycopg://huddle@db/huddle'\npassword_file = 'pw'\n")

    assert got.store.url == "postgresql+psycopg://huddle@db/huddle"


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("Berlin", "Did you mean Europe/Berlin?"),
        ("europe/berlin", "Did you mean Europe/Berlin?"),
        ("Europe/Berlim", "Did you mean Europe/Berlin?"),
        ("New York", "Did you mean America/New_York?"),
        ("Europe", "no time zone"),
        ("../etc/passwd", "no time zone"),
        ("EST", "no time zone"),
        ("", "no time zone"),
    ],
)
def test_an_unknown_time_zone_is_answered_with_the_one_that_was_meant(zone: str, hint: str) -> None:
    complaints = read(NODE.replace("Europe/Berlin", zone), FILE).complaints

    assert [(one.line, one.key) for one in complaints] == [(5, "node.timezone")]
    assert hint in complaints[0].message


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("[node]\nname = 4 West\n", 2, "column 10"),
        ("[node]\n\nname 4\n", 3, "Expected '=' after a key"),
        ('a = "never ends\n', 1, "Illegal character"),
        ('[node]\nname = """never ends\n', 2, "at the end of the file"),
        ("[a]\n[a]\n", 2, "Cannot declare"),
        ("a = " + "[" * 5000, 1, "nested too deeply"),
        ("a = " + "1" * 5000, 1, "too long"),
    ],
)
def test_a_slip_in_the_toml_is_told_with_its_line(text: str, line: int, part: str) -> None:
    complaints = read(text, FILE).complaints

    assert [one.line for one in complaints] == [line]
    assert part in complaints[0].message


def test_a_file_from_windows_is_read() -> None:
    content = b"\xef\xbb\xbf" + NODE.replace("\n", "\r\n").encode()
    got = read(content + b"[hub]\r\nlisen = 1\r\n", FILE)

    assert [one.line for one in got.complaints] == [7]
    assert read(content, FILE).settings is not None


def test_a_file_that_is_not_utf_8_says_in_which_line() -> None:
    got = read(NODE.encode() + b'call = "\xe4"\n', FILE)

    assert [(one.line, "UTF-8" in one.message) for one in got.complaints] == [(6, True)]


def test_a_roll_call_with_too_little_time_is_a_warning() -> None:
    areas = ", ".join(f"'unit-{number}'" for number in range(25))
    item = f"[[item]]\nkey = 'units'\nstep = 'status'\nkind = 'roll-call'\nask = 'Roll call'\nareas = [{areas}]\n"
    got = read(NODE.replace("tier = 1", "tier = 2") + item, FILE)

    assert got.settings is not None
    assert got.complaints == [
        Complaint(
            "huddle.toml",
            11,
            "item.1.areas",
            "25 areas in 20 minutes leave 19 s each in the roll call, less than 20 s."
            " Lengthen the slot or split the roll call.",
            Severity.WARNING,
        )
    ]


def test_an_evening_huddle_may_lie_outside_the_window() -> None:
    got = settings("[[huddle]]\n[[huddle]]\nname = 'evening'\nat = 19:30:00\nprotected = false\n")

    assert [(one.name, f"{one.at:%H:%M}") for one in got.huddles] == [("morning", "07:15"), ("evening", "19:30")]


def test_a_huddle_is_held_on_the_days_the_node_works() -> None:
    got = settings("[calendar]\ndays = ['fri', 'Mon']\n")

    assert got.huddles[0].days == ("mon", "fri")


def test_each_value_says_where_it_came_from() -> None:
    text = NODE + "[hub]\n# the port IT gave us\nlisten = '127.0.0.1:80'\n[[person]]\nname = 'A'\n"
    got = read(text, FILE, {"WSQ_HUDDLE_STORE_URL": "postgresql+psycopg://db/h", "WSQ_HUDDLE_SCREENS_ASCII": "true"})

    assert got.settings is not None
    assert got.settings.screens.ascii is True
    assert got.settings.store.url == "postgresql+psycopg://db/h"
    assert {
        name: got.origins[name] for name in ("hub.listen", "store.url", "window.opens", "huddle.1.at", "person.1.name")
    } == {
        "hub.listen": "huddle.toml:8",
        "store.url": "environment WSQ_HUDDLE_STORE_URL",
        "window.opens": "default",
        "huddle.1.at": "default",
        "person.1.name": "huddle.toml:10",
    }


def test_a_wrong_value_from_the_environment_names_the_variable() -> None:
    got = read(
        NODE, FILE, {"WSQ_HUDDLE_SCREENS_MOUSE": "perhaps", "WSQ_HUDDLE_NODE_KEY": "other", "WSQ_HUDDLE_AS": "Ana"}
    )

    assert [str(one).partition(": this")[0] for one in got.complaints] == ["environment: WSQ_HUDDLE_SCREENS_MOUSE"]
