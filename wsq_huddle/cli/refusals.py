"""Every error becomes one sentence, an exit code, and for programs a JSON document. There is never a traceback.

1  the rules say no, or no such thing      4  store
2  usage                                   5  network or hub
3  configuration                           6  a check has found something
70 the program itself has failed; a report without anything that people typed lies in the store's `logs`
"""

import contextlib
import json
import os
import sys
from pathlib import Path

from wsq_huddle.domain.text import clean, one_line
from wsq_huddle.errors import ConfigError, HuddleError

BROKEN = 70
"""The exit code of a failure that is nobody's but the program's (EX_SOFTWARE of sysexits.h)."""

INTERRUPTED = 130


def tell(error: HuddleError, *, as_json: bool) -> int:
    """Say what went wrong, to people and to programs; gives the exit code.

    One line, whatever was typed on the command line; only complaints about huddle.toml may be several.
    """
    sentence = str(error) if isinstance(error, ConfigError) else one_line(str(error))
    return _say(sentence, error.kind, error.exit_code, as_json=as_json)


def tell_usage(sentence: str, *, as_json: bool) -> int:
    """Say how a command was put wrongly."""
    return _say(one_line(sentence), "usage", 2, as_json=as_json)


def tell_broken(error: BaseException, folder: Path | None, *, as_json: bool) -> int:
    """Say that the program failed, and where its report lies."""
    sentence = f"This should not have happened ({type(error).__name__}); nothing half-done was saved."
    with contextlib.suppress(OSError):
        from screens.crash import write_report  # noqa: PLC0415 - only when something broke

        sentence += f" Please give IT this report: {write_report(error, folder or somewhere())}"
    return _say(sentence, "unexpected", BROKEN, as_json=as_json)


def complain(sentence: str) -> None:
    """Say something on stderr beside an answer that was printed."""
    with contextlib.suppress(OSError):
        print(f"wsq-huddle: {clean(sentence)}", file=sys.stderr, flush=True)  # noqa: T201 - this is where it is said


def hush() -> None:
    """Let nothing more be written to where nobody reads any more, also not when Python ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(sentence: str, kind: str, code: int, *, as_json: bool) -> int:
    complain(sentence)
    if as_json:
        try:
            document = {"error": {"kind": kind, "message": clean(sentence)}}
            print(json.dumps(document), flush=True)  # noqa: T201 - this is where it is said
        except BrokenPipeError:
            hush()
    return code


def somewhere() -> Path:
    """Where a report goes that no store can keep: there is none, or it goes with its demo."""
    import tempfile  # noqa: PLC0415 - only when something broke, or in a demo

    return Path(tempfile.gettempdir()) / "wsq-huddle-logs"
