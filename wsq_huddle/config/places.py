"""Where a node's files lie on this computer: huddle.toml, the shipped sample, the data folder.

platformdirs is imported late: most starts find huddle.toml and the store without it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "huddle.toml"
_APPLICATION = "wsq-huddle"


@dataclass(frozen=True)
class Found:
    """A huddle.toml and why it was taken. One that was asked for by name may not exist."""

    path: Path
    why: str
    asked: bool


def data_folder(node: str) -> Path:
    """The platform's data folder of one node; never the roaming one, which travels between computers."""
    import platformdirs  # noqa: PLC0415 - see above

    return Path(platformdirs.user_data_dir(_APPLICATION, appauthor=False, roaming=False)) / node


def user_config_folder() -> Path:
    import platformdirs  # noqa: PLC0415 - see above

    return Path(platformdirs.user_config_dir(_APPLICATION, appauthor=False, roaming=False))


def machine_config_folder() -> Path:
    import platformdirs  # noqa: PLC0415 - see above

    return Path(platformdirs.site_config_dir(_APPLICATION, appauthor=False))


def candidates(path: Path | None, *, environ: Mapping[str, str], cwd: Path) -> Iterator[Found]:
    """Every place where huddle.toml may be, the first to count first; one that is asked for is the only one."""
    if path is not None:
        yield Found(cwd / path, "named by --config", asked=True)
        return
    named = environ.get("WSQ_HUDDLE_CONFIG")
    if named:
        yield Found(cwd / named, "named by WSQ_HUDDLE_CONFIG", asked=True)
        return
    yield Found(cwd / NAME, "in the current folder", asked=False)
    yield Found(user_config_folder() / NAME, "in the user's config folder", asked=False)
    yield Found(machine_config_folder() / NAME, "in the machine's config folder", asked=False)


def sample() -> Path:
    """The commented sample: beside this module in an installation, at the top of a source checkout."""
    shipped = Path(__file__).with_name(NAME)
    return shipped if shipped.is_file() else Path(__file__).parents[2] / NAME
