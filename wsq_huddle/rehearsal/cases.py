"""What went wrong in the three weeks before the morning, case by case: made up, believable, without any patient.

Days are working days counted from this morning: `-1` is the last one before it, `0` is today.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Words = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that somebody did about a problem, or a rule by itself; `words` are what the verb is told."""

    day: int
    at: str
    node: str
    verb: str
    by: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class Case:
    """A problem with all that happened to it; `raised` is its first step."""

    title: str
    category: str
    raised: Step
    steps: tuple[Step, ...] = ()
    urgency: str = "today"
    detail: str = ""
    reference: str = ""


def step(when: str, signed: str, verb: str, **words: str) -> Step:
    """Write a step down briefly: `step("-3 07:19", "4-west Ana R.", "escalate", need="two pumps")`."""
    day, at = when.split()
    node, _, by = signed.partition(" ")
    return Step(day=int(day), at=at, node=node, verb=verb, by=by, words=words)


def case(  # noqa: PLR0913 - what people say of a problem
    when: str,
    signed: str,
    title: str,
    category: str,
    *steps: Step,
    urgency: str = "today",
    detail: str = "",
    reference: str = "",
) -> Case:
    raised = step(when, signed, "raise")
    return Case(
        title=title,
        category=category,
        raised=raised,
        steps=steps,
        urgency=urgency,
        detail=detail,
        reference=reference,
    )


_4_WEST = (
    case(
        "-12 07:20", "4-west Ana R.", "IV pumps missing", "equipment",
        step("-12 07:21", "4-west Ana R.", "escalate", need="two pumps by noon", tried="asked 4 East", by="-12 12:00"),
        step("-12 08:07", "cardiac S. Lind", "assign", to="biomed", need="two pumps for 4 West", by="-12 12:00"),
        step("-12 08:40", "biomed T. Berg", "plan", what="two pumps out of repair", owner="P. Novak", due="-12"),
        step("-12 11:20", "biomed P. Novak", "resolve", remedy="two pumps back from repair, on the ward"),
        step("-11 07:17", "4-west Ana R.", "read_out"),
        step("-11 07:18", "4-west Ana R.", "confirm", lesson="Biomed keeps two spares if we ring before noon"),
    ),
    case(
        "-11 07:22", "4-west Ben K.", "1 RN short until noon", "staff",
        step("-11 07:23", "4-west Ben K.", "escalate", need="one RN", tried="float pool empty", by="-11 10:00"),
        step("-11 08:09", "cardiac S. Lind", "escalate", need="pay for agency?", tried="asked Surgery, none free"),
        step("-11 08:52", "executive J. Cole for R. Okafor", "resolve", remedy="agency RN, there by 12:00"),
        step("-10 07:17", "4-west Ana R.", "read_out"),
        step("-10 07:18", "4-west Ana R.", "confirm"),
    ),
    case(
        "-9 07:21", "4-west Lee M.", "Nurse call dead, room 3", "facilities",
        step("-9 07:23", "4-west Lee M.", "plan", what="look at the wall box", owner="Lee M.", due="-9"),
        step("-9 09:40", "4-west Lee M.", "resolve", remedy="reset at the wall box, 5 min"),
        step("-8 07:18", "4-west Ana R.", "confirm", lesson="try the reset first, then ring Facilities"),
    ),
    case(
        "-8 07:20", "4-west Ana R.", "Ice machine leaks", "facilities",
        step("-8 07:22", "4-west Ana R.", "escalate", need="somebody to mend it", by="-8 16:00"),
        step("-8 08:05", "cardiac S. Lind", "acknowledge"),
        step("-8 15:30", "cardiac S. Lind", "resolve", remedy="new hose"),
        step("-7 07:17", "4-west Ana R.", "read_out"),
        step("-7 07:18", "4-west Ana R.", "reopen", why="leaks again since the night"),
        step("-7 07:20", "4-west Ana R.", "plan", what="swap it with 6 South", owner="Ben K.", due="-5"),
        step("-5 10:10", "4-west Ben K.", "resolve", remedy="swapped; the old one is with Facilities"),
        step("-4 07:18", "4-west Ana R.", "confirm"),
    ),
    case(
        "-7 07:24", "4-west Ben K.", "Wheelchair missing", "equipment",
        step("-7 10:05", "4-west Ben K.", "withdraw", why="it stood in Recovery, not needed any more"),
        urgency="routine",
    ),
    case(
        "-6 07:22", "4-west Ana R.", "Water off 22:00 to 02:00", "facilities",
        step("-6 07:23", "4-west Ana R.", "escalate", mode="awareness", need="planned by Facilities, bottles are here"),
        step("-6 08:04", "cardiac S. Lind", "see"),
        step("-5 07:19", "4-west Ana R.", "resolve", remedy="back at 01:30"),
        step("-5 07:20", "4-west Ana R.", "confirm"),
    ),
    case(
        "-5 07:23", "4-west Lee M.", "Glove size M runs out on Fridays", "supplies",
        step("-5 07:24", "4-west Lee M.", "plan", what="order by the box on Wednesdays", owner="Lee M.", due="-3"),
        step("-3 11:00", "4-west Lee M.", "resolve", remedy="standing order changed"),
        step("-2 07:19", "4-west Ana R.", "confirm"),
        urgency="routine",
    ),
    case(
        "-4 07:21", "4-west Ana R.", "Night RN short", "staff",
        step("-4 07:23", "4-west Ana R.", "escalate", need="one RN for four nights", tried="rang 6 off duty",
             by="-4 16:00"),
        step("-4 08:11", "cardiac S. Lind", "escalate", need="agency for four nights?", tried="none free in Surgery"),
        step("-4 08:53", "executive J. Cole for R. Okafor", "acknowledge"),
        step("-1 15:40", "executive J. Cole for R. Okafor", "resolve", remedy="agency RN for four nights from today"),
    ),
    case(
        "-4 07:25", "4-west Ben K.", "Discharge transport slow", "transport",
        step("-4 07:26", "4-west Ben K.", "escalate", need="a second crew before noon", tried="booked the day before",
             by="1 16:00"),
        step("-3 08:04", "cardiac S. Lind", "acknowledge"),
        urgency="routine",
        detail="Three discharges waited over two hours, home by 11 is not possible like this.",
    ),
    case(
        "-3 07:20", "4-west Ana R.", "Restock late", "pharmacy",
        step("-3 07:22", "4-west Ana R.", "escalate", need="the run before the first round", by="-1 16:00"),
        step("-3 08:08", "cardiac S. Lind", "acknowledge"),
        step("-1 14:20", "cardiac S. Lind", "resolve", remedy="Pharmacy: new run at 05:00 from today"),
    ),
    case(
        "-3 07:23", "4-west Ben K.", "Label printer jams", "it",
        step("-3 07:25", "4-west Ben K.", "plan", what="ask IT for a new roller", owner="Ben K.", due="2"),
        urgency="routine",
    ),
    case(
        "-2 07:18", "4-west Ana R.", "IV pumps missing", "equipment",
        step("-2 07:20", "4-west Ana R.", "escalate", need="two pumps for the afternoon",
             tried="asked 4 East and CCU, none free", by="-1 12:00"),
        step("-2 08:06", "cardiac S. Lind", "acknowledge"),
        step("-1 16:10", "cardiac S. Lind", "give_back", answer="two from 5 East, today 10:00"),
    ),
    case(
        "-2 07:21", "4-west Ana R.", "Bed alarm dead, bed 12", "equipment",
        step("-2 07:23", "4-west Ana R.", "plan", what="spare from store", owner="Ana R.", due="0"),
    ),
    case("-1 07:24", "4-west Lee M.", "Linen short again", "supplies"),
    case(
        "-6 07:24", "4-west Lee M.", "Nurse call slow, room 9", "facilities",
        step("-6 07:26", "4-west Lee M.", "plan", what="Facilities look at the line", owner="Lee M.", due="-1"),
        urgency="routine",
    ),
)  # fmt: skip

_CARDIAC = (
    case(
        "-1 07:21", "4-east Mara S.", "Two IV pumps missing", "equipment",
        step("-1 07:22", "4-east Mara S.", "escalate", need="two pumps", tried="asked 4 West", by="0 12:00"),
        step("-1 08:10", "cardiac S. Lind", "assign", to="biomed", need="where are the pumps of 4 East?", by="0 12:00"),
        step("-1 09:00", "biomed T. Berg", "plan", what="count all pumps of the floor", owner="P. Novak", due="0"),
    ),
    case(
        "-2 07:20", "4-east Jon P.", "Night light out, corridor", "facilities",
        step("-2 07:22", "4-east Jon P.", "escalate", need="an electrician", by="-1 16:00"),
        step("-2 08:09", "cardiac S. Lind", "acknowledge"),
        step("-1 11:30", "cardiac S. Lind", "resolve", remedy="new lamp, checked by Facilities"),
    ),
    case(
        "-6 14:05", "ccu Omar H.", "Monitor 4 drops the signal", "equipment",
        step("-6 14:06", "ccu Omar H.", "escalate", need="a monitor now", tried="swapped the cable", by="-6 14:30"),
        step("-6 14:09", "cardiac S. Lind", "acknowledge"),
        step("-6 14:12", "cardiac S. Lind", "assign", to="biomed", need="a spare monitor to CCU at once"),
        step("-6 14:40", "biomed P. Novak", "resolve", remedy="spare monitor in place, the old one is on the bench"),
        step("-5 07:03", "ccu Ida F.", "read_out"),
        step("-5 07:04", "ccu Ida F.", "confirm"),
        urgency="now",
    ),
    case(
        "-3 07:04", "ccu Ida F.", "Isolation room 3: pressure alarm", "facilities",
        step("-3 07:05", "ccu Ida F.", "escalate", need="the room, or another one", by="-2 12:00"),
        step("-3 08:08", "cardiac S. Lind", "escalate", need="close the room, or rent a filter unit?",
             tried="Facilities: part in ten days"),
        step("-3 08:55", "executive J. Cole for R. Okafor", "acknowledge"),
        detail="Green only with the door shut for ten minutes.",
    ),
    case(
        "-5 07:05", "5-east Kim T.", "Bariatric bed missing", "equipment",
        step("-5 07:06", "5-east Kim T.", "escalate", need="one bed by tomorrow", by="-4 12:00"),
        step("-5 08:12", "cardiac S. Lind", "give_back", answer="rented, comes tomorrow; tell us if it does not"),
        step("-4 07:03", "5-east Kim T.", "read_out"),
        step("-4 07:05", "5-east Kim T.", "resolve", remedy="the rented bed is here"),
        step("-3 07:03", "5-east Kim T.", "confirm"),
    ),
    case("-1 07:06", "5-east Kim T.", "Pump lent to 4 West, not back", "equipment"),
    case(
        "-8 08:30", "cardiac J. Whitfield", "No cover for the ward round Friday", "staff",
        step("-8 08:31", "cardiac J. Whitfield", "plan", what="swap with Surgery", owner="S. Lind", due="-5"),
        step("-5 08:15", "cardiac S. Lind", "resolve", remedy="H. Moreau takes it"),
        step("-5 08:16", "cardiac S. Lind", "confirm"),
    ),
    case(
        "-1 08:14", "cardiac S. Lind", "Pumps: no list of who has which", "methods",
        step("-1 08:15", "cardiac S. Lind", "plan", what="one list with Biomed", owner="S. Lind", due="-1"),
    ),
)  # fmt: skip

_SURGERY = (
    case(
        "-1 07:20", "6-south Eva L.", "IV pumps short after 14:00", "equipment",
        step("-1 07:22", "6-south Eva L.", "escalate", need="three pumps", tried="asked Recovery", by="0 14:00"),
        step("-1 08:10", "surgery N. Diaz", "acknowledge"),
    ),
    case(
        "-2 07:19", "recovery Ute W.", "No beds upstairs after 16:00", "beds",
        step("-2 07:21", "recovery Ute W.", "escalate", need="beds upstairs by 15:00", by="-1 15:00"),
        step("-2 08:12", "surgery N. Diaz", "escalate", need="open 6 North with four beds?",
             tried="moved two cases to the morning"),
    ),
    case(
        "-13 07:22", "recovery Max B.", "Blanket warmer cold", "equipment",
        step("-13 07:23", "recovery Max B.", "escalate", need="a new fuse", by="-12 12:00"),
        step("-13 08:13", "surgery N. Diaz", "resolve", remedy="fuse changed"),
        step("-6 09:00", "recovery", "rules"),
        urgency="routine",
    ),
    case(
        "-7 07:21", "6-south Sam D.", "Specimen pickup left out at 11:00", "lab",
        step("-7 07:22", "6-south Sam D.", "escalate", need="who comes, and when?", by="-6 12:00"),
        step("-7 08:09", "surgery N. Diaz", "acknowledge"),
        step("-7 08:20", "surgery N. Diaz", "give_back", answer="the porter comes at 11:20; ring 4590 if not"),
        step("-6 07:18", "6-south Eva L.", "read_out"),
        step("-6 07:20", "6-south Eva L.", "resolve", remedy="comes at 11:20, three days running"),
        step("-4 07:19", "6-south Eva L.", "confirm"),
    ),
    case(
        "-1 08:20", "surgery N. Diaz", "CT 2 down, part comes tomorrow", "lab",
        step("-1 08:21", "surgery N. Diaz", "escalate", mode="awareness", need="two cases go to the afternoon"),
    ),
    case(
        "-10 07:24", "recovery Ute W.", "Fall at the door of bay 2", "safety",
        step("-10 07:25", "recovery Ute W.", "escalate", mode="awareness", need="report is written"),
        step("-10 08:05", "surgery N. Diaz", "see"),
        step("-8 10:00", "recovery Ute W.", "resolve", remedy="door sill marked, floor dry"),
        step("-7 07:18", "recovery Ute W.", "confirm", lesson="mark every sill"),
        reference="INC-20417",
    ),
)  # fmt: skip

CASES: tuple[Case, ...] = (*_4_WEST, *_CARDIAC, *_SURGERY)
