"""How the program ends: an exit code, at most one sentence, never a traceback."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import PROGRAM, Node, ran, started
from wsq_huddle import __version__


def test_the_version_is_told() -> None:
    assert ran("--version").out == f"wsq-huddle {__version__}\n"
    assert ran("--version", "--json").json == {"version": __version__}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("frob",), "There is no command frob."),
        (("fr\nob",), "There is no command fr ob."),
        (("problm",), "Did you mean problem?"),
        (("problem", "rase", "x"), "Did you mean 'raise'?"),
        (("problem",), "Missing command"),
        (("problem", "raise"), "Missing argument"),
        (("problem", "raise", "a", "b"), "unexpected extra argument"),
        (("problem", "resolve", "0198"), "Missing option '--remedy'"),
        (("problem", "list", "--stat", "open"), "--stat"),
        (("problem", "list", "--state"), "--state"),
        (("--frob",), "--frob"),
        (("--",), "Missing command"),
        (("chain", "--as"), "--as needs a value."),
    ],
)
def test_a_command_that_is_put_wrongly_is_one_sentence_and_2(words: tuple[str, ...], says: str) -> None:
    told = ran("--json", *words)

    assert (told.code, told.kind) == (2, "usage")
    assert told.err.startswith("wsq-huddle: ")
    assert told.err.count("\n") == 1
    assert says in told.err
    assert told.json["error"]["message"] in told.err
    assert ran(*words).out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("huddle", "answer", "fa\nlls", "3"),
        ("huddle", "answer", "--from", "no\nform.txt"),
        ("huddle", "show", "--huddle", "mor\nning"),
        ("nodes", "revoke", "4\nwest"),
        ("problem", "show", "ab\ncd"),
        ("--config", "no\nfile.toml", "problem", "list"),
    ],
)
def test_what_was_typed_makes_no_error_of_several_lines(unit: Node, words: tuple[str, ...]) -> None:
    told = unit.try_(*words, "--json")

    assert told.code != 0
    assert told.err.count("\n") == 1
    assert "\n" not in told.json["error"]["message"]


def test_it_runs_from_any_folder_and_nothing_there_shadows_it(unit: Node, tmp_path: Path) -> None:
    (tmp_path / "wsq_huddle").mkdir()
    (tmp_path / "typing.py").write_text("raise SystemExit('shadowed')\n")
    told = started("--config", str(unit.config), "problem", "list", "--json", folder=tmp_path)

    assert (told.code, told.json) == (0, [])


def test_a_reader_that_goes_away_is_no_error(unit: Node) -> None:
    for number in range(5):
        unit.do("problem", "raise", f"{number} " + "x" * 190, "--detail", "y" * 9_000)
    process = subprocess.Popen(
        [*PROGRAM, "--config", str(unit.config), "log", "export"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()

    assert (process.wait(timeout=20), err) == (0, b"")


def test_ctrl_c_is_quiet(unit: Node) -> None:
    code = (
        "import signal, sys, threading; from wsq_huddle.cli import chains\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background is born without it\n"
        "chains.chains.morning = lambda *_: (print('begun', flush=True), threading.Event().wait(30))\n"
        "from wsq_huddle.cli.program import run; sys.exit(run(sys.argv[1:]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", code, "--config", str(unit.config), "chain"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)

    assert (process.returncode, out, err) == (130, "", "")


def test_what_should_not_happen_is_one_sentence_and_a_report_without_what_was_typed(unit: Node) -> None:
    code = (
        "import sys\n"
        "from wsq_huddle.services import problems\n"
        "def broken(desk, **typed):\n"
        "    secret = 'in a local variable'\n"
        "    raise RuntimeError(f'while saving {typed}')\n"
        "problems.raise_at = broken\n"
        "from wsq_huddle.cli.program import run; sys.exit(run(sys.argv[1:]))"
    )
    words = ("--config", str(unit.config), "problem", "raise", "very private words", "--json")
    told = subprocess.run([sys.executable, "-I", "-c", code, *words], capture_output=True, text=True, check=False)

    assert told.returncode == 70
    assert told.stderr.startswith("wsq-huddle: This should not have happened (RuntimeError)")
    assert told.stderr.count("\n") == 1
    assert '"unexpected"' in told.stdout
    (report,) = (unit.folder / "data/logs").iterdir()
    text = report.read_text(encoding="utf-8")
    assert "in broken" in text
    for private in ("very private words", "in a local variable", "secret ="):
        assert private not in text.replace("secret = 'in a local variable'", "") or private == "secret ="
        assert private not in told.stderr


def test_every_command_without_a_set_up_computer_says_so() -> None:
    for words in (
        ("chain",),
        ("problem", "list"),
        ("huddle", "open"),
        ("log", "verify"),
        ("store", "check"),
        ("sync",),
    ):
        told = ran(*words, "--json")
        assert (told.code, told.kind) == (3, "config"), words
        assert "`wsq-huddle init`" in told.err


def test_a_verb_is_done_within_a_second_of_cpu(unit: Node) -> None:
    began = time.process_time()
    unit.do("problem", "raise", "x")

    assert time.process_time() - began < 1.0
