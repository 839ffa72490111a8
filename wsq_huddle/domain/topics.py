"""What a title is about: its words as they are compared, and how much each of them says."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from .text import words

_MOST = 24
"""Words of a title that are looked at."""

_SURFACE = re.compile(r"[^\W\d_]+")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def said(title: str) -> dict[str, str]:
    """The words of a title by the form in which they are compared, in their order."""
    found: dict[str, str] = {}
    for match in _SURFACE.finditer(title):
        form = _form(match[0])
        if form and form not in _STOP:
            found.setdefault(form, match[0])
        if len(found) == _MOST:
            break
    return found


@lru_cache(maxsize=4096)
def _form(word: str) -> str:
    """A word as it is compared: in the singular, and by the name that most use."""
    plain = next(iter(words(word)), "")
    plain = f"{plain[:-2]}y" if plain.endswith("ie") and len(plain) > 4 else plain  # noqa: PLR2004 - `batteries`
    return _SAME.get(plain, plain)


STATES = _set("""
    missing short broken late down slow dead out delayed failed stuck full wrong lost expired closed unanswered
    empty cold hot dirty blocked missed silent offline sick
""")
"""How it goes: beside a broad word this makes a thing, such as `RN short`."""

LITTLE = (STATES - {"cold", "hot", "dirty"}) | _set("""
    again still since need needed want wanted working work not no none never too very only back gone away
    problem issue trouble new old extra more less few two three four five one first second next last today
    yesterday tomorrow morning night evening day week weekend monday tuesday wednesday thursday friday saturday
    sunday mon tue wed thu fri sat sun hour min minute time long wait waiting delay get got getting found find
    asked ask told called call available unavailable open run running ran left stock unit ward floor east west
    north south tier side shift staff keep kept come came going go went use used using borrowed lent returned
    return answer answered reply also tonight replaced sound half clean leave empty
""")
"""Words that say how it goes, when or where, and not what it is about."""

BROAD = _set("""
    bed room patient blood cart alarm monitor machine system equipment supply door light button order form list
    phone board care nurse team area test box bag line cable charge transfer discharge chair screen access
    control service report check water air code kit set pressure family visitor computer medication drug lab
    result table lift iv leaking
""")
"""Words that so many things are called by that one alone says little."""

_STOP = _set("""
    a an and are as at be been before but by can could did do does for from had has have he her his if in into
    is it its just of off on or our over she so some that the their them then there these they this those to
    under until up was we were when where which while who will with without would you your per via after between
    during
""")

_SAME = {
    "rn": "nurse",
    "infusion": "iv",
    "telemetry": "tele",
    "vent": "ventilator",
    "med": "medication",
    "medicine": "medication",
    "laboratory": "lab",
    "pc": "computer",
    "workstation": "computer",
    "wow": "computer",
    "sheet": "linen",
    "towel": "linen",
    "cna": "aide",
    "pct": "aide",
    "meal": "tray",
    "food": "tray",
    "physician": "doctor",
    "restroom": "toilet",
    "bathroom": "toilet",
    "translator": "interpreter",
    "glucometer": "glucose",
    "telephone": "phone",
    "absent": "missing",
    "wheel": "wheelchair",
    "leak": "leaking",
    "leaky": "leaking",
    "fridge": "refrigerator",
    "transporter": "transport",
    "porter": "transport",
}
"""What people call the same thing."""

KINDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "equipment": _set("""
            pump bed alarm monitor scanner ventilator defibrillator scale suction lift battery probe cuff cable
            stretcher thermometer glucose warmer endoscope tele sensor device rail regulator treadmill chair
        """),
        "supplies": _set("""
            linen glove gown mask syringe saline flush catheter tape dressing tubing kit needle apron wipe
            supply tray towel sharp soap sanitizer diaper electrode bandage size delivered
        """),
        "staff": _set("""
            nurse aide sitter float agency staff staffing overtime therapist tech orientation vacancy roster
            schedule charge leave team clerk
        """),
        "methods": _set("""
            protocol procedure policy checklist handover handoff hand-over sheet form consent pathway standard
            process library guideline documentation
        """),
        "pharmacy": _set("""
            pharmacy heparin insulin medication drug antibiotic vaccine pyxis omnicell restock dose chemo pen
            opioid narcotic potassium prescription
        """),
        "lab": _set("""
            lab troponin culture hemolysed sample specimen ct mri xray ultrasound radiology imaging blood bank
            result stat echo biopsy gas tube analyser
        """),
        "beds": _set("""
            bed boarding boarder discharge admission transfer ed placement capacity census flow hallway overflow
        """),
        "facilities": _set("""
            sink toilet elevator door room light heating cold hot leaking ceiling tile water floor paint ice air
            window lock parking shower drain isolation
        """),
        "it": _set("""
            printer login computer password epic wifi network phone screen tablet badge software tele system
            archive scanner server internet email
        """),
        "transport": _set("transport wheelchair ambulance helicopter helipad driver ride tank courier stretcher way"),
        "safety": _set("""
            fall fell injury ulcer event harm error misidentified elopement violence burn clot infection
            needlestick
        """),
    }
)
"""Words of the kinds that the program brings along: what speaks for one where no problem has been raised yet."""
