"""Urgent news by mail and to a web address, on real servers of this computer: once, without words, again if need be."""

import email
import json
import logging
import socket
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.hospital import DAY, Hospital, settings_in
from tests.services.postbox import Postbox, certificate
from tests.services.webhook import Webhook
from wsq_huddle.domain.problems import Urgency
from wsq_huddle.errors import ConfigError, NetworkError
from wsq_huddle.services import mails, notices, problems, rules
from wsq_huddle.services.desk import Desk
from wsq_huddle.sync import messengers

WORDS = "Mr Miller has no suction"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {
        "right": certificate(tmp_path_factory.mktemp("right"), "127.0.0.1"),
        "wrong": certificate(tmp_path_factory.mktemp("wrong"), "alarm.other.example"),
    }


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    with Webhook() as server:
        yield server


def telling(hospital: Hospital, folder: Path, more: str, **said: str) -> Desk:
    """The desk of the department whose huddle.toml has a [notify]; on the same store as before."""
    settings = settings_in(folder, "cardiac", notify=more, **said)
    hospital.desks["cardiac"] = Desk(hospital["cardiac"].store, settings)
    return hospital["cardiac"]


def needed(hospital: Hospital, title: str = WORDS, category: str = "equipment") -> str:
    subject = problems.raise_at(hospital["4-west"], title=title, category=category, urgency=Urgency.NOW).id
    hospital.deliver()
    return subject


def look(desk: Desk) -> int:
    """Look as the rules do, and wait for what that began."""
    threads = notices.look(desk)
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    return len(threads)


def test_a_web_address_is_told_when_it_comes_and_when_nobody_took_it_each_once(
    hospital: Hospital, tmp_path: Path, webhook: Webhook
) -> None:
    desk = telling(hospital, tmp_path, f'webhook = "{webhook.url}"')
    assert look(desk) == 0
    subject = needed(hospital)
    assert (look(desk), look(desk), look(Desk(desk.store, desk.settings))) == (1, 0, 0)
    hospital.clock.put("06:11")
    assert (look(desk), look(desk)) == (1, 0)

    came, late = webhook.posted
    assert {key: came[key] for key in ("event", "stage", "place", "kind", "urgency", "node", "minutes", "ring")} == {
        "event": "urgent", "stage": "came", "place": "4 West", "kind": "equipment", "urgency": "now",
        "node": "cardiac", "minutes": 0, "ring": "4410",
    }  # fmt: skip
    assert (late["stage"], late["minutes"], late["problem"]) == ("late", 10, subject)
    assert WORDS not in json.dumps(webhook.posted)


def test_mail_goes_to_whom_it_is_meant_for_without_words_and_without_a_digest(
    hospital: Hospital, tmp_path: Path, certificates: dict[str, Path]
) -> None:
    with Postbox(certificates["right"]) as postbox:
        server = f'host = "127.0.0.1"\nport = {postbox.port}\nsender = "huddle@hospital.example"\n'
        server += f'ca_file = "{certificates["right"]}"\n'
        desk = telling(hospital, tmp_path, 'mail = ["duty@hospital.example"]', mail=server)
        needed(hospital)
        hospital.clock.put("08:00")
        assert (look(desk), look(desk)) == (1, 0)

    mail = email.message_from_bytes(postbox.mails[0])
    assert mail["To"] == "duty@hospital.example"
    assert mail["Subject"] == "Urgent: 4 West, equipment, since 06:00; nobody has it for 119 min"
    assert "Ring 4 West: 4410." in postbox.mails[0].decode()
    assert WORDS.split()[1].encode() not in postbox.mails[0]
    assert len(postbox.mails) == 1
    hospital.clock.put("07:56")
    assert mails.due(desk) == []


def test_what_is_taken_seen_or_not_urgent_is_told_to_nobody(
    hospital: Hospital, tmp_path: Path, webhook: Webhook
) -> None:
    desk = telling(hospital, tmp_path, f'webhook = "{webhook.url}"')
    problems.see(desk, needed(hospital))
    asked = needed(hospital)
    problems.escalate(hospital["4-west"], asked, need="a pump")
    hospital.deliver()
    problems.acknowledge(desk, asked)
    problems.escalate(hospital["4-west"], problems.raise_at(hospital["4-west"], title="Fax jams").id, need="one")
    hospital.deliver()

    assert look(desk) == 0
    assert webhook.posted == []


def test_a_kind_that_nobody_declared_is_told_as_other(hospital: Hospital, tmp_path: Path, webhook: Webhook) -> None:
    desk = telling(hospital, tmp_path, f'webhook = "{webhook.url}"')
    needed(hospital, category="Mr Miller")
    look(desk)

    assert webhook.posted[0]["kind"] == "other"


@pytest.mark.parametrize("status", [500, 302, 404])
def test_what_was_not_taken_is_tried_again_later_and_later_and_the_log_has_no_address_and_no_words(
    hospital: Hospital, tmp_path: Path, webhook: Webhook, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    desk = telling(hospital, tmp_path, f'webhook = "{webhook.url}"', rules="acknowledge_now_minutes = 60")
    webhook.answers += [status, status]
    needed(hospital)
    with caplog.at_level(logging.WARNING):
        assert (look(desk), look(desk)) == (1, 0)
        hospital.clock.put("06:01")
        assert (look(desk), look(desk)) == (1, 0)
        hospital.clock.put("06:03")
        assert (look(desk), look(desk)) == (1, 0)
    hospital.clock.put("06:30")

    assert look(desk) == 0
    assert len(webhook.posted) == 3
    assert "urgent news was not sent by webhook: NetworkError" in caplog.text
    assert "secret" not in caplog.text
    assert WORDS not in caplog.text


def test_that_nobody_took_it_is_tried_again_as_soon_as_that_it_came(
    hospital: Hospital, tmp_path: Path, webhook: Webhook
) -> None:
    desk = telling(hospital, tmp_path, f'webhook = "{webhook.url}"')
    needed(hospital)
    hospital.clock.put("06:11")
    webhook.answers += [500]
    assert look(desk) == 1
    hospital.clock.put("06:13")

    assert look(desk) == 1
    assert [one["stage"] for one in webhook.posted] == ["late", "late"]


def test_an_address_with_a_wrong_certificate_gets_nothing(
    hospital: Hospital, tmp_path: Path, certificates: dict[str, Path]
) -> None:
    for which, told in (("wrong", 0), ("right", 1)):
        with Webhook(certificates[which]) as server:
            more = f'webhook = "{server.url}"\nca_file = "{certificates[which]}"'
            desk = telling(hospital, tmp_path / which, more)
            needed(hospital)
            look(desk)
            assert len(server.posted) == told


def test_nobody_waits_for_an_address_that_says_nothing(hospital: Hospital, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        desk = telling(hospital, tmp_path, f'webhook = "{url}"')
        needed(hospital)
        began = time.monotonic()
        assert rules.run(desk) == 0
        assert time.monotonic() - began < 1


def by_apprise(hospital: Hospital, folder: Path, *lines: str, more: str = "") -> Desk:
    """The desk of the department that tells Apprise's addresses; the file has a remark and an empty line, too."""
    folder.mkdir(exist_ok=True)
    (folder / "apprise.conf").write_text("\n".join(("# duty", "", *lines)), encoding="utf-8")
    return telling(hospital, folder, f'apprise_file = "{folder / "apprise.conf"}"\n{more}')


def test_each_address_of_apprise_is_told_once_without_words_and_one_that_fails_is_tried_again_alone(
    hospital: Hospital, tmp_path: Path, webhook: Webhook, caplog: pytest.LogCaptureFixture
) -> None:
    with Webhook() as other:
        here, there = (f"json://127.0.0.1:{one.server_address[1]}/secret" for one in (webhook, other))
        desk = by_apprise(hospital, tmp_path, here, there)
        other.answers += [500]
        needed(hospital)
        with caplog.at_level(logging.WARNING):
            assert (look(desk), look(desk)) == (2, 0)
        hospital.clock.put("06:01")
        assert (look(desk), look(desk)) == (1, 0)

        assert [len(one.posted) for one in (webhook, other)] == [1, 2]
        assert webhook.posted[0]["title"] == "Urgent: 4 West, equipment, since 06:00; nobody has it yet"
        assert "Ring 4 West: 4410." in webhook.posted[0]["message"]
        assert WORDS.split()[1] not in json.dumps(webhook.posted + other.posted)
    assert "NetworkError" in caplog.text
    assert "secret" not in caplog.text


def test_the_rules_look_where_there_is_nobody_to_tell_but_by_apprise(
    hospital: Hospital, tmp_path: Path, webhook: Webhook
) -> None:
    desk = by_apprise(hospital, tmp_path, f"json://127.0.0.1:{webhook.server_address[1]}/")
    needed(hospital)
    rules.run(desk)
    until = time.monotonic() + 20
    while not webhook.posted and time.monotonic() < until:
        time.sleep(0.05)

    assert len(webhook.posted) == 1


@pytest.mark.parametrize("line", ["no such service", "jsons://127.0.0.1:1/secret?verify=no"])
def test_an_address_that_apprise_does_not_know_or_that_verifies_nothing_gets_nothing(line: str) -> None:
    with pytest.raises(ConfigError, match=r"A line of notify\.apprise_file"):
        messengers.tell(line, "title", "words")


def test_apprise_trusts_whom_this_computer_trusts_and_the_authority_that_is_named(
    certificates: dict[str, Path],
) -> None:
    with Webhook(certificates["right"]) as server:
        address = f"jsons://127.0.0.1:{server.server_address[1]}/"
        with pytest.raises(NetworkError):
            messengers.tell(address, "title", "words")
        assert server.posted == []
        messengers.tell(address, "title", "words", certificates["right"])

        assert [one["title"] for one in server.posted] == ["title"]


def test_without_the_extra_it_is_said_so_and_the_other_ways_go_on(
    hospital: Hospital, tmp_path: Path, webhook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)  # as Python itself marks what cannot be imported
    desk = by_apprise(hospital, tmp_path, "json://127.0.0.1:1/", more=f'webhook = "{webhook.url}"')
    needed(hospital)

    assert look(desk) == 2
    assert len(webhook.posted) == 1
    with pytest.raises(ConfigError, match=r"pip install wsq-huddle\[notify\]"):
        messengers.tell("json://127.0.0.1:1/", "title", "words")


def test_after_four_hours_it_is_no_news(hospital: Hospital, tmp_path: Path, webhook: Webhook) -> None:
    desk = telling(hospital, tmp_path, f'webhook = "{webhook.url}"')
    needed(hospital)
    hospital.clock.put("06:00", DAY + timedelta(days=1))

    assert look(desk) == 0
