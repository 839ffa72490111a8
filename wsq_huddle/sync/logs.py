"""Log files: one JSON line an event, one file a process, and never a text, a token or a code in them."""

import json
import logging
import os
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from wsq_huddle.errors import StoreError

_KEPT = 10
_BYTES = 1_000_000
_EXTRAS = ("node", "entry", "reason", "epoch", "peer", "entries")


class JsonLines(logging.Formatter):
    """One JSON object a line; of an error its kind and places, because its message could hold what people typed."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in _EXTRAS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1] is not None:
            error, places, trace = record.exc_info[1], [], record.exc_info[2]
            while trace is not None:
                places.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}")
                trace = trace.tb_next
            line |= {"error": type(error).__name__, "places": places[-12:]}
        return json.dumps(line, ensure_ascii=False)


class _LogFile(RotatingFileHandler):
    """A log file that may fill the disk: what cannot be written any more is left out, and nothing is said of it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - as logging has it
        """Say nothing: the whole line, with its trace, would stand on the terminal of who runs the hub."""


def write_logs(folder: Path, name: str) -> logging.Handler:
    """Write what this program and its server say to a file of this process; the oldest files go."""
    path = folder / f"{name}-{os.getpid()}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(folder.glob(f"{name}-*.log"), key=lambda path: path.stat().st_mtime)[: -_KEPT + 1]:
            old.unlink(missing_ok=True)
        handler = _LogFile(path, maxBytes=_BYTES, backupCount=2, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"The log file {path} cannot be written: {error.strerror or error}.") from error
    handler.setFormatter(JsonLines())
    for logger in ("wsq_huddle", "uvicorn"):
        found = logging.getLogger(logger)
        found.addHandler(handler)
        found.setLevel(logging.INFO)
        found.propagate = False
    return handler


def stop_logs(handler: logging.Handler) -> None:
    """Close a log file again."""
    for logger in ("wsq_huddle", "uvicorn"):
        logging.getLogger(logger).removeHandler(handler)
        logging.getLogger(logger).propagate = True
    handler.close()
