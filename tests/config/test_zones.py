"""In which time zone this computer is."""

from pathlib import Path

import pytest

from wsq_huddle.config.zones import local_timezone


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":America/Chicago", "America/Chicago"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        (":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("CET-1CEST", None),
        ("nonsense/zone", None),
    ],
)
def test_tz_is_believed_when_it_names_a_zone(told: str, zone: str | None, tmp_path: Path) -> None:
    assert local_timezone(environ={"TZ": told}, etc=tmp_path) == zone


def test_the_link_of_localtime_comes_before_the_name_in_timezone(tmp_path: Path) -> None:
    (tmp_path / "timezone").write_text("Europe/Paris\n", encoding="utf-8")
    assert local_timezone(environ={}, etc=tmp_path) == "Europe/Paris"

    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/Europe/Madrid")
    assert local_timezone(environ={}, etc=tmp_path) == "Europe/Madrid"


def test_a_computer_that_does_not_say_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "localtime").write_bytes(b"TZif2")

    assert local_timezone(environ={}, etc=tmp_path) is None
