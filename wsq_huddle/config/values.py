"""What a single value in huddle.toml may be: each reader takes what TOML gave and returns what the program works with.

A reader that cannot take a value raises `Wrong` with a sentence that says what to write instead.
"""

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from wsq_huddle.config.complaints import meant
from wsq_huddle.config.zones import known_zone, near_zone

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STEPS = ("from-above", "targets", "status", "plan", "help")
KINDS = (
    "readiness",
    "measure",
    "events",
    "standard",
    "check",
    "count",
    "text",
    "actions",
    "problems",
    "roll-call",
    "announcements",
)
DIRECTIONS = ("at-most", "at-least")
THEMES = ("dark", "light", "contrast", "ansi")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_LONGEST_KEY = 40
_LONGEST_WORDS = 200
_MOST = 10_000
"""Beyond this a number is a slip of the finger, whatever is counted."""
HIGHEST_TIER = 9
_HIGHEST_PORT = 65535


class Wrong(Exception):
    """Raised for a value that will not do; the message says what would."""


def _name(value: object) -> str:
    """What a person would call a value of this type."""
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list"}
    return names.get(type(value), "a table" if isinstance(value, dict) else "a date or time")


def read_text(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong(f'this must be a text in "quotes", not {_name(value)}.')
    return value


def read_words(value: object) -> str:
    """Read one line that people see."""
    words = read_text(value).strip()
    if not words.isprintable():
        raise Wrong("this must be one line without control characters.")
    if len(words) > _LONGEST_WORDS:
        raise Wrong(f"this is longer than {_LONGEST_WORDS} characters; shorten it.")
    return words


def read_name(value: object) -> str:
    words = read_words(value)
    if not words:
        raise Wrong("this must not be empty.")
    return words


def read_place(value: object) -> str:
    """Read a path, still as it is written; `~/` is the home of who runs the program."""
    words = read_words(value)
    if words.startswith("~") and not words.startswith("~/"):
        raise Wrong("write the whole path, or begin with ~/ for the home folder.")
    return words


def slug(words: str) -> str:
    """Make a key out of a name: `4 West` becomes `4-west`."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:_LONGEST_KEY].strip("-")


def read_key(value: object) -> str:
    key = read_text(value)
    if not _KEY.fullmatch(key) or len(key) > _LONGEST_KEY:
        near = slug(key)
        raise Wrong(
            f"a key has lower-case letters, digits and single dashes, at most {_LONGEST_KEY}."
            + (f' Write "{near}".' if near else "")
        )
    return key


def read_reference(value: object) -> str:
    """Read a key of ours, or `owner/key` for what a node above us has declared."""
    owner, slash, key = read_text(value).rpartition("/")
    if slash:
        read_key(owner)
    return f"{owner}{slash}{read_key(key)}"


def read_letter(value: object) -> str:
    letter = read_text(value)
    if len(letter) != 1 or not "a" <= letter <= "z":
        raise Wrong("this must be one lower-case letter, a to z.")
    return letter


def read_switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong(f"this must be true or false, without quotes, not {_name(value)}.")
    return value


def read_whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(f"this must be a whole number without quotes, not {_name(value)}.")
    return value


def read_within(value: object, lowest: int, highest: int, otherwise: str) -> int:
    """Read a whole number between two others, themselves among them; `otherwise` says what it must be."""
    number = read_whole(value)
    if not lowest <= number <= highest:
        raise Wrong(otherwise)
    return number


def read_count(value: object) -> int:
    """Read a whole number of at least one, small enough to be meant."""
    return read_within(value, 1, _MOST, f"this must be a whole number of at least 1 and at most {_MOST}.")


def read_tier(value: object) -> int:
    return read_within(value, 1, HIGHEST_TIER, f"a tier is 1 (the front line) or higher, at most {HIGHEST_TIER}.")


def read_percent(value: object) -> int:
    return read_within(value, 0, 100, "this is a percentage: write a whole number from 0 to 100.")


def read_number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(f"this must be a number without quotes, not {_name(value)}.")
    if not abs(value) < 1e12:  # noqa: PLR2004 - also catches nan and inf, which no chart can show
        raise Wrong("this number is too large to be meant.")
    return float(value)


def read_time(value: object) -> time:
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise Wrong('this must be a time of day such as "07:15".')
    return time(int(match[1]), int(match[2]))


def read_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise Wrong("this must be a date such as 2026-12-25.") from None


def read_zone(value: object) -> str:
    name = read_text(value)
    if not known_zone(name):
        near = near_zone(name)
        hint = f" Did you mean {near}?" if near else ' Write one such as "Europe/Berlin" or "America/Chicago".'
        raise Wrong(f"there is no time zone of this name.{hint}")
    return name


def read_store_url(value: object) -> str:
    url = read_text(value)
    if _has_password(url):
        raise Wrong("a password must not stand here: put it into a file of its own and name it in password_file.")
    if url and not url.startswith("postgresql+psycopg://"):
        raise Wrong("this must begin with postgresql+psycopg:// (without a url the store is a file in folder).")
    return url


def read_link_url(value: object) -> str:
    url = read_text(value).rstrip("/")
    if _has_password(url):
        raise Wrong("a password must not stand in an address; nodes show each other a token instead.")
    if not url or re.fullmatch(r"https://[^\s/?#]+(?:/[^\s?#]*)?", url):
        return url
    if re.fullmatch(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?", url):
        return url
    raise Wrong("this must begin with https:// (http:// only goes to this same computer).")


def _has_password(url: str) -> bool:
    return re.search(r"//[^@]*:.*@|[?&]\s*(?:password|passfile)\s*=", url, re.DOTALL | re.IGNORECASE) is not None


def read_listen(value: object) -> str:
    listen = read_text(value)
    host, _, port = listen.rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    if not host or (":" in host and not bracketed) or not re.fullmatch(r"\d{1,5}", port, re.ASCII):
        raise Wrong('this must be an address and a port, such as "0.0.0.0:7150" or "[::1]:7150".')
    if int(port) > _HIGHEST_PORT:
        raise Wrong(f"a port is at most {_HIGHEST_PORT}.")
    return listen


def _one_of(value: object, allowed: tuple[str, ...]) -> str:
    word = read_text(value)
    if word not in allowed:
        raise Wrong(f"this must be one of {', '.join(allowed)}.{meant(word, allowed)}")
    return word


def read_step(value: object) -> str:
    return _one_of(value, STEPS)


def read_kind(value: object) -> str:
    return _one_of(value, KINDS)


def read_direction(value: object) -> str:
    return _one_of(value, DIRECTIONS)


def read_theme(value: object) -> str:
    return _one_of(value, THEMES)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Wrong(f"this must be a list in [square brackets], not {_name(value)}.")
    return value


def read_days(value: object) -> tuple[str, ...]:
    """Read days of the week; they come back in the order of the week, each once."""
    days = {_one_of(day.lower() if isinstance(day, str) else day, DAYS) for day in _list(value)}
    if not days:
        raise Wrong("name at least one day, such as mon.")
    return tuple(day for day in DAYS if day in days)


def read_dates(value: object) -> tuple[date, ...]:
    return tuple(sorted({read_date(day) for day in _list(value)}))


def read_tiers(value: object) -> tuple[int, ...]:
    return tuple(sorted({read_tier(tier) for tier in _list(value)}))


def read_keys(value: object) -> tuple[str, ...]:
    keys = tuple(read_key(key) for key in _list(value))
    if len(set(keys)) < len(keys):
        raise Wrong("a key stands here twice.")
    return keys


def read_bindings(value: object) -> dict[str, str]:
    """Read `[screens.keys]`: which key does what, by the name of the binding."""
    if not isinstance(value, dict):
        raise Wrong(f"this must be a table [screens.keys], not {_name(value)}.")
    return {name: read_name(key) for name, key in value.items()}


Words = Annotated[str, read_words]
Name = Annotated[str, read_name]
Place = Annotated[str, read_place]
Key = Annotated[str, read_key]
Reference = Annotated[str, read_reference]
Letter = Annotated[str, read_letter]
Switch = Annotated[bool, read_switch]
Count = Annotated[int, read_count]
Tier = Annotated[int, read_tier]
Percent = Annotated[int, read_percent]
Number = Annotated[float, read_number]
Clock = Annotated[time, read_time]
Zone = Annotated[str, read_zone]
StoreUrl = Annotated[str, read_store_url]
LinkUrl = Annotated[str, read_link_url]
Listen = Annotated[str, read_listen]
Step = Annotated[str, read_step]
Kind = Annotated[str, read_kind]
Direction = Annotated[str, read_direction]
Theme = Annotated[str, read_theme]
Days = Annotated[tuple[str, ...], read_days]
Dates = Annotated[tuple[date, ...], read_dates]
Tiers = Annotated[tuple[int, ...], read_tiers]
Keys = Annotated[tuple[str, ...], read_keys]
Bindings = Annotated[dict[str, str], read_bindings]
