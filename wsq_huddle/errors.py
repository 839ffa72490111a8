"""What can go wrong, as a tree. Each message is a sentence for the person who reads it.

HuddleError
├── NotAllowed          the rules of the huddle say no                          exit 1
│   └── NotFound        there is no such thing, or more than one                exit 1
├── UsageError          the command was put wrongly                             exit 2
├── ConfigError         huddle.toml or the environment is not right             exit 3
├── StoreError          the store cannot be opened, read or written             exit 4
│   └── NewerStore      a newer program has written this store
├── NetworkError        the hub, or the way to it                               exit 5
│   └── Rejected        the hub understood and refused: token, code, protocol
└── CheckFailed         a check has found something                             exit 6
"""

from typing import ClassVar


class HuddleError(Exception):
    """The base of all errors that are told to a person instead of shown as a traceback."""

    kind: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1


class NotAllowed(HuddleError):
    kind = "not-allowed"


class NotFound(NotAllowed):
    kind = "not-found"


class UsageError(HuddleError):
    kind = "usage"
    exit_code = 2


class ConfigError(HuddleError):
    kind = "config"
    exit_code = 3


class StoreError(HuddleError):
    kind = "store"
    exit_code = 4


class NewerStore(StoreError):
    kind = "newer-store"


class NetworkError(HuddleError):
    kind = "network"
    exit_code = 5


class Rejected(NetworkError):
    kind = "rejected"


class CheckFailed(HuddleError):
    kind = "check-failed"
    exit_code = 6
