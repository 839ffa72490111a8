"""Makes the nodes in a folder: huddle.toml and store of each, enrolled over HTTP with one-time codes."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from wsq_huddle.config import load
from wsq_huddle.config.writing import with_value, write_new
from wsq_huddle.services import definitions, nodes
from wsq_huddle.services.clocks import Clock
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.stores import make_at
from wsq_huddle.sync.joining import join
from wsq_huddle.sync.link.way import Way

from .hospital import BY_KEY, EMERGENCY, Place
from .hubs import HubProcess, Launch, launch

_LASTS = timedelta(days=1)
_WEEK = ["mon", "tue", "wed", "thu", "fri"]
_ROLES = {1: "charge nurse", 2: "director", 3: "executive"}


@dataclass(frozen=True)
class Ground:
    """Where the hospital stands: its folder, its zone, the port of each hub, and how hubs are started there."""

    folder: Path
    zone: ZoneInfo
    ports: dict[str, int]
    launch: Launch = launch

    def config(self, key: str) -> Path:
        return self.folder / key / "huddle.toml"

    def url(self, key: str) -> str:
        return f"http://127.0.0.1:{self.ports[key]}"

    def hub(self, key: str, clock: Path) -> HubProcess:
        """Start the hub of a node."""
        return HubProcess(self.config(key), clock, self.url(key), self.launch)


def furnish(ground: Ground, place: Place, clock: Clock) -> Desk:
    """Make one node: its huddle.toml and its store, marked as a rehearsal for good."""
    path = write_new(
        ground.folder / place.key,
        key=place.key,
        name=place.name,
        tier=place.tier,
        timezone=ground.zone.key,
        dir_given=True,
        call=place.call,
        emergency=EMERGENCY,
        url=ground.url(place.parent) if place.parent else "",
    )
    text = with_value(path.read_text(encoding="utf-8"), "calendar", "days", list(_WEEK))
    if place.key in ground.ports:
        text = with_value(text, "hub", "listen", f"127.0.0.1:{ground.ports[place.key]}")
    path.write_text(text + _rows(place), encoding="utf-8")
    settings = load(path, environ={}).settings
    return Desk(make_at(settings, clock, rehearsal=True), settings)


def enrol(ground: Ground, above: Desk, desk: Desk) -> None:
    """Let a node join the one above it: a code made there, used here, over HTTP."""
    place = BY_KEY[desk.node]
    above.sign_as(BY_KEY[above.node].people[0])
    invitation = nodes.invite(above, place.key, name=place.name, tier=place.tier, lasts=_LASTS)
    join(desk.store, Way(ground.url(above.node)), invitation.code)


def publish(desk: Desk) -> None:
    """Tell the others what huddle.toml says."""
    definitions.publish(desk)


def _rows(place: Place) -> str:
    """The tables that the sample has as remarks only: our slot, where it is not the usual one, and who signs."""
    told: list[str] = []
    if place.at:
        told.append(f'[[huddle]]\nname = "morning"\nat = "{place.at}"\nminutes = 10')
    for person in place.people:
        role = _ROLES[place.tier]
        told.append(f"[[person]]\nname = {json.dumps(person)}\nrole = {json.dumps(role)}")
    return "\n" + "\n\n".join(told) + "\n"
