"""[notify]: nothing is told to anybody without it, and what could never work is said at once."""

import sys
from pathlib import Path

import pytest

from wsq_huddle.config.complaints import Severity
from wsq_huddle.config.reading import read

NODE = '[node]\nkey = "cardiac"\nname = "Cardiac"\ntier = 2\ntimezone = "UTC"\n'
SERVER = '[mail]\nhost = "mail.hospital.example"\nsender = "huddle@hospital.example"\n'


def complaints(text: str) -> str:
    return " ".join(str(one) for one in read(NODE + text, Path("huddle.toml")).complaints)


def test_without_a_table_nobody_is_told() -> None:
    found = read(NODE, Path("huddle.toml")).settings

    assert found is not None
    assert (found.notify.mail, found.notify.webhook) == ((), "")


@pytest.mark.parametrize(
    "url",
    [
        "https://alarm.hospital.example/hook",
        "https://alarm.hospital.example:8443/hook?sig=abc%20d&x=1",
        "http://127.0.0.1:8080/hook",
        "http://localhost/hook",
        "",
    ],
)
def test_an_address_that_is_private_will_do(url: str) -> None:
    assert complaints(f'[notify]\nwebhook = "{url}"') == ""


@pytest.mark.parametrize(
    "url",
    ["http://alarm.hospital.example/hook", "https://user:secret@alarm.example", "ftp://x", "https://", "https://a b"],
)
def test_an_address_that_others_could_read_is_refused(url: str) -> None:
    assert "begins with https://" in complaints(f'[notify]\nwebhook = "{url}"')


def test_what_keeps_apprise_from_telling_anybody_is_a_warning_and_stops_no_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "apprise.conf").write_text("json://127.0.0.1/")
    text, path = NODE + '[notify]\napprise_file = "apprise.conf"\n', tmp_path / "huddle.toml"
    assert read(text, path).complaints == []
    (tmp_path / "apprise.conf").unlink()
    monkeypatch.setitem(sys.modules, "apprise", None)  # as Python itself marks what cannot be imported
    found = read(text, path)

    assert found.settings is not None
    assert {one.severity for one in found.complaints} == {Severity.WARNING}
    assert "pip install wsq-huddle[notify]" in str(found.complaints[0])
    assert "there is no file" in str(found.complaints[1])


def test_mail_needs_the_server_of_mail_but_no_readers_of_the_digest() -> None:
    to = '[notify]\nmail = ["duty@hospital.example"]\n'

    assert "by the mail server of [mail]" in complaints(to)
    assert complaints(SERVER + to) == ""
    assert "mail needs to too" in complaints(SERVER)
