"""The digest by mail, on a real server of this computer: once, in time, to nobody with a wrong certificate."""

import email
import logging
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from itertools import pairwise
from pathlib import Path

import pytest

from tests.services.hospital import Hospital, settings_in
from tests.services.postbox import Postbox, certificate
from wsq_huddle.services import definitions, digests, huddles, mails, problems, rules
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import create_store
from wsq_huddle.store.places import MemoryPlace

TO = 'sender = "huddle@hospital.example"\nto = ["cno@hospital.example", "coo@hospital.example"]\n'
NAMES = 'reply_to = "notes@hospital.example"\njoin = "5-7700"\nnotes = "J. Cole"\n'


@pytest.fixture(scope="session")
def right(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of this computer."""
    return certificate(tmp_path_factory.mktemp("right"), "127.0.0.1")


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory, right: Path) -> dict[str, Path]:
    """The certificate of this computer, and that of another one."""
    return {"right": right, "wrong": certificate(tmp_path_factory.mktemp("wrong"), "mail.other.example")}


@pytest.fixture
def postbox(right: Path) -> Iterator[Postbox]:
    with Postbox(right) as server:
        yield server


def posting(hospital: Hospital, folder: Path, port: int, more: str, key: str = "executive") -> Desk:
    """The desk of a node whose huddle.toml has a [mail]; on the same store as before."""
    said = f'host = "127.0.0.1"\nport = {port}\n{TO}{more}'
    before = hospital[key]
    hospital.desks[key] = Desk(before.store, settings_in(folder, key, mail=said))
    return hospital[key]


def trusting(path: Path) -> str:
    return f'ca_file = "{path}"\n'


def look(desk: Desk) -> int:
    """Look as the rules do, and wait for what that began."""
    threads = mails.look(desk)
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    return len(threads)


def read(postbox: Postbox, at: int = -1) -> Message:
    return email.message_from_bytes(postbox.mails[at])


def body(postbox: Postbox, at: int = -1) -> str:
    payload = read(postbox, at).get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r\n", "\n")


def test_the_mail_goes_out_before_the_huddle_and_once(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path
) -> None:
    desk = posting(hospital, tmp_path, postbox.port, trusting(right) + NAMES)
    unit = hospital["4-west"]
    problems.escalate(unit, problems.raise_at(unit, title="secret").id, need="secret")
    hospital.deliver()
    hospital.clock.put("08:39")
    assert look(desk) == 0
    hospital.clock.put("08:40")
    assert look(desk) == 1
    hospital.clock.put("08:44")
    assert look(desk) == 0
    again = Desk(desk.store, desk.settings)  # another process
    assert look(again) == 0

    mail = read(postbox)
    assert len(postbox.mails) == 1
    assert mail["To"] == "cno@hospital.example, coo@hospital.example"
    assert mail["Reply-To"] == "notes@hospital.example"
    assert mail["Subject"] == "0 to decide, 0 to know; 0 of 3 units held (Tue 24 Nov 08:40)"
    assert "Join by phone: 5-7700. J. Cole takes notes" in body(postbox)
    assert "secret" not in body(postbox)
    assert not any(said.startswith("(in the clear) MAIL") for said in postbox.heard)


def test_after_the_huddle_a_second_mail_says_what_was_decided(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path
) -> None:
    desk = posting(hospital, tmp_path, postbox.port, trusting(right))
    hospital.clock.put("08:45")
    huddles.open_today(desk)
    hospital.clock.put("08:59")
    assert look(desk) == 0
    huddles.close(desk, huddles.sitting(desk))
    assert look(desk) == 1
    assert look(desk) == 0

    assert "DECIDED: nothing yet." in body(postbox)
    assert read(postbox)["Message-ID"] == "<huddle-executive-2026-11-24-morning.mail-after@hospital.example>"


def test_hours_after_the_huddle_its_mail_is_not_worth_sending_any_more(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path
) -> None:
    desk = posting(hospital, tmp_path, postbox.port, trusting(right))
    hospital.clock.put("08:45")
    huddles.open_today(desk)
    hospital.clock.put("09:00")
    huddles.close(desk, huddles.sitting(desk))
    hospital.clock.put("13:01")
    assert mails.due(desk) == []
    hospital.clock.put("12:59")
    assert [one.rule for one in mails.due(desk)] == [mails.AFTER]


def test_a_huddle_that_nobody_closes_is_over_half_an_hour_after_its_time(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path
) -> None:
    desk = posting(hospital, tmp_path, postbox.port, trusting(right))
    hospital.clock.put("08:45")
    huddles.open_today(desk)
    hospital.clock.put("09:29")
    assert look(desk) == 0
    hospital.clock.put("09:31")
    assert look(desk) == 1


def test_one_that_was_called_off_has_no_mail_and_a_unit_never_has(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path
) -> None:
    desk = posting(hospital, tmp_path, postbox.port, trusting(right))
    unit = posting(hospital, tmp_path, postbox.port, trusting(right), "4-west")
    hospital.clock.put("07:14")
    assert look(unit) == 0
    hospital.clock.put("08:41")
    huddles.skip(desk, huddles.sitting(desk), why="a fire")
    assert look(desk) == 0
    hospital.clock.put("09:40")
    assert look(desk) == 0


@pytest.mark.parametrize("which", ["nobody trusts it", "another name", "no starttls", "tls, nobody trusts it"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    hospital: Hospital, tmp_path: Path, certificates: dict[str, Path], which: str, caplog: pytest.LogCaptureFixture
) -> None:
    mine = certificates["wrong" if which == "another name" else "right"]
    with Postbox(mine, starttls=which != "no starttls", tls=which.startswith("tls")) as postbox:
        more = "" if which.endswith("nobody trusts it") else trusting(mine)
        more += 'security = "tls"\n' if which.startswith("tls") else ""
        more += f'user = "huddle"\npassword_file = "{tmp_path / "secret"}"\n'
        (tmp_path / "secret").write_text("hunter2\n")
        desk = posting(hospital, tmp_path, postbox.port, more)
        hospital.clock.put("08:41")
        with caplog.at_level(logging.WARNING):
            assert look(desk) == 1

        assert postbox.mails == []
        assert not any("AUTH" in said or "MAIL" in said for said in postbox.heard)
        assert "the digest was not sent" in caplog.text


def test_the_password_goes_over_a_verified_way_only(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path
) -> None:
    (tmp_path / "secret").write_text("hunter2\n")
    more = f'user = "huddle"\npassword_file = "{tmp_path / "secret"}"\n'
    desk = posting(hospital, tmp_path, postbox.port, trusting(right) + more)
    hospital.clock.put("08:41")
    assert look(desk) == 1

    assert len(postbox.mails) == 1
    assert next(said for said in postbox.heard if "AUTH" in said).startswith("AUTH PLAIN")


def test_tls_from_the_first_byte_works_too(hospital: Hospital, tmp_path: Path, right: Path) -> None:
    with Postbox(right, tls=True) as postbox:
        desk = posting(hospital, tmp_path, postbox.port, trusting(right) + 'security = "tls"\n')
        hospital.clock.put("08:41")
        assert look(desk) == 1
        assert len(postbox.mails) == 1


def test_what_is_refused_is_tried_again_later_and_later_until_the_huddle_begins(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = posting(hospital, tmp_path, postbox.port, trusting(right))
    postbox.refusing = 99
    hospital.clock.put("08:40")
    tries = []
    with caplog.at_level(logging.WARNING):
        for second in range(0, 420, 5):
            hospital.clock.put("08:40")
            hospital.clock.at(hospital.clock() + timedelta(seconds=second))
            if look(desk):
                tries.append(second)

    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert len(tries) >= 4
    assert waits == sorted(waits)
    assert max(tries) < 300
    assert "text of your mail" not in caplog.text
    assert postbox.mails == []


def test_a_mail_that_failed_goes_out_at_the_next_try_and_then_never_again(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path
) -> None:
    desk = posting(hospital, tmp_path, postbox.port, trusting(right))
    postbox.refusing = 1
    hospital.clock.put("08:40")
    assert look(desk) == 1
    hospital.clock.put("08:42")
    assert look(desk) == 1
    hospital.clock.put("08:44")
    assert look(desk) == 0
    assert len(postbox.mails) == 1


def test_who_dies_while_sending_lets_go_of_the_mail(
    hospital: Hospital, tmp_path: Path, postbox: Postbox, right: Path
) -> None:
    desk = posting(hospital, tmp_path, postbox.port, trusting(right))
    hospital.clock.put("08:40")
    one = mails.due(desk)[0]
    assert mails._claimed(desk, one)  # noqa: SLF001 - and then it is killed
    hospital.clock.put("08:42")
    assert look(desk) == 0
    hospital.clock.put("08:44")
    assert look(desk) == 1
    assert len(postbox.mails) == 1


def test_a_server_that_says_nothing_keeps_nobody_waiting(hospital: Hospital, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        desk = posting(hospital, tmp_path, deaf.getsockname()[1], 'security = "none"\n')
        hospital.clock.put("08:40")
        before = time.monotonic()
        rules.run(desk)

        assert time.monotonic() - before < 2


def test_a_rehearsal_says_that_it_is_one(hospital: Hospital, tmp_path: Path) -> None:
    desk = posting(hospital, tmp_path, 25, 'security = "none"\n')
    hospital.clock.put("08:40")
    store = create_store(MemoryPlace(), "executive", clock=hospital.clock, rehearsal=True)
    rehearsed = Desk(store, desk.settings)
    definitions.publish(rehearsed)
    subjects = [mails.written(one, mails.due(one)[0], digests.digest(one))["Subject"] for one in (desk, rehearsed)]
    store.close()

    assert [subject.startswith("Rehearsal: ") for subject in subjects] == [False, True]
