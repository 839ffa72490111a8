"""The demo as it runs: hubs that end with it, a folder that is known again, a morning that goes on by itself."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.rehearsal.hospitals import Kept, Story, told, warm
from tests.rehearsal.mornings import MORNING, SHORT
from wsq_huddle.config import load
from wsq_huddle.domain.huddles import State as Sat
from wsq_huddle.domain.links import Touch
from wsq_huddle.domain.problems import Problem, State
from wsq_huddle.errors import ConfigError, UsageError
from wsq_huddle.rehearsal.counting import count
from wsq_huddle.rehearsal.demo import Hospital, open_hospital
from wsq_huddle.services import chains, huddles, links, problems, sites, todays

ANSWERED = 20.0
RUNS = """
import json, sys, time
from pathlib import Path
from wsq_huddle.rehearsal.demo import open_hospital
hospital = open_hospital(Path(sys.argv[1]))
hospital.start()
print(json.dumps(hospital.ports), flush=True)
time.sleep(120)
"""


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        asking.settimeout(1)
        return asking.connect_ex(("127.0.0.1", port)) == 0


def _until(what: Callable[[], bool], seconds: float = ANSWERED) -> bool:
    until = time.monotonic() + seconds
    while not what():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _leapt(hospital: Hospital) -> bool:
    return _until(lambda: not hospital.leaping)


@dataclass(frozen=True)
class Walk:
    """A temporary hospital from when its screens open until it is left: what was told, what came back, its folder."""

    story: Story
    asked: bool
    answered: bool
    solved: Problem
    names: tuple[str, str]
    folder: Path


@pytest.fixture(scope="module")
def walk() -> Walk:
    with open_hospital(tale=SHORT, now=lambda: MORNING, launch=warm) as hospital:
        story = told(hospital)
        unit, biomed = hospital.desks["4-west"], hospital.desks["biomed"]
        hospital.start()
        hospital.wires.run()  # as the screens of 4 West would
        huddles.open_today(unit, leader="Ana R.")
        mine = problems.raise_at(unit, title="Two IV pumps missing", category="equipment")
        problems.escalate(unit, mine.id, need="two pumps by noon")
        huddles.close(unit, huddles.sitting(unit))
        asked = _until(lambda: mine.id in {one.id for one in problems.listed(hospital.desks["cardiac"], at="here")})

        while hospital.forward() < hospital.days.at(0, "09:12"):
            assert _leapt(hospital)
        assert _leapt(hospital)

        answered = _until(lambda: mine.id in {one.id for one in todays.answers(unit).problems})
        names = biomed.names("4-west"), sites.read(biomed).name_of("4-west")
        return Walk(story, asked, answered, problems.read(unit, mine.id), names, hospital.folder)


def test_the_same_seed_tells_the_same_story(left: Kept, walk: Walk) -> None:
    assert left.story == walk.story
    assert walk.story.total() > 300
    assert all(at <= MORNING for _, _, at, _ in walk.story)


def test_answers_arrive_by_themselves(walk: Walk) -> None:
    assert walk.asked
    assert walk.answered
    assert walk.solved.path == ("4-west", "cardiac", "executive", "biomed")
    assert walk.names == ("4 West", "4 West")
    assert walk.solved.state is State.RESOLVED


def test_a_temporary_hospital_goes_when_it_is_left(walk: Walk) -> None:
    assert not walk.folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_the_hubs_end_when_the_demo_is_killed(left: Kept, tmp_path: Path) -> None:
    folder = left.copied(tmp_path / "hospital")
    demo = subprocess.Popen([sys.executable, "-c", RUNS, str(folder)], stdout=subprocess.PIPE)
    try:
        assert demo.stdout is not None
        ports = json.loads(demo.stdout.readline())
        answered = [_answers(port) for port in ports.values()]
    finally:
        os.kill(demo.pid, signal.SIGKILL)
        demo.wait()
        if demo.stdout is not None:
            demo.stdout.close()

    assert answered == [True, True, True]
    assert _until(lambda: not any(_answers(port) for port in ports.values()))

    _days_go_by(folder / "clock.json")
    with open_hospital(folder, tale=SHORT, launch=warm) as again:
        shown = again.now()
        again.wires.run()

        assert shown.date() == again.days.morning
        assert again.wires.settle()
        assert count(again.desks).lost == 0


def _days_go_by(clock: Path) -> None:
    """Let the clock that nobody has stopped run on for two days."""
    shown = json.loads(clock.read_text(encoding="utf-8"))
    shown["real"] = (datetime.fromisoformat(shown["real"]) - timedelta(days=2)).isoformat()
    clock.write_text(json.dumps(shown), encoding="utf-8")


def test_a_folder_is_kept_and_gone_on_with_and_nobody_elses_is_touched(left: Kept, tmp_path: Path) -> None:
    folder, other = left.copied(tmp_path / "hospital"), tmp_path / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("mine", encoding="utf-8")

    with open_hospital(folder, node="4-east", tale=SHORT, launch=warm) as again:
        there = problems.read(again.desks["4-west"], left.raised)
        settings = load(again.config(), environ={}).settings

        assert there.title == "Clock in room 2 stopped"
        assert settings.node.key == "4-east"
        assert 0 <= (again.now() - left.shown).total_seconds() < 60

    assert folder.exists()
    with pytest.raises(ConfigError, match="no demo made it"):
        open_hospital(other)
    assert (other / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_a_node_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="4-west"):
        open_hospital(node="9-north")


def test_who_takes_a_seat_at_the_department_sees_the_units_before_its_huddle_and_holds_it_alone(
    left: Kept, tmp_path: Path
) -> None:
    with open_hospital(left.copied(tmp_path / "hospital"), tale=SHORT, launch=warm) as hospital:
        hospital.start()
        desk = hospital.desks["cardiac"]
        assert _until(lambda: links.up(desk).touch is Touch.IN_TOUCH)
        path = hospital.switch("cardiac")
        assert _leapt(hospital)
        touch = links.up(desk).touch
        states = {row.node: row.state.value for row in chains.morning(desk).rows}
        came_up = [one.title for one in todays.came_up(desk).problems]

        hospital.forward()
        assert _leapt(hospital)

        assert path == hospital.folder / "cardiac" / "huddle.toml"
        assert touch is Touch.IN_TOUCH  # though the clock has leapt by forty minutes
        assert states["4-west"] == states["4-east"] == states["ccu"] == states["5-east"] == "held"
        assert {"Two IV pumps missing", "2 RN short until 19:00", "Infusion pumps short"} <= set(came_up)
        assert huddles.sitting(desk).state is Sat.PLANNED
        assert huddles.sitting(hospital.desks["surgery"]).state is Sat.CLOSED
