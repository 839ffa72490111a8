"""What a push costs: one entry to a real hub, beside a bare Starlette echo that makes one durable commit.

    python benchmarks/pushing.py

The bound: the median of a push of one entry at most three times that of the echo. Both are servers of their own on
loopback, asked in turn by one client within one run, so that a busy machine slows both; medians of seven rounds. The
time of the processor is that of each server, as the kernel counts it, without the client's.
"""

import json
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from wsq_huddle.config import load
from wsq_huddle.services import problems
from wsq_huddle.services.clocks import machine_clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.store.opening import open_store
from wsq_huddle.store.places import FilePlace
from wsq_huddle.sync.link.positions import acknowledged, outgoing, token_of

ROUNDS = 7
PUSHES = 100
PROGRAM = [sys.executable, "-I", "-m", "wsq_huddle"]
BOUND = 3.0


def commit(connection: sqlite3.Connection, body: bytes) -> None:
    """One durable commit of what came, with the settings of the store."""
    with connection:
        connection.execute("INSERT INTO echo (body) VALUES (?)", (body,))


def echo(database: str, port: str) -> None:
    """Run the bare server: this file as a process of its own."""
    import uvicorn  # noqa: PLC0415 - the server's process only
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.concurrency import run_in_threadpool  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import JSONResponse, Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    from wsq_huddle.store.engine import prepare  # noqa: PLC0415

    connection = sqlite3.connect(database, check_same_thread=False)
    prepare(connection)
    connection.execute("CREATE TABLE echo (n INTEGER PRIMARY KEY, body BLOB)")

    async def take(request: Request) -> Response:
        body = await request.body()
        await run_in_threadpool(commit, connection, body)
        return JSONResponse({"bytes": len(json.loads(body))})

    app = Starlette(routes=[Route("/echo", take, methods=["POST"])])
    uvicorn.run(app, host="127.0.0.1", port=int(port), log_level="error")


def run(*arguments: str) -> dict[str, Any]:
    done = subprocess.run([*PROGRAM, *arguments, "--json"], capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def await_answer(url: str) -> None:
    for _ in range(100):
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} does not answer")


def pusher(desk: Desk, client: httpx.Client, hub: str) -> Callable[[], float]:
    """Push one fresh entry; gives seconds from the request to the answer, without the work of the child."""
    token = token_of(desk.store)
    headers = {"Authorization": f"Bearer {token}", "Wsq-Protocol": "1"}

    def push() -> float:
        problems.raise_at(desk, title="Two IV pumps missing", detail="5 East has none to spare until ten")
        sent = outgoing(desk.store)
        if sent is None:
            raise SystemExit("nothing to push")
        body = {
            "epoch": sent.position.epoch,
            "after": sent.position.out_acked,
            "after_chain": sent.chain,
            "entries": [{"head": item.head, "text": item.text, "seal": item.seal} for item in sent.items],
        }
        begun = time.perf_counter()
        answer = client.post(f"{hub}/v1/push", json=body, headers=headers)
        took = time.perf_counter() - begun
        answer.raise_for_status()
        acknowledged(desk.store, sent, answer.json())
        return took

    push()
    return push


def echoer(client: httpx.Client, server: str) -> Callable[[], float]:
    body = {"epoch": 1, "after": 1, "entries": [{"head": "x" * 700, "text": "y" * 90, "seal": "z" * 64}]}

    def ask() -> float:
        begun = time.perf_counter()
        client.post(f"{server}/echo", json=body).raise_for_status()
        return time.perf_counter() - begun

    return ask


def cpu_ms(process: int) -> float:
    """The time of the processor that a process has used so far, with its threads; the scheduler counts nanoseconds."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6


def round_of(asks: dict[int, Callable[[], float]]) -> list[tuple[float, float]]:
    """Ask each server, by its process, in turn: the median by the wall's clock, the mean of what it used of its own.

    One request each, not a hundred each: between two pushes the child writes to its own disk, and whoever is asked
    after that finds a colder machine.
    """
    before = {process: cpu_ms(process) for process in asks}
    walls = [[ask() for ask in asks.values()] for _ in range(PUSHES)]
    medians = [statistics.median(column) * 1000 for column in zip(*walls, strict=True)]
    used = [(cpu_ms(process) - before[process]) / PUSHES for process in asks]
    return list(zip(medians, used, strict=True))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        hub_port, echo_port = free_port(), free_port()
        for key, name, tier in (("cardiac", "Cardiac Services", "2"), ("4-west", "4 West", "1")):
            run("init", "--node", key, "--name", name, "--tier", tier, "--dir", f"{folder}/{key}", "--timezone", "UTC")
        department, unit = f"{folder}/cardiac/huddle.toml", f"{folder}/4-west/huddle.toml"
        code = run("--config", department, "invite", "4-west", "--name", "4 West", "--tier", "1")["code"]
        serve = [*PROGRAM, "--config", department, "serve", "--listen", f"127.0.0.1:{hub_port}"]
        bare = [sys.executable, __file__, f"{folder}/echo.db", str(echo_port)]
        servers = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in (serve, bare)]  # noqa: S603 - ours
        try:
            hub, server = f"http://127.0.0.1:{hub_port}", f"http://127.0.0.1:{echo_port}"
            await_answer(f"{hub}/healthz")
            await_answer(server)
            run("--config", unit, "join", hub, "--code", code)
            settings = load(Path(unit)).settings
            store = open_store(FilePlace(settings.database, settings.secrets), "4-west", clock=machine_clock)
            with httpx.Client(trust_env=False) as client:
                push, ask = pusher(Desk(store, settings), client, hub), echoer(client, server)
                asks = {servers[1].pid: ask, servers[0].pid: push}
                round_of(asks)  # until every statement and every page has been seen once
                rounds = [round_of(asks) for _ in range(ROUNDS)]
        finally:
            for one in servers:
                one.terminate()
                one.wait()
    for place, name in enumerate(("wall", "cpu of the server")):
        echoed, pushed = ([one[place] for one in column] for column in zip(*rounds, strict=True))
        ratio = statistics.median(ours / bare for bare, ours in zip(echoed, pushed, strict=True))
        bound = f"   (at most {BOUND})" if name == "wall" else ""
        print(f"{name}: echo + one durable commit {statistics.median(echoed):6.2f} ms", end="   ")
        print(f"push of one entry {statistics.median(pushed):6.2f} ms   ratio {ratio:5.2f}{bound}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        echo(*sys.argv[1:])
    else:
        main()
