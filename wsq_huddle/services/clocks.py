"""What time it is: the machine's clock, or a rehearsal's, which any number of processes share through a file."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wsq_huddle.domain.records import record
from wsq_huddle.errors import ConfigError, UsageError

Clock = Callable[[], datetime]


def machine_clock() -> datetime:
    """The time of this machine, in UTC."""
    return datetime.now(UTC)


@record
class FrozenClock:
    """Stands still: a verb of a rehearsal with `--now`."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@record
class RunningClock:
    """Runs on from a given time: the hub and the screens of a rehearsal with `--now`."""

    shown: datetime
    real: datetime
    rate: float = 1.0

    def __call__(self) -> datetime:
        return self.shown + (datetime.now(UTC) - self.real) * self.rate


class FileClock:
    """A rehearsal's clock: `{"real": ISO, "shown": ISO, "rate": number}`, read again whenever the file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: int | None = None
        self._clock = RunningClock(datetime.now(UTC), datetime.now(UTC))

    def __call__(self) -> datetime:
        try:
            stamp = self._path.stat().st_mtime_ns
            if stamp != self._stamp:
                self._clock = self._read()
                self._stamp = stamp
        except OSError as error:
            raise ConfigError(f"The rehearsal's clock {self._path} cannot be read: {error.strerror}.") from error
        return self._clock()

    def _read(self) -> RunningClock:
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
            return RunningClock(instant(read["shown"]), instant(read["real"]), float(read["rate"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"The rehearsal's clock {self._path} is not as it should be: {error}.") from error


def write_clock(path: Path, shown: datetime, *, rate: float = 1.0) -> None:
    """Set a rehearsal's clock; every process that reads the file follows at its next look."""
    real = datetime.now(UTC)
    text = json.dumps({"real": real.isoformat(), "shown": shown.astimezone(UTC).isoformat(), "rate": rate})
    temporary = path.with_suffix(".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def instant(text: str) -> datetime:
    """An instant from ISO 8601 text; it must say its offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no time like 2026-11-24T07:15:00+00:00.") from None
    if found.tzinfo is None:
        raise UsageError(f"{text!r} does not say its offset from UTC; write it like 2026-11-24T07:15:00+00:00.")
    return found.astimezone(UTC)


def later(clock: Clock, seconds: float) -> datetime:
    """The time in so many seconds on a clock."""
    return clock() + timedelta(seconds=seconds)
