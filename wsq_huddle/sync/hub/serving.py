"""Runs the hub: in the foreground for `serve`, or in a thread beside something else."""

import contextlib
import ipaddress
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import uvicorn

from wsq_huddle.errors import ConfigError, HuddleError, NetworkError
from wsq_huddle.store.store import Store
from wsq_huddle.sync.logs import stop_logs, write_logs

from .app import make_app
from .patience import Patience

log = logging.getLogger(__name__)

RULES_SECONDS = 20.0
ENDING_SECONDS = 5
BACKLOG = 2_048


class Runs(Protocol):
    """What runs beside the hub: the link to its own parent."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass(frozen=True)
class Address:
    """Where the hub listens; port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 7150
    cert: Path | None = None
    key: Path | None = None

    @property
    def loopback(self) -> bool:
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


class _Server(uvicorn.Server):
    """Sends those who wait for their feed home before it waits for them."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End on a signal and no more: raised again, as uvicorn does, it would kill what has still to be closed."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        earlier = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in earlier.items():
                signal.signal(number, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)


class Hub:
    """One hub. `start` and `stop` run it in a thread; `run` in the foreground, until a signal comes."""

    def __init__(self, store: Store, address: Address) -> None:
        _check(address)
        self._socket = _listen(address)
        self.host = address.host
        self.port: int = self._socket.getsockname()[1]
        self._secure = address.cert is not None
        self._app = make_app(store)
        config = uvicorn.Config(
            self._app,
            http=Patience,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="on",
            timeout_keep_alive=65,
            timeout_graceful_shutdown=ENDING_SECONDS,
            h11_max_incomplete_event_size=16 * 1024,
            limit_concurrency=2_000,
            ssl_certfile=str(address.cert) if address.cert else None,
            ssl_keyfile=str(address.key) if address.key else None,
        )
        try:
            config.load()
        except OSError as error:
            self._socket.close()
            files = " and ".join(str(file) for file in (address.cert, address.key) if file)
            raise ConfigError(
                f"The certificate or its key cannot be used, {files}: {error.strerror or error}."
            ) from error
        self._server = _Server(config, self._end_waiting)
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self._secure else 'http'}://{host}:{self.port}"

    def heeding_signals(self) -> contextlib.AbstractContextManager[None]:
        """Take a signal as the wish to end from now on, also before the first request can come."""
        return self._server.capture_signals()

    def run(self) -> None:
        """Serve until a signal, or `leave`."""
        with contextlib.suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])

    def leave(self) -> None:
        """End soon; from any thread."""
        self._server.should_exit = True

    def start(self) -> None:
        """Serve in a thread; returns when the hub answers."""
        self._thread = threading.Thread(target=self.run, name="hub", daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise NetworkError("The hub could not start; the log file says why.")
            self._thread.join(0.01)

    def stop(self) -> None:
        self.leave()
        if self._thread is not None:
            self._thread.join(ENDING_SECONDS + 5)
            self._thread = None
        self._socket.close()

    def _end_waiting(self) -> None:
        if self._app.state.desk.news is not None:
            self._app.state.desk.news.end()


def serve(  # noqa: PLR0913 - what runs beside a hub
    store: Store,
    address: Address,
    *,
    link: Runs | None = None,
    rules: Callable[[], object] | None = None,
    logs: Path | None = None,
    ready: Callable[[str], None] | None = None,
    tied: bool = False,
) -> None:
    """Run the hub in the foreground until a signal comes; log files go to the folder `logs`.

    `link` to our own parent; `rules` are called every 20 seconds; `ready` is told the address once the port is taken;
    `tied` ends the hub when its standard input is closed, because whoever started it is gone then, however it went.
    """
    handler = write_logs(logs, "hub") if logs else None
    stopping = threading.Event()
    hub = Hub(store, address)
    if tied:
        threading.Thread(target=_leave_with_parent, args=(hub,), name="tied", daemon=True).start()
    if rules is not None:
        threading.Thread(target=_keep_rules, args=(rules, stopping), name="rules", daemon=True).start()
    if link is not None:
        link.start()
    try:
        with hub.heeding_signals():
            if ready is not None:
                ready(hub.url)
            hub.run()
    finally:
        stopping.set()
        if link is not None:
            link.stop()
        hub.stop()
        if handler is not None:
            stop_logs(handler)


def _check(address: Address) -> None:
    if (address.cert is None) != (address.key is None):
        raise ConfigError("A certificate needs its key, and a key its certificate: give --cert and --key.")
    if address.cert is None and not address.loopback:
        raise ConfigError(
            f"Without a certificate the hub listens on this computer only, not on {address.host}."
            " Give --cert and --key, or listen on 127.0.0.1."
        )


def _listen(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # With the protocol named, asyncio sends small answers at once; without, each waits 40 ms for an acknowledgement.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((address.host, address.port))
        # From here on whoever calls waits for the server to start, instead of being told that nobody is there.
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        raise NetworkError(_sentence(address, error)) from error
    found.set_inheritable(False)
    return found


def _sentence(address: Address, error: OSError) -> str:
    import errno  # noqa: PLC0415 - when it went wrong

    where = f"{address.host}:{address.port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is taken: another program listens there, perhaps a hub that runs already. Choose another port."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"This user may not listen on {where}. Choose a port above 1024."
    return f"The hub cannot listen on {where}: {error.strerror or error}."


def _leave_with_parent(hub: Hub) -> None:
    with contextlib.suppress(OSError, ValueError):
        while os.read(0, 4096):  # not sys.stdin: its lock, held here at the end, aborts the interpreter
            pass
    hub.leave()
    threading.Event().wait(ENDING_SECONDS + 3)
    os._exit(0)


def _keep_rules(rules: Callable[[], object], stopping: threading.Event) -> None:
    while not stopping.wait(RULES_SECONDS):
        try:
            rules()
        except HuddleError as error:
            log.warning("the rules wait: %s", type(error).__name__)
        except Exception:  # a rule that fails must not end the hub
            log.exception("a rule failed")
