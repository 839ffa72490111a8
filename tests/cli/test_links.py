"""`sync`, `serve` and `outbox`: a problem goes up and its answer comes down, over real sockets and processes."""

import os
import signal
import socket
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.hubs import Hub, joined, serving
from tests.cli.running import PROGRAM, Node, made, started, unprivileged
from tests.sync.places import eventually
from tests.warm import Warm

EXCHANGED = {"peer", "sent", "received", "refused", "waiting", "at"}
WAITING = {"id", "peer", "n", "kind", "subject", "queued_at", "refused"}


@pytest.fixture
def below(hub: Hub, unit: Node) -> Node:
    joined(hub, unit)
    return unit


def test_a_problem_goes_up_and_its_answer_comes_down(hub: Hub, below: Node) -> None:
    subject = below.json("problem", "raise", "Two IV pumps missing")["id"]
    asked = below.json(
        "problem", "escalate", subject, "--need", "two pumps", "--tried", "5 East", "--by", "2026-11-24T17:00"
    )
    sent = below.json("sync")
    there = hub.node.json("problem", "list", "--at", "here")
    listed, read = (hub.node.do("problem", *words).out for words in (("list",), ("show", subject)))
    hub.node.json("problem", "resolve", subject, "--remedy", "two from Biomed")
    came = below.json("sync")

    assert set(sent) == EXCHANGED
    assert (sent["peer"], sent["refused"], sent["waiting"]) == ("cardiac", 0, 0)
    assert asked["escalation"] == {
        "mode": "action", "tried": "5 East", "need": "two pumps", "by": "2026-11-24T17:00:00+00:00",
    }  # fmt: skip
    assert [one["id"] for one in there] == [subject]
    assert there[0]["path"] == ["4-west", "cardiac"]
    assert "Tue 24 Nov 17:00" in listed
    assert read.count("Tue 24 Nov 17:00") == 2, "wanted by, and in the story as people read it"
    assert came["received"] > 0
    shown = below.json("problem", "show", subject)
    assert (shown["state"], shown["holder"], shown["remedy"]) == ("resolved", "4-west", "two from Biomed")
    assert below.json("problem", "confirm", subject)["state"] == "closed"


def test_a_department_that_joins_while_its_hub_runs_sends_and_receives_at_once(hub: Hub, tmp_path: Path) -> None:
    above = made(tmp_path / "executive", "executive", name="Executive", tier=3)
    with serving(above) as top:
        joined(top, hub.node, "cardiac", "Cardiac")
        subject = hub.node.json("problem", "raise", "No agency nurse", "--urgency", "now")["id"]

        eventually(lambda: above.try_("problem", "show", subject).code == 0, 20)
        eventually(lambda: hub.node.json("outbox") == [], 20)


def test_what_is_raised_after_the_huddle_goes_up_by_itself_and_is_heard_there(hub: Hub, below: Node) -> None:
    for words in ("open", "close"):
        below.do("huddle", words)
    raised = below.json("problem", "raise", "Linen short")
    below.do("sync")
    heard = hub.node.json("problem", "see", raised["id"])

    assert (raised["escalation"]["mode"], raised["holder"]) == ("awareness", "4-west")
    assert (heard["story"][-1]["kind"], heard["story"][-1]["node"]) == ("problem.seen", "cardiac")


def test_an_area_is_heard_in_the_roll_call_and_what_is_not_well_is_watched(hub: Hub, below: Node) -> None:
    below.do("huddle", "open")
    below.do("huddle", "answer", "staff", "attention", "--note", "one short")
    watched = below.json("huddle", "watch", "staff")["items"]
    nothing = below.try_("huddle", "watch", "methods")
    hub.node.do("huddle", "open")
    heard = hub.node.json("huddle", "hear", "4-west")["items"]
    unknown = hub.node.try_("huddle", "hear", "nowhere")

    assert ("plan", "watch") in {(one["step"], one["value"]) for one in watched}
    assert (nothing.code, "There is staff." in nothing.err) == (1, True)
    assert "heard" in {one["value"] for one in heard}
    assert unknown.code == 1


def test_what_waits_is_in_the_outbox_until_it_has_arrived(hub: Hub, below: Node) -> None:
    below.json("problem", "raise", "x")
    waiting = below.json("outbox")
    assert [set(one) for one in waiting] == [WAITING]
    assert (waiting[0]["peer"], waiting[0]["kind"], waiting[0]["refused"]) == ("cardiac", "problem.raised", None)

    hub.end()
    told = below.try_("sync", "--json")

    assert (told.code, told.kind) == (5, "network")
    assert below.json("outbox") == waiting
    with serving(hub.node, "--listen", hub.url.removeprefix("http://")):
        assert below.json("sync")["sent"] == 1
    assert below.json("outbox") == []
    assert below.json("outbox", "--refused") == []


def test_what_a_peer_refused_is_shown_with_the_reason_and_may_be_sent_once_more(hub: Hub, below: Node) -> None:
    below.json("problem", "raise", "x")
    (waiting,) = below.json("outbox")
    below.json("sync")
    with closing(sqlite3.connect(below.folder / "data/huddle.db")) as connection:
        row = (waiting["peer"], waiting["id"], waiting["n"], "too large", waiting["queued_at"])
        connection.execute("INSERT INTO refusal (peer, entry_id, n, reason, at) VALUES (?, ?, ?, ?, ?)", row)
        connection.commit()

    refused = below.json("outbox", "--refused")
    again = below.json("outbox", "retry", waiting["id"])

    assert [(one["id"], one["refused"]) for one in refused] == [(waiting["id"], "too large")]
    assert [(one["id"], one["refused"], one["n"] > waiting["n"]) for one in again] == [(waiting["id"], None, True)]
    exchanged = below.json("sync")
    assert (exchanged["sent"], exchanged["waiting"]) == (1, 0)
    assert below.json("outbox") == []
    assert below.json("store", "check")["ok"]
    assert hub.node.json("log", "verify")["ok"]
    assert below.try_("outbox", "retry", waiting["id"]).code == 1


def test_a_node_with_nobody_above_has_nobody_to_exchange_with(unit: Node) -> None:
    for words in (("sync",), ("sync", "--watch")):
        told = unit.try_(*words, "--json")
        assert (told.code, told.kind) == (1, "not-allowed"), words


def test_the_sender_goes_on_until_it_is_stopped(hub: Hub, below: Node) -> None:
    sender = Warm("wsq_huddle", "--config", str(below.config), "--now", below.now, "sync", "--watch")
    try:
        while "in touch" not in (line := sender.stdout.readline()):
            assert line, sender.communicate(timeout=20)[1]
        subject = below.json("problem", "raise", "while it runs")["id"]
        told = below.json("sync")
        assert told["waiting"] == 0
        assert subject in [one["id"] for one in hub.node.json("problem", "list")]
        sender.send_signal(signal.SIGTERM)
        _, err = sender.communicate(timeout=20)
    finally:
        sender.kill()

    assert sender.returncode == 0
    assert err == ""


def test_a_hub_ends_when_it_is_told_to_and_says_nothing(hub: Hub) -> None:
    ended = hub.end()

    assert (ended.code, ended.err) == (0, "")


def test_a_port_that_is_taken_is_named(unit: Node) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        told = unit.try_("serve", "--listen", place, "--json")

    assert (told.code, told.kind) == (5, "network")
    assert f"{place} is taken" in told.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--listen", "0.0.0.0:0"), 3),
        (("--listen", "7150"), 2),
        (("--listen", "127.0.0.1:99999"), 2),
        (("--listen", "127.0.0.1:0", "--cert", "nothing.pem"), 3),
        (("--listen", "127.0.0.1:0", "--cert", "nothing.pem", "--key", "nothing.key"), 3),
    ],
)
def test_a_hub_never_listens_where_others_could_hear_the_tokens(unit: Node, words: tuple[str, ...], code: int) -> None:
    told = unit.try_("serve", *words, "--json")

    assert told.code == code
    assert told.err.startswith("wsq-huddle: ")


def test_a_clock_that_is_far_off_is_pointed_out_at_both_ends(hub: Hub, below: Node) -> None:
    below.do("sync")
    assert hub.node.do("nodes").err == below.do("nodes").err == ""

    told = below.do("sync", "--json", now="2026-11-24T08:15:00+00:00")

    assert "The clock of Cardiac is" in told.err
    assert "min behind ours" in told.err
    assert "The clock of 4 West is" in hub.node.do("nodes").err
    assert set(told.json) == EXCHANGED


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folders")
def test_where_nothing_may_be_written_the_hub_and_the_sender_say_so_in_a_sentence(
    hub: Hub, below: Node, tmp_path: Path
) -> None:
    hub.end()
    places = [node.folder / "data" for node in (hub.node, below)]
    for place in places:
        (place / "link.lock").unlink(missing_ok=True)
        for path in (place, place / "logs"):
            if path.exists():
                path.chmod(0o500)
    sender = subprocess.Popen(
        [*unprivileged(), *PROGRAM, "--config", str(below.config), "--now", below.now, "sync", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        words = ("--config", str(hub.node.config), "--now", hub.node.now, "serve", "--listen", "127.0.0.1:0", "--json")
        served = started(*words, folder=tmp_path, before=unprivileged())
        assert sender.stdout is not None
        told = next(line for line in sender.stdout if "not accepted" in line)
    finally:
        sender.terminate()
        complaints = sender.communicate(timeout=20)[1]
        for place in places:
            place.chmod(0o700)

    assert (served.code, served.kind) == (4, "store")
    assert "cannot be written: Permission denied." in served.err
    assert "link.lock cannot be written: Permission denied." in told
    assert "Traceback" not in complaints
