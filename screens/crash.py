"""What is written down when the screens break: where, never what people typed."""

import os
import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from rich.text import Text
from textual.app import App

_SENTENCE = "The screens had to stop; everything entered and typed is kept. Please give IT this report: {path}"


def write_report(error: BaseException, folder: Path) -> Path:
    """Write down where an error arose, and give the file.

    Neither local variables nor the error's own words are in it: both may hold what people typed.
    """
    path = folder.absolute() / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}-{os.getpid()}.txt"
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


class Steadfast(App[None]):
    """An app that breaks with one sentence and a report; Textual would print all local variables, and exit with 0."""

    def __init__(self, reports: Path) -> None:
        super().__init__()
        self._reports = reports

    def report(self, error: BaseException) -> Path:
        """Write down where an error arose."""
        return write_report(error, self._reports)

    def _handle_exception(self, error: Exception) -> None:
        """Say one sentence and write a report; Textual would print all local variables, and exit with 0."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        if not self._exit_renderables:
            try:
                words = sentence(self.report(error))
            except OSError:
                words = "The screens had to stop; everything entered and typed is kept. No report could be written."
            self._exit_renderables.append(Text(words))
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print the sentence unbroken: a path in it that went over two lines could not be copied whole."""
        for said in self._exit_renderables[:1]:
            self.error_console.print(said, soft_wrap=True)
        self._exit_renderables.clear()

    def _fatal_error(self) -> None:
        """Report what Textual itself gave up on, in the same way."""
        error = sys.exc_info()[1]
        self._handle_exception(error if isinstance(error, Exception) else RuntimeError())
