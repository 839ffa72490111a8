"""The settings in force at a node: huddle.toml, completed by what the program brings along."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wsq_huddle.config import places, shipped
from wsq_huddle.config.tables import (
    ROWS,
    SINGLE,
    Calendar,
    Category,
    Cause,
    Hub,
    Huddle,
    Item,
    Link,
    Mail,
    Measure,
    Node,
    Notify,
    Person,
    Rules,
    Screens,
    Standard,
    Store,
    Window,
    table,
)
from wsq_huddle.domain import slots

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

SORTS = ("items", "measures", "standards", "window", "categories", "causes", "people", "phones", "stand_ins")
"""The sorts of definitions, each published as one set."""

Plain = dict[str, Any]


@table
class Settings:
    """All settings of one node. `home` is the folder of huddle.toml, from which relative paths are read."""

    home: Path
    node: Node
    store: Store
    hub: Hub
    link: Link
    window: Window
    calendar: Calendar
    rules: Rules
    mail: Mail
    notify: Notify
    screens: Screens
    huddles: tuple[Huddle, ...]
    items: tuple[Item, ...]
    measures: tuple[Measure, ...]
    standards: tuple[Standard, ...]
    own_categories: tuple[Category, ...]
    own_causes: tuple[Cause, ...]
    people: tuple[Person, ...]

    @property
    def zone(self) -> "ZoneInfo":
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - screens are painted before anybody needs a time zone

        return ZoneInfo(self.node.timezone)

    @property
    def categories(self) -> tuple[Category, ...]:
        """The kinds of problem: the twelve that every node has, renamed where ours has the same key, then our own."""
        own = {one.key: one for one in self.own_categories}
        ours = tuple(own.pop(one.key, one) for one in shipped.CATEGORIES)
        return ours + tuple(own.values())

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The likely causes of events; a kind of event with causes of our own has only those."""
        told = {one.event for one in self.own_causes}
        return tuple(one for one in shipped.CAUSES if one.event not in told) + self.own_causes

    @property
    def store_folder(self) -> Path:
        """The folder of database, secrets, logs and backups, absolute."""
        return self.file(self.store.folder) or places.data_folder(self.node.key)

    @property
    def database(self) -> Path:
        return self.store_folder / "huddle.db"

    @property
    def secrets(self) -> Path:
        return self.store_folder / "secrets"

    @property
    def logs(self) -> Path:
        return self.store_folder / "logs"

    @property
    def backups(self) -> Path:
        return self.store_folder / "backups"

    def roll_call_seconds(self, minutes: int, areas: int) -> int:
        """How long each of so many areas has in the roll call of a slot."""
        rules = self.rules
        return slots.roll_call_seconds(minutes, areas, most=rules.roll_call_seconds, percent=rules.roll_call_percent)

    def file(self, written: str) -> Path | None:
        """The absolute path of a file or folder that huddle.toml names; None where it names none."""
        return (self.home / Path(written).expanduser()).resolve() if written else None

    def listed(self) -> Iterator[tuple[str, Any]]:
        """Every setting in force by its dotted name, rows counted from 1, in the order of the sample."""
        for name in SINGLE:
            for key, value in _plain(getattr(self, name)).items():
                yield f"{name}.{key}", value
        rows = (self.huddles, self.items, self.measures, self.standards)
        for name, own in zip(ROWS, (*rows, self.own_categories, self.own_causes, self.people), strict=True):
            for number, row in enumerate(_plain_rows(own), 1):
                for key, value in row.items():
                    yield f"{name}.{number}.{key}", value

    def definitions(self) -> dict[str, list[Plain]]:
        """What is published to the other nodes, by sort, as plain JSON in an order that is always the same.

        Kinds of problem and causes that the program brings along are everywhere already; only our own are published.
        """
        node, calendar = self.node, self.calendar
        window = {
            **_plain(self.window),
            "timezone": node.timezone,
            "huddles": _plain_rows(self.huddles),
            "calendar": _plain(calendar),
        }
        phones = {"call": node.call, "emergency": node.emergency}
        return {
            "items": _plain_rows(self.items),
            "measures": _plain_rows(self.measures),
            "standards": _plain_rows(self.standards),
            "window": [window],
            "categories": _plain_rows(self.own_categories),
            "causes": _plain_rows(self.own_causes),
            "people": _plain_rows(self.people),
            "phones": [phones] if any(phones.values()) else [],
            "stand_ins": [{"node": calendar.stand_in}] if calendar.stand_in else [],
        }


def plain(value: object) -> Any:  # noqa: ANN401 - JSON has no better name
    """Turn a setting into what JSON can hold; times are `HH:MM`, dates ISO 8601."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return value


def _plain(table: Any) -> Plain:  # noqa: ANN401 - any of the tables
    return {one.name: plain(getattr(table, one.name)) for one in fields(table)}


def _plain_rows(rows: Iterable[object]) -> list[Plain]:
    return [_plain(row) for row in rows]
