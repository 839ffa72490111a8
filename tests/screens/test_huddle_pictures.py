"""Today and the huddle as they look at 80x24 and 120x40, kept as pictures; in ASCII as in the drawings."""

import pytest

from screens.patience import AT_ONCE, PRODUCT
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import IN_TOUCH, assert_same, assert_same_at_each

SIZES = [(80, 24), (120, 40)]
_READY = ["right", "right"]
SCREENS = {
    "huddle-last-time": ("4-west", "07:16", ["enter", "enter"]),
    "huddle-targets": ("4-west", "07:16", ["enter", "enter", "right"]),
    "huddle-status": ("4-west", "07:21", ["enter", "enter", *_READY, "g", "1", "down"]),
    "huddle-tell": ("4-west", "07:21", ["enter", "enter", *_READY, "down", "enter", "t", "w", "o"]),
    "huddle-card": ("4-west", "07:21", ["enter", "enter", *_READY, "g", "enter"]),
    "huddle-plan": ("4-west", "07:23", ["enter", "enter", *_READY, "right", "p"]),
    "huddle-help": ("4-west", "07:22", ["enter", "enter", *_READY, "right", "right", "e"]),
    "huddle-close": ("4-west", "07:25", ["enter", "enter", *["right"] * 5]),
    "huddle-closed": ("4-west", "07:25", ["enter", "enter", *["right"] * 5, "end", "enter"]),
    "today-department": ("cardiac", "07:50", []),
    "huddle-roll-call": ("cardiac", "08:07", ["enter", "enter", "enter", "right", "space"]),
    "huddle-needs": ("cardiac", "08:07", ["enter", "enter", "enter", "right", "enter"]),
    "huddle-came-up": ("cardiac", "08:14", ["enter", "enter", "enter", "right", "right", "right", "down"]),
    "today-executive": ("executive", "08:42", []),
    "huddle-departments": ("executive", "08:49", ["enter", "enter", "enter", "right", "right"]),
}


@pytest.fixture
def hospital(busy: Drawn) -> Drawn:
    return busy


@pytest.mark.parametrize("name", SCREENS)
async def test_each_screen_looks_as_it_did(hospital: Drawn, name: str) -> None:
    node, clock, keys = SCREENS[name]
    if node != "4-west":
        hospital.morning()
    hospital.put(clock)
    # What the form says of the seconds is the product's; the other pictures are of what has been recorded at once.
    patience = PRODUCT if name == "huddle-help" else AT_ONCE
    app = screens_of(hospital[node], patience=patience)
    for size, drawn in zip(SIZES, await assert_same_at_each(app, name, SIZES, keys=keys), strict=True):
        assert len(drawn) == size[1]
        assert all(len(line) <= size[0] for line in drawn)
        assert drawn[-1].startswith(" F1 Help")


async def test_in_ascii_today_of_a_unit_is_as_drawn(hospital: Drawn) -> None:
    drawn = await assert_same(screens_of(hospital["4-west"], plain=True), "today-unit-ascii", link=IN_TOUCH)

    assert all(line.isascii() for line in drawn)
    assert drawn[2:20] == [
        " HUDDLE 07:15, in 6 min.     Last one Wed 25 Nov, so we look back 5 days.",
        " > [ Start the huddle ]      Enter, or click",
        "",
        " ANSWERS FOR US (3)                                read these out in the huddle",
        "   v IV pumps missing          Cardiac: two from 5 East, Fri 10:00    Wed 16:10",
        "   v Night RN short            Executive: agency RN Thu-Sun        did it work?",
        "   v Restock late              Cardiac: Pharmacy: new run at 05:00..  Sun 14:20",
        " OURS TO SOLVE (5)",
        "   A Bed alarm dead, bed 12    Ana R.: spare from store               due today",
        "   A Linen short since Sat     nobody yet                             no plan",
        "   - Label printer jams        Ben K.: ask IT                         due Wed 2",
        "     2 more (l)",
        " WAITING ON OTHERS (1)",
        "   ^ Discharge transport slow  with Cardiac, seen Wed 08:04           5 d",
        " PROMISED TO US (1)",
        "   A Second patient lift       R. Okafor: for Fri 27 Nov              3 d over",
        " THIS MORNING",
        "   Us 07:15, in 6 min          Cardiac 08:00           Executive 08:45",
    ]
