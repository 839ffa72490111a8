"""The tables of huddle.toml. A field without a default must be written down; its type says how it is read.

Defaults that depend on the tier (`[[huddle]]`, the agenda) are in `shipped.py`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from datetime import time
from typing import Any, TypeVar, dataclass_transform

from wsq_huddle.config import addresses, values

_Table = TypeVar("_Table")
ROUND_THE_CLOCK = time(0, 0)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def table(made: type[_Table]) -> type[_Table]:
    """Make a frozen dataclass, taking names only, that shares its methods: writing them for each slows every start."""
    methods = {
        "__init__": _filled,
        "__setattr__": _kept,
        "__delattr__": _kept,
        "__eq__": _same,
        "__hash__": _hashed,
        "__repr__": _shown,
    }
    for name, method in methods.items():
        setattr(made, name, method)
    return dataclass(init=False, eq=False, repr=False)(made)


def _filled(self: Any, **told: Any) -> None:  # noqa: ANN401 - any table, any of its values
    mine = vars(self)
    for one in fields(self):
        if one.name in told:
            mine[one.name] = told.pop(one.name)
        elif one.default is not MISSING:
            mine[one.name] = one.default
        elif one.default_factory is not MISSING:
            mine[one.name] = one.default_factory()
        else:
            raise TypeError(f"{type(self).__name__} needs {one.name}")
    if told:
        raise TypeError(f"{type(self).__name__} has no {', '.join(told)}")


def _kept(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"{name} of {type(self).__name__} cannot be changed")


def _same(self: object, other: object) -> bool:
    return vars(self) == vars(other) if type(other) is type(self) else NotImplemented


def _hashed(self: object) -> int:
    return hash((type(self), *map(str, vars(self).values())))


def _shown(self: object) -> str:
    return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


@table
class Node:
    """Who we are. `call` is the number others ring, `emergency` the one that comes before any huddle."""

    key: values.Key
    name: values.Name
    tier: values.Tier
    timezone: values.Zone
    call: values.Words = ""
    emergency: values.Words = ""


@table
class Store:
    """Where entries are kept; an empty folder is the platform's data folder."""

    folder: values.Place = ""
    url: values.StoreUrl = ""
    password_file: values.Place = ""


@table
class Hub:
    """For the nodes below; without a certificate only this computer can reach it."""

    listen: values.Listen = "127.0.0.1:7150"
    cert_file: values.Place = ""
    key_file: values.Place = ""


@table
class Link:
    """The way to the node above; an empty url is a node without one."""

    url: values.LinkUrl = ""
    ca_file: values.Place = ""
    cert_file: values.Place = ""
    key_file: values.Place = ""


@table
class Window:
    """The protected time in which the huddles of all tiers lie."""

    opens: values.Clock = time(7, 0)
    closes: values.Clock = time(9, 0)


@table
class Calendar:
    """When this node works. The same time in `begins` and `ends` is round the clock; `ends` may be past midnight.

    Outside it the node `stand_in` covers, to be rung at `stand_in_call`, and the clocks to acknowledge stand still.
    """

    days: values.Days = values.DAYS
    begins: values.Clock = ROUND_THE_CLOCK
    ends: values.Clock = ROUND_THE_CLOCK
    closed: values.Dates = ()
    stand_in: values.Key = ""
    stand_in_call: values.Words = ""


@table
class Huddle:
    """One slot of the day. One that is not `protected` may lie outside the window, an evening huddle for example.

    On `review_days` it is asked what went well in the huddle and what to change.
    """

    name: values.Key
    at: values.Clock
    minutes: values.Count
    days: values.Days
    protected: values.Switch = True
    review_days: values.Days = ("fri",)


@table
class Item:
    """A line of the agenda. `tiers` says for whose agenda it is meant: ours by default, or tiers below us.

    `areas` is the order of a roll call; areas that are not named come after them. Of what is `good` more is welcome.
    Of an event that is `reportable` every tier is told at once.
    """

    key: values.Key
    step: values.Step
    kind: values.Kind
    ask: values.Name
    tiers: values.Tiers
    group: values.Words = ""
    gloss: values.Words = ""
    measure: values.Reference = ""
    standard: values.Reference = ""
    areas: values.Keys = ()
    good: values.Switch = False
    reportable: values.Switch = False


@table
class Measure:
    """Something counted or measured; `linked` names the measure above us that it serves."""

    key: values.Key
    name: values.Name
    target: values.Number
    direction: values.Direction
    unit: values.Words = ""
    linked: values.Reference = ""


@table
class Standard:
    """Standard work that is looked at: `sample` times a huddle, kept in `target` per cent of them."""

    key: values.Key
    name: values.Name
    target: values.Percent
    sample: values.Count = 10


@table
class Category:
    """A kind of problem, and the letter that chooses it."""

    key: values.Key
    letter: values.Letter
    name: values.Name


@table
class Cause:
    """A likely cause of a kind of event; `event` is the key of an agenda item of kind events."""

    event: values.Key
    key: values.Key
    name: values.Name


@table
class Person:
    """Someone who is offered when something is signed. Who has the role `leads` or `covers` stands on Today."""

    name: values.Name
    initials: values.Words = ""
    role: values.Words = ""


@table
class Rules:
    """The numbers that time rules work with; each name ends in its unit."""

    quick_hit_hours: values.Count = 72
    acknowledge_now_minutes: values.Count = 10
    acknowledge_today_hours: values.Count = 4
    acknowledge_routine_hours: values.Count = 24
    vacant_days: values.Count = 3
    late_minutes: values.Count = 3
    missed_minutes: values.Count = 60
    lapse_huddles: values.Count = 3
    reopen_days: values.Count = 30
    clock_minutes: values.Count = 15
    roll_call_seconds: values.Count = 60
    roll_call_percent: values.Percent = 40


@table
class Mail:
    """The digest by mail, before and after this node's huddle; without a host none is sent.

    `join` is how to take part by phone, `notes` who takes notes; both stand in the mail. `reply_to` gets answers to it.
    """

    host: values.Words = ""
    port: addresses.Port = 587
    security: addresses.Security = "starttls"
    user: values.Words = ""
    password_file: values.Place = ""
    ca_file: values.Place = ""
    sender: addresses.Address = ""
    to: addresses.Addresses = ()
    reply_to: addresses.Address = ""
    before_minutes: values.Count = 5
    before: values.Switch = True
    after: values.Switch = True
    join: values.Words = ""
    notes: values.Words = ""


@table
class Notify:
    """Whom to tell of what is needed now and nobody has: `mail` by the server of [mail], `webhook`, `apprise_file`."""

    mail: addresses.Addresses = ()
    webhook: addresses.Webhook = ""
    apprise_file: values.Place = ""
    ca_file: values.Place = ""


@table
class Screens:
    """How it looks. `keys` gives bindings other keys, by name; with `people` a unit's people are named above it."""

    theme: values.Theme = "dark"
    ascii: values.Switch = False
    mouse: values.Switch = True
    people: values.Switch = False
    keys: values.Bindings = field(default_factory=dict)


SINGLE: Mapping[str, type] = {
    "node": Node,
    "store": Store,
    "hub": Hub,
    "link": Link,
    "window": Window,
    "calendar": Calendar,
    "rules": Rules,
    "mail": Mail,
    "notify": Notify,
    "screens": Screens,
}
"""Tables that stand once, as `[node]`."""

ROWS: Mapping[str, type] = {
    "huddle": Huddle,
    "item": Item,
    "measure": Measure,
    "standard": Standard,
    "category": Category,
    "cause": Cause,
    "person": Person,
}
"""Tables that stand once for each thing, as `[[huddle]]`."""
