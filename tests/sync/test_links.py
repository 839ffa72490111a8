"""The link: what it says of itself, who runs it, and that the screens need no hub to have one."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scripted import scripted
from tests.sync.places import Hospital, eventually, made, problem, raised, recorded
from tests.warm import ROOT
from wsq_huddle.domain.problems import Assigned
from wsq_huddle.errors import ConfigError, NetworkError, NotAllowed, Rejected
from wsq_huddle.store.locks import link_lock
from wsq_huddle.sync.enrolling import revoke
from wsq_huddle.sync.link import Link, Touch, Way, once, state_of
from wsq_huddle.sync.link.exchange import backoff
from wsq_huddle.sync.link.once import exchange_once
from wsq_huddle.sync.link.positions import position_of


def test_a_node_without_a_parent_has_nothing_to_exchange(tmp_path: Path) -> None:
    store = made(tmp_path / "cardiac", "cardiac")

    assert state_of(store).touch is Touch.ALONE
    with pytest.raises(NotAllowed, match="no node above"):
        exchange_once(store, Way("http://127.0.0.1:1"))
    store.close()


def test_a_hub_that_is_not_there_is_said_in_a_sentence(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    place.stop_hub("cardiac")

    with pytest.raises(NetworkError, match="cannot be reached"):
        place.exchange("4-west")


@pytest.mark.parametrize("url", ["http://hub.example:7150", "http://10.0.0.1", "ftp://127.0.0.1", "hub", ""])
def test_a_way_that_would_carry_the_token_in_the_open_is_refused(tmp_path: Path, url: str) -> None:
    store = made(tmp_path / "4-west", "4-west")

    with pytest.raises(ConfigError):
        Link(store, Way(url))
    store.close()


def test_what_the_node_below_has_counts_as_waiting_no_longer_while_it_listens(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    link = place.link("4-west")
    eventually(lambda: link.state().touch is Touch.IN_TOUCH)
    west, cardiac = place.store("4-west"), place.store("cardiac")
    subject = raised(cardiac, tells="executive")
    recorded(cardiac, subject, Assigned(to="4-west", need="look"))
    eventually(lambda: problem(west, subject))

    def waits() -> int:
        row = cardiac.look().one("SELECT out_head - out_acked AS n FROM link_out WHERE peer = '4-west'")
        return int(row["n"]) if row else 0

    eventually(lambda: waits() == 0, 5)


def test_sync_asks_whoever_runs_the_link_already(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    link = place.link("4-west")
    eventually(lambda: link.state().touch is Touch.IN_TOUCH)
    subject = raised(place.store("4-west"))
    exchanged = place.exchange("4-west")

    assert (exchanged.peer, exchanged.waiting) == ("cardiac", 0)
    assert problem(place.store("cardiac"), subject) is not None


def test_sync_gives_up_on_a_holder_that_cannot_finish(place: Hospital, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "SECONDS", 0.5)
    place.joined(("4-west", "cardiac"))
    lock = link_lock(place.store("4-west").place)
    assert lock.take()

    with pytest.raises(NetworkError, match="Another process runs the link"):
        place.exchange("4-west")
    lock.free()


def test_one_link_at_a_time_and_the_next_takes_over(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    first = place.link("4-west")
    second = Link(place.store("4-west"), place.ways["4-west"])
    second.start()
    for _ in range(5):
        first.stop()
        first.start()
    first.stop()
    subject = raised(place.store("4-west"))

    eventually(lambda: problem(place.store("cardiac"), subject) is not None)
    second.stop()


def test_a_link_that_is_not_accepted_says_why_also_to_other_processes(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    link = place.link("4-west")
    eventually(lambda: link.state().touch is Touch.IN_TOUCH)
    revoke(place.store("cardiac"), "4-west")
    eventually(lambda: link.state().touch is Touch.NOT_ACCEPTED)

    assert link.state().why == "This node is not let in here. Ask for a code and join again."
    eventually(lambda: state_of(place.store("4-west")).touch is Touch.NOT_ACCEPTED)
    place.enrol("4-west", "cardiac")
    link.wake()
    eventually(lambda: link.state().touch is Touch.IN_TOUCH)


def test_sync_says_why_when_whoever_runs_the_link_is_not_let_in(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    place.link("4-west")
    eventually(lambda: place.links["4-west"].state().touch is Touch.IN_TOUCH)
    revoke(place.store("cardiac"), "4-west")
    eventually(lambda: state_of(place.store("4-west")).touch is Touch.NOT_ACCEPTED)

    began = time.monotonic()
    with pytest.raises(Rejected, match="not let in"):
        place.exchange("4-west")
    assert time.monotonic() - began < 15


def test_what_another_process_records_is_sent_by_the_link_of_this_one(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    link = place.link("4-west")
    eventually(lambda: link.state().touch is Touch.IN_TOUCH)
    script = "import sys; from pathlib import Path; from tests.sync.places import *;"
    script += "raised(opened(Path(sys.argv[1]), '4-west'), 'From another process', 'cardiac')"
    assert scripted(script, place.folder / "4-west").communicate() == ("", "")

    eventually(lambda: not position_of(place.store("4-west")).waiting)
    eventually(lambda: place.store("cardiac").look().one("SELECT 1 AS x FROM problem") is not None)


def own_name_server(resolv: Path) -> list[str]:
    """What to put before a command so that it asks the name server of a file."""
    return ["unshare", "-m", "sh", "-c", 'mount --bind "$0" /etc/resolv.conf && exec "$@"', str(resolv)]


def test_who_leaves_does_not_wait_for_a_name_server_that_is_silent(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    resolv = place.folder / "resolv.conf"
    resolv.write_text("nameserver 192.0.2.1\n")
    if shutil.which("unshare") is None or subprocess.run([*own_name_server(resolv), "true"], check=False).returncode:
        pytest.skip("only root on Linux may give a program a name server of its own")
    script = "import sys, time; from pathlib import Path; from tests.sync.places import *;"
    script += "link = Link(opened(Path(sys.argv[1]), '4-west'), Way('https://hub.example:7150'));"
    script += "link.start(); time.sleep(1.5); began = time.monotonic(); link.stop(); print(time.monotonic() - began)"
    command = [*own_name_server(resolv), sys.executable, "-c", script, str(place.folder / "4-west")]
    ran = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)

    assert float(ran.stdout) < 1.5  # it was between 3 and 10


def test_waiting_grows_by_chance_and_never_beyond_a_minute() -> None:
    assert all(0 <= backoff(tries, 0.0) <= min(60, 2**tries) for tries in range(12) for _ in range(20))
    assert backoff(3, 90.0) == 90.0


def test_the_screens_get_the_link_without_the_hub() -> None:
    script = "import sys, wsq_huddle.sync.link; print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)

    loaded = set(ran.stdout.split())
    assert not loaded & {"fastapi", "starlette", "uvicorn", "pydantic", "httpx", "sqlalchemy"}
