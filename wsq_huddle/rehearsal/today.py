"""What happens this morning, moment by moment, at every node where nobody else sits; and who decides what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .cases import Case, Step, case, step

STARTS = {1: "07:09", 2: "07:50", 3: "08:42"}
"""When the screens of a node of this tier open, by default."""

ENDS = "09:20"
"""When the last unit has heard its answers."""

LEAPS = ("07:09", "07:50", "08:42", "09:12", ENDS)
"""Where the clock goes when nobody wants to wait."""


@dataclass(frozen=True, order=True)
class Moment:
    """Something that happens at a node; `case` and `step` tell of a problem, `why` of a huddle that is called off."""

    at: str
    node: str
    what: str
    case: str = ""
    why: str = ""


TODAY: Mapping[str, Case] = {
    one.title: one
    for one in (
        case(
            "0 07:03", "ccu Ida F.", "Infusion pumps short", "equipment",
            step("0 07:05", "ccu Ida F.", "escalate", need="three pumps", tried="asked 5 East", by="0 12:00"),
        ),
        case(
            "0 07:10", "4-east Mara S.", "Cable of monitor 2 frayed", "equipment",
            step("0 07:12", "4-east Mara S.", "plan", what="swap it with the spare", owner="Jon P.", due="0"),
        ),
        case(
            "0 07:15", "5-east Kim T.", "Two labels look alike, pump drawer", "safety",
            step("0 07:17", "5-east Kim T.", "escalate", mode="awareness", need="seen in time, report is written"),
            reference="INC-20466",
        ),
        case(
            "0 07:17", "6-south Eva L.", "Two aides short until 15:00", "staff",
            step("0 07:19", "6-south Eva L.", "escalate", need="one aide", tried="asked the pool", by="0 10:00"),
        ),
        case(
            "0 07:18", "4-west Ana R.", "Two IV pumps missing", "equipment",
            step("0 07:20", "4-west Ana R.", "escalate", need="two pumps", tried="asked 4 East, none free",
                 by="0 12:00"),
        ),
        case(
            "0 07:21", "4-west Ana R.", "2 RN short until 19:00", "staff",
            step("0 07:23", "4-west Ana R.", "escalate", need="two RN or agency, until 19:00",
                 tried="float pool empty, rang 6 off duty", by="0 10:00"),
        ),
    )
}  # fmt: skip

_HUDDLES = (
    Moment("06:59", "ccu", "open"),
    Moment("07:08", "ccu", "close"),
    Moment("07:07", "4-east", "open"),
    Moment("07:17", "4-east", "close"),
    Moment("07:11", "5-east", "open"),
    Moment("07:20", "5-east", "close"),
    Moment("07:13", "recovery", "skip", why="two rapid responses, all at the beds"),
    Moment("07:14", "6-south", "open"),
    Moment("07:24", "6-south", "close"),
    Moment("07:16", "4-west", "open"),
    Moment("07:17", "4-west", "answers"),
    Moment("07:26", "4-west", "close"),
    Moment("07:29", "biomed", "open"),
    Moment("07:38", "biomed", "close"),
    Moment("08:00", "cardiac", "open"),
    Moment("08:00", "surgery", "open"),
    Moment("08:09", "cardiac", "arrivals"),
    Moment("08:10", "surgery", "arrivals"),
    Moment("08:17", "surgery", "close"),
    Moment("08:18", "cardiac", "close"),
    Moment("08:25", "biomed", "arrivals"),
    Moment("08:45", "executive", "open"),
    Moment("08:52", "executive", "arrivals"),
    Moment("08:57", "executive", "close"),
    Moment("09:00", "biomed", "solve"),
    *(Moment("09:12", unit, "answers") for unit in ("4-west", "4-east", "ccu", "5-east", "6-south", "recovery")),
)


def moments() -> list[Moment]:
    """All moments of the morning in their order."""
    told = [Moment(one.at, one.node, what, case=title) for title, what, one in _steps()]
    return sorted((*_HUDDLES, *told), key=lambda moment: (moment.at, moment.what != "open"))


def _steps() -> Iterator[tuple[str, str, Step]]:
    for title, one in TODAY.items():
        yield title, "raise", one.raised
        for each in one.steps:
            yield title, each.verb, each


@dataclass(frozen=True)
class Decision:
    """What a node does about a kind of problem that came up: the verb, and its words."""

    verb: str
    words: Mapping[str, str]


def decision(node: str, tier: int, category: str, title: str) -> Decision:
    """What a department or the executives decide; the words are theirs."""
    if node == "biomed":
        return Decision("plan", {"what": "look where they are, bring what is mended", "owner": "P. Novak", "due": "0"})
    return (_EXECUTIVE if tier > 2 else _DEPARTMENT).get(category) or _USUAL[tier > 2](title)  # noqa: PLR2004 - tiers


_DEPARTMENT = {
    "equipment": Decision("assign", {"to": "biomed", "need": "find or lend what is missing", "by": "0 12:00"}),
    "staff": Decision("escalate", {"need": "pay for agency until 19:00?", "tried": "asked the others, none free",
                                   "by": "0 10:00"}),
    "supplies": Decision("give_back", {"answer": "comes with the 10:00 run; ring us if it does not"}),
}  # fmt: skip
_EXECUTIVE = {
    "staff": Decision("resolve", {"remedy": "yes, agency until 19:00; N. Diaz brings a plan by Friday"}),
    "facilities": Decision("resolve", {"remedy": "filter unit rented, there by noon; the room stays open"}),
    "beds": Decision("give_back", {"answer": "not today; two beds from Medicine from 14:00, again tomorrow"}),
}
_USUAL = {
    False: lambda title: Decision("resolve", {"remedy": f"seen to this morning: {title.lower()}"}),
    True: lambda title: Decision("resolve", {"remedy": f"yes, go ahead: {title.lower()}"}),
}
MENDED = "back on the ward: two from repair, one from the store"
