"""The executives' first line says how to take part by phone, who takes notes and who covers."""

from dataclasses import replace

from tests.screens.hospital import Drawn
from tests.screens.walking import walking


async def test_phone_and_notes_stand_beside_the_huddle_as_they_do_in_the_mail(quiet: Drawn) -> None:
    quiet.put("08:42")
    desk = quiet["executive"]
    desk.settings = replace(desk.settings, mail=replace(desk.settings.mail, join="5-7700", notes="J. Cole"))
    async with walking(quiet, "executive") as walk:
        first = walk.lines[1]

        assert "HUDDLE 08:45, in 3 min, 15 min.  Notes: J. Cole.  Phone: 5-7700." in first
        assert first.endswith("[ Start ]")


async def test_who_covers_stands_there_while_the_executives_are_closed(quiet: Drawn) -> None:
    quiet.hours("executive", 'begins = "09:00"\nends = "17:00"\nstand_in = "cardiac"')
    quiet.put("08:42")
    async with walking(quiet, "executive") as walk:
        assert "Covers: Cardiac." in walk.lines[1]


async def test_without_them_the_line_is_as_it_was(quiet: Drawn) -> None:
    quiet.put("08:42")
    async with walking(quiet, "executive") as walk:
        assert "in 3 min. It has 15 min." in walk.lines[1]
