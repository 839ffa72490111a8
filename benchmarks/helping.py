"""What it costs to be told the commands: `wsq-huddle --help` as a process of its own, beside a bare Typer app.

    python benchmarks/helping.py

The bound: 120 ms of the processor. Asked in turn within one run, medians of seven rounds of five.
"""

import os
import statistics
import subprocess
import sys
import time

ROUNDS, TIMES = 7, 5
BOUND = 120
BARE = "import typer; app = typer.Typer(); app.command()(lambda: None); app()"
ASKED = {
    "--help": ("-m", "wsq_huddle", "--help"),
    "problem raise --help": ("-m", "wsq_huddle", "problem", "raise", "--help"),
    "bare --help": ("-c", BARE, "--help"),
}


def cost(words: tuple[str, ...]) -> tuple[float, float]:
    """Milliseconds of wall and processor of one process."""
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-I", *words], stdout=subprocess.DEVNULL) as program:  # noqa: S603 - our own
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode:
        raise SystemExit(f"{words} ended with {program.returncode}")
    return (time.perf_counter() - begun) * 1000, (used.ru_utime + used.ru_stime) * 1000


def main() -> None:
    for words in ASKED.values():
        cost(words)
    rounds = []
    for _ in range(ROUNDS):
        found = {name: [cost(words) for _ in range(TIMES)] for name, words in ASKED.items()}
        rounds.append(
            {name: tuple(statistics.median(one[at] for one in told) for at in (0, 1)) for name, told in found.items()}
        )
    for name in ASKED:
        wall, cpu = (statistics.median(one[name][at] for one in rounds) for at in (0, 1))
        ratio = statistics.median(one[name][1] / one["bare --help"][1] for one in rounds)
        bound = f"  bound {BOUND} {'held' if cpu <= BOUND else 'NOT HELD'}" if name == "--help" else ""
        print(f"{name:22} wall {wall:4.0f} ms  processor {cpu:4.0f} ms  {ratio:.2f} of bare{bound}")


if __name__ == "__main__":
    main()
