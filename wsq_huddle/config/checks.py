"""Rules that look at more than one value: slots and window, references, keys that must differ."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from wsq_huddle.config.complaints import Complaints, Where, meant
from wsq_huddle.config.settings import Settings
from wsq_huddle.config.tables import Huddle, Window
from wsq_huddle.domain.slots import DAY, SHORT_ROLL_CALL, clock, end_of, leaves, minutes_of, too_early

_THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")
_Unique = tuple[str, Iterable[Any], str, Callable[[Any], object]]


def check_settings(settings: Settings, found: Complaints) -> None:
    """Complain about everything in these settings that does not fit together."""
    _check_window(settings.window, found)
    _check_slots(settings, found)
    _check_keys(settings, found)
    _check_references(settings, found)
    _check_store(settings, found)
    _check_mail(settings, found)
    _check_apprise(settings, found)
    _check_roll_calls(settings, found)


def _check_window(window: Window, found: Complaints) -> None:
    if window.closes <= window.opens:
        told = f"the window closes at {window.closes:%H:%M}, before it opens at {window.opens:%H:%M}."
        found.error(("window", "closes"), told)


def _check_slots(settings: Settings, found: Complaints) -> None:
    window = settings.window
    opens, closes = minutes_of(window.opens), minutes_of(window.closes)
    before: Huddle | None = None
    place: Where
    for number, huddle in enumerate(settings.huddles):
        place = ("huddle", number, "at") if found.line(("huddle", number)) else ("window",)
        slot = f"{clock(minutes_of(huddle.at))} to {clock(end_of(huddle))}"
        if huddle.protected and opens < closes and leaves(huddle, window):
            found.error(
                place,
                f"the slot {slot} leaves the window {clock(opens)} to {clock(closes)}. Move the slot, widen [window],"
                " or write protected = false if this huddle is not part of the morning chain.",
            )
        if end_of(huddle) > DAY:
            found.error(place, f"the slot {slot} runs past midnight; end it before.")
        if before is not None and too_early(huddle, before):
            found.error(
                place,
                f"{huddle.name} at {clock(minutes_of(huddle.at))} is out of sequence: {before.name} before it ends at"
                f" {clock(end_of(before))}. Write the slots in the order of the day.",
            )
        before = huddle


def _check_keys(settings: Settings, found: Complaints) -> None:
    sorts: tuple[_Unique, ...] = (
        ("huddle", settings.huddles, "name", lambda one: one.name),
        ("item", settings.items, "key", lambda one: one.key),
        ("measure", settings.measures, "key", lambda one: one.key),
        ("standard", settings.standards, "key", lambda one: one.key),
        ("category", settings.own_categories, "key", lambda one: one.key),
        ("cause", settings.own_causes, "key", lambda one: (one.event, one.key)),
        ("person", settings.people, "name", lambda one: one.name),
    )
    for table, rows, key, of in sorts:
        first: dict[object, int] = {}
        for number, row in enumerate(rows):
            earlier = first.setdefault(of(row), number)
            if earlier != number:
                line = found.line((table, earlier, key))
                told = f'"{getattr(row, key)}" stands here already' + (f" in line {line}" if line else "")
                found.error((table, number, key), f"{told}; give this one another.")
    _check_letters(settings, found)


def _check_letters(settings: Settings, found: Complaints) -> None:
    own = {one.key: number for number, one in enumerate(settings.own_categories)}
    holders: dict[str, str] = {}
    brought_first = sorted(settings.categories, key=lambda one: own.get(one.key, -1))
    for category in brought_first:
        holder = holders.setdefault(category.letter, category.key)
        if holder != category.key and category.key in own:
            place = ("category", own[category.key], "letter")
            free = ", ".join(sorted(set("abcdefghijklmnopqrstuvwxyz") - {one.letter for one in brought_first}))
            found.error(place, f'"{category.letter}" already chooses {holder}. Free letters: {free}.')


def _check_references(settings: Settings, found: Complaints) -> None:
    targets = {
        "measure": [one.key for one in settings.measures],
        "standard": [one.key for one in settings.standards],
    }
    events = [one.key for one in settings.items if one.kind == "events"]
    for number, item in enumerate(settings.items):
        for kind, known in targets.items():
            reference = getattr(item, kind)
            place = ("item", number, kind)
            if item.kind == kind and not reference:
                found.error(place, f'an item of kind {kind} names its {kind}, for example {kind} = "{item.key}".')
            elif reference and item.kind != kind:
                found.error(place, f"only an item of kind {kind} names a {kind}; this one is of kind {item.kind}.")
            elif reference and "/" not in reference and reference not in known and not found.about(kind):
                found.error(place, f"there is no [[{kind}]] with the key {reference}.{meant(reference, known)}")
        if min(item.tiers, default=0) < 1:
            found.error(("item", number, "tiers"), "name at least one tier, for example tiers = [1].")
        elif max(item.tiers) > settings.node.tier:
            told = f"an item is for our own tier or those below; this node is of tier {settings.node.tier}."
            found.error(("item", number, "tiers"), told)
    known_events = {*events, *(one.event for one in settings.causes if one not in settings.own_causes)}
    for number, cause in enumerate(settings.own_causes):
        if cause.event not in known_events and not found.about("item"):
            told = f"no [[item]] of kind events has the key {cause.event}.{meant(cause.event, known_events)}"
            found.error(("cause", number, "event"), told)


def _check_store(settings: Settings, found: Complaints) -> None:
    if settings.store.password_file and not settings.store.url:
        found.error(("store", "password_file"), "a password goes with a url; without one the store is a file.")
    for name in ("hub", "link"):
        table = getattr(settings, name)
        if bool(table.cert_file) != bool(table.key_file):
            missing = "key_file" if table.cert_file else "cert_file"
            found.error((name, missing), "cert_file and key_file only work together; name both.")


def _check_mail(settings: Settings, found: Complaints) -> None:
    mail = settings.mail
    if mail.password_file and not mail.user:
        found.error(("mail", "password_file"), "a password goes with a user; name both.")
    if not mail.host:
        if settings.notify.mail:
            found.error(("notify", "mail"), "urgent news goes by the mail server of [mail]; name its host and sender.")
        return
    for name in ("sender",) if settings.notify.mail else ("sender", "to"):
        if not getattr(mail, name):
            found.error(("mail", "host"), f"mail needs {name} too.")
    if mail.security == "none" and mail.host not in _THIS_COMPUTER:
        told = "without security mail only goes to this same computer; write starttls or tls."
        found.error(("mail", "security"), told)


def _check_apprise(settings: Settings, found: Complaints) -> None:
    """Warn where nobody would be told; a hub does not stand still for it."""
    path = settings.file(settings.notify.apprise_file)
    if path is None:
        return
    from importlib.util import find_spec  # noqa: PLC0415 - only where such a file is named

    if find_spec("apprise") is None:
        told = "the extra is not installed, so nobody is told this way: pip install wsq-huddle[notify]"
        found.warning(("notify", "apprise_file"), told)
    if not path.is_file():
        found.warning(("notify", "apprise_file"), f"there is no file {path}; it has one address on each line.")


def _check_roll_calls(settings: Settings, found: Complaints) -> None:
    """Warn where the areas named in a roll call would have too little time to speak."""
    for number, item in enumerate(settings.items):
        if item.kind == "roll-call" and item.areas and settings.huddles:
            check_roll_call(settings, len(item.areas), found, ("item", number, "areas"))


def check_roll_call(settings: Settings, areas: int, found: Complaints, place: Where = ("huddle", 0, "minutes")) -> None:
    minutes = settings.huddles[0].minutes
    seconds = settings.roll_call_seconds(minutes, areas)
    if seconds < SHORT_ROLL_CALL:
        found.warning(
            place,
            f"{areas} areas in {minutes} minutes leave {seconds} s each in the roll call, less than"
            f" {SHORT_ROLL_CALL} s. Lengthen the slot or split the roll call.",
        )


@dataclass(frozen=True)
class Neighbour:
    """The morning slot of a node below or above us, in our own time zone."""

    name: str
    at: time
    minutes: int


def check_sequence(
    settings: Settings, found: Complaints, *, below: Iterable[Neighbour] = (), above: Neighbour | None = None
) -> None:
    """Complain where our morning huddle begins before one below us has ended, or ends after the one above has begun."""
    number, ours = next(((at, one) for at, one in enumerate(settings.huddles) if one.protected), (0, None))
    if ours is None:
        return
    place = ("huddle", number, "at")
    for one in below:
        if too_early(ours, one):
            told = f"{ours.name} at {clock(minutes_of(ours.at))} is out of sequence: {one.name} below us ends at"
            found.error(place, f"{told} {clock(end_of(one))}. Begin later, so that what comes up is here.")
    if above is not None and too_early(above, ours):
        told = f"{ours.name} ends at {clock(end_of(ours))}, after {above.name} above us begins at"
        found.error(place, f"{told} {clock(minutes_of(above.at))}. Begin earlier, or shorten it.")
