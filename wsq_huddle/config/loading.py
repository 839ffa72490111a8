"""Find this node's huddle.toml, read it, and say which one was taken and why."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wsq_huddle.config.checks import Neighbour, check_roll_call, check_sequence
from wsq_huddle.config.complaints import Complaint, Complaints, Severity, refuse
from wsq_huddle.config.places import Found, candidates
from wsq_huddle.config.reading import Read, read
from wsq_huddle.config.settings import Settings
from wsq_huddle.domain.text import one_line
from wsq_huddle.errors import ConfigError

Bindings = Callable[[Mapping[str, str]], Iterable[tuple[str, str]]]
"""Says what is wrong with the keys given in `[screens.keys]`: the name of each, and a sentence."""

_LARGEST = 1024 * 1024
_NODE = re.compile(rb"^\s*\[\s*node\s*\]", re.MULTILINE)


@dataclass(frozen=True)
class Loaded:
    """Settings, the file they are from, why that one, and where each value came from."""

    settings: Settings
    path: Path
    why: str
    origins: dict[str, str]
    warnings: tuple[Complaint, ...] = ()

    def shown(self) -> list[tuple[str, Any, str]]:
        """All settings in force for `config show`: dotted name, plain value, where it came from."""
        return [(name, value, self.origins.get(name, "default")) for name, value in self.settings.listed()]


def find(
    path: Path | None = None, *, environ: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Found | None:
    """Find this node's huddle.toml; None where this computer is not set up. A file without `[node]` is a sample."""
    environ, cwd = os.environ if environ is None else environ, Path.cwd() if cwd is None else cwd
    for found in candidates(path, environ=environ, cwd=cwd):
        if found.asked or (found.path.is_file() and _is_for_a_node(found.path)):
            return found
    return None


def load(path: Path | None = None, *, environ: Mapping[str, str] | None = None, cwd: Path | None = None) -> Loaded:
    """Load the settings in force, or raise one ConfigError that tells all that is wrong."""
    environ = os.environ if environ is None else environ
    found = find(path, environ=environ, cwd=cwd)
    if found is None:
        raise ConfigError("This computer is not set up for a unit yet: `wsq-huddle init` writes its huddle.toml.")
    got = _read(found.path, environ)
    refuse(got.complaints)
    if got.settings is None:
        raise ConfigError(f"{found.path}: nothing in this file could be used.")
    return Loaded(got.settings, found.path, found.why, got.origins, tuple(got.complaints))


def check(  # noqa: PLR0913 - what others know of the file
    path: Path,
    *,
    environ: Mapping[str, str] | None = None,
    areas: int = 0,
    below: Iterable[Neighbour] = (),
    above: Neighbour | None = None,
    bindings: Bindings = lambda _given: (),
) -> list[Complaint]:
    """List all that is wrong in a file, errors and warnings.

    Who knows the tree adds how many `areas` a roll call has, and the slots of the nodes `below` and `above`; who knows
    the screens says what is wrong with the keys that are given to `bindings`.
    """
    try:
        got = _read(path, environ or {})
    except ConfigError as error:
        return [Complaint(str(path), 0, "", str(error).removeprefix(f"{path}: "))]
    if got.settings is None:
        return got.complaints
    more = Complaints(str(path), got.lines)
    check_sequence(got.settings, more, below=below, above=above)
    for name, told in bindings(got.settings.screens.keys) if got.settings.screens.keys else ():
        more.error(("screens", "keys", name), told)
    if areas and got.settings.huddles:
        check_roll_call(got.settings, areas, more)
    return got.complaints + more.sorted()


def _read(path: Path, environ: Mapping[str, str]) -> Read:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise ConfigError(f"{one_line(str(path))}: there is no such file; `wsq-huddle init` writes one.") from None
    except OSError as error:
        raise ConfigError(f"{path}: this file cannot be read: {error.strerror}.") from None
    except ValueError:
        raise ConfigError("the path of huddle.toml has characters that no path may have.") from None
    if len(content) > _LARGEST:
        raise ConfigError(f"{path}: this file is larger than 1 MiB; it cannot be a huddle.toml.")
    return read(content, path, environ)


def _is_for_a_node(path: Path) -> bool:
    """A file that is wrong is a node's own, too: its complaints must be told, not passed over."""
    try:
        if _NODE.search(path.read_bytes()):
            return True
        got = _read(path, {})
    except (ConfigError, OSError):
        return True
    return got.has_node or any(one.line for one in got.complaints if one.severity is Severity.ERROR)
