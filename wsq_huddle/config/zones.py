"""Time zones: which names exist, and which one this computer is in."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from wsq_huddle.config.complaints import meant

# Windows has names of its own. These are the ones of the countries with most hospitals; for all others `init` asks.
_WINDOWS = {
    "UTC": "Etc/UTC",
    "GMT Standard Time": "Europe/London",
    "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris",
    "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw",
    "E. Europe Standard Time": "Europe/Chisinau",
    "FLE Standard Time": "Europe/Kiev",
    "GTB Standard Time": "Europe/Bucharest",
    "Turkey Standard Time": "Europe/Istanbul",
    "Eastern Standard Time": "America/New_York",
    "US Eastern Standard Time": "America/Indiana/Indianapolis",
    "Central Standard Time": "America/Chicago",
    "Mountain Standard Time": "America/Denver",
    "US Mountain Standard Time": "America/Phoenix",
    "Pacific Standard Time": "America/Los_Angeles",
    "Alaskan Standard Time": "America/Anchorage",
    "Hawaiian Standard Time": "Pacific/Honolulu",
    "Atlantic Standard Time": "America/Halifax",
    "Newfoundland Standard Time": "America/St_Johns",
    "Canada Central Standard Time": "America/Regina",
    "E. South America Standard Time": "America/Sao_Paulo",
    "India Standard Time": "Asia/Kolkata",
    "China Standard Time": "Asia/Shanghai",
    "Singapore Standard Time": "Asia/Singapore",
    "Tokyo Standard Time": "Asia/Tokyo",
    "Korea Standard Time": "Asia/Seoul",
    "AUS Eastern Standard Time": "Australia/Sydney",
    "E. Australia Standard Time": "Australia/Brisbane",
    "Cen. Australia Standard Time": "Australia/Adelaide",
    "W. Australia Standard Time": "Australia/Perth",
    "New Zealand Standard Time": "Pacific/Auckland",
    "South Africa Standard Time": "Africa/Johannesburg",
    "Israel Standard Time": "Asia/Jerusalem",
    "Arabian Standard Time": "Asia/Dubai",
    "Arab Standard Time": "Asia/Riyadh",
}


@cache
def known_zone(name: str) -> bool:
    import zoneinfo  # noqa: PLC0415 - screens are painted before anybody needs a time zone

    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # a folder such as "Europe" is an OSError
        return False
    return "/" in name or name == "UTC"  # "EST" and "CET" exist, but nobody's clock follows them all year


def near_zone(name: str) -> str:
    """Find the zone that was probably meant; a city alone is enough."""
    import zoneinfo  # noqa: PLC0415 - reads hundreds of file names, and only when something is wrong

    words = name.strip().lower().replace(" ", "_")
    zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
    for zone in zones:
        if words in {zone.lower(), zone.lower().rpartition("/")[2]}:
            return zone
    cities = {zone.rpartition("/")[2]: zone for zone in zones}
    near = meant(words, zones) or meant(words, cities)
    near = near.removeprefix(" Did you mean ").removesuffix("?")
    return cities.get(near, near)


def local_timezone(*, environ: Mapping[str, str] | None = None, etc: Path = Path("/etc")) -> str | None:
    """Find the time zone of this computer; None when it does not say, so that `init` has to ask."""
    environ = os.environ if environ is None else environ
    found = [environ.get("TZ", "").removeprefix(":").partition("zoneinfo/")]
    named = [after or before for before, _, after in found]
    if sys.platform == "win32":
        named.append(_windows_zone())
    else:
        named.extend(_etc_zones(etc))
    return next((zone for zone in named if zone and known_zone(zone)), None)


def _etc_zones(etc: Path) -> list[str]:
    zones = []
    localtime = etc / "localtime"
    if localtime.is_symlink():
        zones.append(str(localtime.resolve()).partition("zoneinfo/")[2])
    with suppress(OSError, UnicodeDecodeError):
        zones.append((etc / "timezone").read_text(encoding="utf-8").strip())
    return zones


def _windows_zone() -> str:
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - exists on Windows only

        key = r"SYSTEM\CurrentControlSet\Control\TimeZoneInformation"
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            name = str(winreg.QueryValueEx(opened, "TimeZoneKeyName")[0])
            return _WINDOWS.get(name.partition("\0")[0], "")
    return ""
