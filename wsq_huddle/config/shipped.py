"""What the program brings along, so that a huddle can be held tomorrow: slots, agendas, kinds of problem, causes."""

from dataclasses import dataclass
from datetime import time

from wsq_huddle.config.tables import Category, Cause, Item, Measure, Standard

_SLOTS = {1: (time(7, 15), 10), 2: (time(8, 0), 20), 3: (time(8, 45), 15)}
_HIGHEST = 3


def slot(tier: int) -> tuple[time, int]:
    """When a tier's morning huddle begins, and its minutes; tiers above the third use the third's."""
    return _SLOTS[min(tier, _HIGHEST)]


CATEGORIES = tuple(
    Category(letter=letter, key=key, name=name)
    for letter, key, name in (
        ("e", "equipment", "Equipment"),
        ("u", "supplies", "Supplies"),
        ("s", "staff", "Staff"),
        ("m", "methods", "Methods"),
        ("p", "pharmacy", "Pharmacy"),
        ("l", "lab", "Lab and imaging"),
        ("b", "beds", "Beds and flow"),
        ("f", "facilities", "Facilities"),
        ("i", "it", "IT"),
        ("t", "transport", "Transport"),
        ("y", "safety", "Safety event"),
        ("o", "other", "Other"),
    )
)

_CAUSES = {
    "fall": {
        "toileting": "Toileting",
        "getting-up": "Got up alone",
        "bed-alarm": "Bed alarm off or not heard",
        "floor": "Floor, footwear or light",
        "medicine": "Effect of a medicine",
    },
    "pressure-injury": {
        "turning": "Turning missed",
        "surface": "Mattress or cushion",
        "device": "Under a device",
        "admission": "Present on admission",
    },
    "medication": {
        "wrong-dose": "Dose",
        "wrong-time": "Time or omission",
        "mix-up": "Look-alike or mix-up",
        "pump": "Pump setting",
        "order": "Order or transcription",
    },
    "staff-hurt": {
        "lifting": "Lifting or moving",
        "sharps": "Needle or blade",
        "violence": "Violence",
        "slip": "Slip or trip",
    },
    "good-catch": {
        "label": "Label",
        "order": "Order",
        "equipment": "Equipment",
        "hand-over": "Hand-over",
    },
}
CAUSES = tuple(
    Cause(event=event, key=key, name=name)
    for event, causes in _CAUSES.items()
    for key, name in {**causes, "other": "Something else"}.items()
)


@dataclass(frozen=True)
class Agenda:
    """The agenda of a tier, with the measures and standards that its items name."""

    items: tuple[Item, ...]
    measures: tuple[Measure, ...]
    standards: tuple[Standard, ...]


def agenda(tier: int) -> Agenda:
    """The agenda that `init` writes; it also holds where huddle.toml has no `[[item]]` at all."""
    items = _ITEMS[min(tier, _HIGHEST)]
    measures = _MEASURES[min(tier, _HIGHEST)]
    asked = tuple(
        Item(key=one.key, step="targets", kind="measure", ask=one.name, measure=one.key, tiers=(tier,))
        for one in measures
    )
    rest = tuple(
        Item(
            key=key,
            step=step,
            kind=kind,
            ask=ask,
            group=group,
            gloss=gloss,
            standard=key if kind == "standard" else "",
            good=key == "good-catch",
            tiers=(tier,),
        )
        for step, kind, group, key, ask, gloss in items
    )
    return Agenda(asked + rest, measures, _STANDARDS if tier == 1 else ())


_STANDARDS = (
    Standard(key="falls-bundle", name="Falls bundle", target=95, sample=10),
    Standard(key="hand-hygiene", name="Hand hygiene", target=90, sample=10),
)

_READY, _BACK, _NOW, _STANDARD, _AHEAD = "Ready today", "Look back", "Now", "Standards", "Ahead 24 h"
_ITEMS = {
    1: (
        ("status", "readiness", _READY, "methods", "Methods", "orders, protocols, schedule"),
        ("status", "readiness", _READY, "equipment", "Equipment", "pumps, monitors, beds, lifts"),
        ("status", "readiness", _READY, "supplies", "Supplies", "linen, medicines, disposables"),
        ("status", "readiness", _READY, "staff", "Staff", "numbers and skills until the next huddle"),
        ("status", "events", _BACK, "fall", "Falls", ""),
        ("status", "events", _BACK, "pressure-injury", "Pressure injuries", ""),
        ("status", "events", _BACK, "medication", "Medication events", ""),
        ("status", "events", _BACK, "staff-hurt", "Staff hurt", ""),
        ("status", "events", _BACK, "good-catch", "Good catches", ""),
        ("status", "count", _NOW, "high-fall-risk", "High fall risk", ""),
        ("status", "count", _NOW, "beds-free", "Beds free", ""),
        ("status", "standard", _STANDARD, "falls-bundle", "Falls bundle", ""),
        ("status", "standard", _STANDARD, "hand-hygiene", "Hand hygiene", ""),
        ("status", "text", _AHEAD, "ahead", "Next shift, transfers, planned downtime, inspections", ""),
    ),
    2: (
        ("status", "roll-call", "", "units", "Roll call", "what each unit has told us"),
        ("plan", "actions", "", "actions", "Our actions", "what we have planned, with owner and day"),
        ("help", "problems", "", "came-up", "What came up", "urgent first, then by the time wanted"),
    ),
    3: (
        ("status", "roll-call", "", "departments", "Roll call", "what each department has told us"),
        ("plan", "actions", "", "actions", "Our actions", "what we have promised, with owner and day"),
        ("help", "problems", "", "decide", "To decide", "what only this tier can supply"),
    ),
}


def _measures(*rows: tuple[str, str, float, str, str]) -> tuple[Measure, ...]:
    return tuple(
        Measure(key=key, name=name, target=target, direction=direction, unit=unit)
        for key, name, target, direction, unit in rows
    )


_MEASURES = {
    1: _measures(
        ("falls", "Falls, 5 days", 0, "at-most", ""),
        ("home-by-11", "Home by 11", 30, "at-least", "%"),
    ),
    2: _measures(
        ("falls", "Falls, 5 days", 2, "at-most", ""),
        ("pressure-injuries", "Pressure injuries", 0, "at-most", ""),
        ("home-by-11", "Home by 11", 30, "at-least", "%"),
        ("sick-leave", "Sick leave", 6, "at-most", "%"),
    ),
    3: _measures(
        ("falls", "Falls, 5 days", 5, "at-most", ""),
        ("pressure-injuries", "Pressure injuries", 2, "at-most", ""),
        ("line-infections", "Line infections", 0, "at-most", ""),
        ("medication-harm", "Medication harm", 0, "at-most", ""),
        ("staff-hurt", "Staff hurt", 1, "at-most", ""),
        ("sick-leave", "Sick leave", 6, "at-most", "%"),
        ("agency-hours", "Agency hours", 240, "at-most", "h"),
        ("hand-hygiene", "Hand hygiene", 90, "at-least", "%"),
        ("home-by-11", "Home by 11", 30, "at-least", "%"),
        ("length-of-stay", "Length of stay", 4.8, "at-most", "d"),
        ("patients-boarding", "Patients boarding", 10, "at-most", ""),
        ("surgery-starts", "Surgery starts", 85, "at-least", "%"),
        ("beds-open", "Beds open", 95, "at-least", "%"),
        ("complaints", "Complaints, 5 days", 4, "at-most", ""),
    ),
}
