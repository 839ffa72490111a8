"""The fourteen drawings: each is there at three sizes, without colours and in ASCII; the first, the sixth and the mail.

The others have their tests beside what they show: see `DRAWINGS`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from screens.marks import Mark
from tests.screens.hospital import MONDAY, Drawn, program, screens_of
from tests.screens.house import House
from tests.screens.pictures import (
    FOLDER,
    IN_TOUCH,
    SIZES,
    assert_same,
    assert_same_at_each,
    picture,
    settled,
    svg,
    told_of_link,
)
from tests.services.hospital import at
from wsq_huddle.config.tables import Person
from wsq_huddle.domain import agendas
from wsq_huddle.services import digests, huddles, problems, senders, steps

DRAWINGS = {
    1: "today-unit", 2: "last-time-drawn", 3: "unit-status", 4: "unit-raise", 5: "unit-help", 6: "without-network",
    7: "fifteen-today", 8: "fifteen-roll-call", 9: "fifteen-help", 10: "house-today", 11: "house-status",
    12: "house-decide", 14: "today-replaced",
}  # fmt: skip
"""All but 13, which is a mail."""

NO_NETWORK = (Mark.ATTENTION, "no network 07:35")
CLOSED = ["enter", *["right"] * 4, "end", "enter"]


def test_each_drawing_is_there_at_three_sizes_without_colours_and_in_ascii() -> None:
    forms = [*(f"{wide}x{high}" for wide, high in SIZES), "mono", "ascii"]
    wanted = {f"{name}-{form}" for name in DRAWINGS.values() for form in forms}

    assert wanted <= {one.stem for one in FOLDER.glob("*.svg")}


async def test_today_of_a_unit_is_the_first_drawing(busy: Drawn) -> None:
    drawn = await assert_same_at_each(screens_of(busy["4-west"]), "today-unit", SIZES, mono=True, link=IN_TOUCH)

    for (wide, high), lines in zip(SIZES, drawn, strict=True):
        assert len(lines) == high
        assert lines[0].startswith(" 4 West                      Mon 30 Nov 07:09")
        assert lines[0].endswith("● in touch 07:09")
        assert all(len(line) <= min(wide, 120) for line in lines)


async def test_who_wants_no_colours_gets_them_as_in_the_pictures(busy: Drawn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = program(lambda: busy["4-west"], theme="")
    async with app.run_test(size=SIZES[0]) as pilot:
        await settled(pilot)
        assert app.theme == "ansi"
        await told_of_link(pilot, IN_TOUCH)
        drawn = svg(app)

    assert "▲" in drawn
    assert drawn == (FOLDER / "today-unit-mono.svg").read_text(encoding="utf-8")


@pytest.fixture
def alone(busy: Drawn) -> Iterator[Drawn]:
    """5 East at the end of its huddle, which has lost the network a moment ago; the sender of its computer runs."""
    east = busy["5-east"]
    east.settings = replace(east.settings, people=(Person(name="Kim Tan", role="charge nurse"),))
    busy.put("07:27")
    busy.signed("5-east", "Kim Tan")
    huddles.open_today(east, leader="Kim Tan")
    one = huddles.sitting(east)
    for line, answer in (("methods", "met"), ("supplies", "met"), ("staff", "met"), ("medication", "1")):
        huddles.answer(east, one, line, answer)
    huddles.answer(east, one, "equipment", "attention", note="a pump is away")
    looked = steps.look(east, huddles.sitting(east))
    steps.fine(east, one, [line.item for lines in looked.asked.values() for line in lines if line.item.asks])
    busy.put("07:35")
    busy.cut.add("5-east")
    pump = problems.raise_at(east, title="Pump lent to 4 West, not back", about="5-east/equipment")
    problems.escalate(east, pump.id, need="asked 4 West twice", by=at("16:00", MONDAY))
    huddles.attend(east, one, number=7, leaders=["J. Whitfield"])
    huddles.answer(east, one, agendas.THANKS, "M. Ito saw the wrong pump label")
    busy.clock.at(at("07:36", MONDAY) + timedelta(seconds=30))
    with senders.working(east):
        yield busy


async def test_the_huddle_closed_without_network_is_the_sixth_drawing(alone: Drawn) -> None:
    app = screens_of(alone["5-east"])
    drawn = await assert_same_at_each(app, "without-network", SIZES, keys=CLOSED, mono=True, link=NO_NETWORK)

    for (wide, high), lines in zip(SIZES, drawn, strict=True):
        assert len(lines) == high
        assert all(len(line) <= min(wide, 120) for line in lines)


async def test_in_ascii_it_is_as_drawn(alone: Drawn) -> None:
    app = screens_of(alone["5-east"], plain=True)
    drawn = await assert_same(app, "without-network-ascii", keys=CLOSED, link=NO_NETWORK)

    assert all(line.isascii() for line in drawn)
    assert drawn[0] == " 5 East huddle               Mon 30 Nov 07:36    closed      A no network 07:35"
    assert drawn[3:21] == [
        " Huddle closed 07:36. It took 10 min. Thank you.",
        "",
        " GOES TO CARDIAC",
        "   ~ Summary                   equipment: attention; 1 medication event",
        '   ~ Pump lent to 4 West, not back   "asked 4 West twice"             by 16:00',
        "",
        " NO NETWORK SINCE 07:35         6 things to send. They are safe on this",
        "                                computer and go by themselves, also after it",
        "                                was switched off. You have nothing else to do.",
        "   You may close this window    the sender works without it (checked 07:36)",
        "   If it is urgent              ring Cardiac, 4420",
        "   No network still at 08:00?   w prints the sheet to carry or read out",
        "",
        " WHO WAS THERE                  7     leaders: J. Whitfield",
        ' THANK YOU, GOOD CATCH          "M. Ito saw the wrong pump label"',
        " WHAT WENT WELL, WHAT TO CHANGE asked on Fridays",
        " Something after the huddle?    F2 adds it; it goes up on its own.",
        " > [ Back to Today ]         Enter, or click",
    ]


async def test_without_a_sender_the_window_is_to_stay_open(busy: Drawn) -> None:
    busy.cut.add("4-west")
    busy.put("07:36")
    busy.huddle("4-west", "Ana Ruiz")
    app = screens_of(busy["4-west"])
    async with app.run_test(size=SIZES[0]) as pilot:
        await settled(pilot)
        await pilot.press("enter", *["right"] * 5)
        await settled(pilot)
        words = " ".join(" ".join(picture(app)).split())

    assert "Leave this window open no sender works without it (checked 07:36)" in words
    assert "You may close" not in words


def test_the_mail_is_the_thirteenth_drawing(house_mould: House) -> None:
    house = house_mould.copy()
    house.put("08:40")
    desk = house["executive"]
    mail = replace(desk.settings.mail, join="5-7700", notes="J. Cole", reply_to="j.cole@hospital.example")
    desk.settings = replace(desk.settings, mail=mail)
    told = digests.digest(desk)

    assert told.subject == "3 to decide, 2 to know; 17 of 18 units held (Mon 30 Nov 08:40)"
    assert told.body.splitlines() == [
        "Executive huddle 08:45. Join by phone: 5-7700. J. Cole takes notes and",
        "enters your answer in your name. A reply to this mail goes to J. Cole.",
        "",
        "DECIDE",
        "1. Cardiac: Staff. Pay agency?                          by 10:00  24 min",
        "2. Emergency: ED boards 9 patients. Open 6 North?       by 09:30  24 min",
        "3. Cardiac: Pumps: 11 short in 5 units. Rent 12?        by 16:00  24 min",
        "MUST KNOW",
        "4. Cardiac: Fall 07:40 on 4 West, harm not known yet.",
        "5. Imaging, lab: CT 2 down since 06:10, back about 10:00.",
        "MORNING",
        "Held 17 of 18. No huddle: MRI.",
        "Departments: 6 of 7 have met. Not yet: Support.",
        "STUCK over 3 days without an answer: 1. Oldest 9 d (Surgery).",
        "MEASURES: 10 of 14 met. A real change: falls, 5 days 13 (<=5), sick",
        "leave 7.9% (<=6). Not met: home by 11 18% (>=30), length of stay 5.1 d",
        "(<=4.8).",
        "",
        "Written by wsq-huddle from its own record. The lines under DECIDE and",
        "MUST KNOW are the departments' own words, checked for identifiers; no",
        "text from units, no bed numbers. After the huddle a second mail says",
        "what was decided. To stop these mails, ask J. Cole.",
    ]


def test_who_cannot_be_answered_is_not_said_to_get_the_replies(house_mould: House) -> None:
    desk = house_mould.copy()["executive"]
    desk.settings = replace(desk.settings, mail=replace(desk.settings.mail, notes="J. Cole"))

    assert "A reply to this mail" not in digests.digest(desk).body
