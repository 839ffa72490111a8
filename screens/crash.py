"""What is written down when the screens break: where, never what people typed."""

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

_SENTENCE = "The screens had to stop; everything entered and typed is kept. Please give IT this report: {path}"


def write_report(error: BaseException, folder: Path) -> Path:
    """Write down where an error arose, and give the file.

    Neither local variables nor the error's own words are in it: both may hold what people typed.
    """
    path = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}  Python {platform.python_version()}  {sys.platform}"]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"\n{type(cause).__module__}.{type(cause).__qualname__}")
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}\n    {frame.line}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as report:
        report.write("\n".join(lines) + "\n")
    return path


def sentence(path: Path) -> str:
    """Say that the screens broke, and where the report is."""
    return _SENTENCE.format(path=path)
