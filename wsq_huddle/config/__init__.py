"""huddle.toml -> Settings: found, read with all complaints at once, written by `init`."""

from wsq_huddle.config.checks import Neighbour
from wsq_huddle.config.complaints import Complaint, Severity
from wsq_huddle.config.loading import Loaded, check, find, load
from wsq_huddle.config.settings import SORTS, Settings, plain

__all__ = [
    "SORTS",
    "Complaint",
    "Loaded",
    "Neighbour",
    "Settings",
    "Severity",
    "check",
    "find",
    "load",
    "plain",
]
