"""`w` in a huddle that is closed writes what it came to, and does nothing in one that is not."""

from screens.huddle import HuddleScreen
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from wsq_huddle.services import huddles


async def test_a_closed_huddle_is_written_out_and_an_open_one_is_not(quiet: Drawn) -> None:
    quiet.put("07:15")
    unit = quiet["4-west"]
    huddles.open_today(unit)
    app = screens_of(unit)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(HuddleScreen())
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        pages = unit.settings.store_folder / "pages"
        assert not pages.exists()

        huddles.close(unit, huddles.sitting(unit))
        await settled(pilot)
        for _ in range(6):
            await pilot.press("right")
        await settled(pilot)
        shown = "\n".join(picture(app))
        assert "w Print the sheet" in shown
        await pilot.press("w")
        await settled(pilot)
        told = "\n".join(picture(app))

    path = pages / "huddle-4-west-2026-11-30-morning.txt"
    assert "Written to this file" in told
    assert "4 West, morning huddle, Mon 30 Nov 2026" in path.read_text(encoding="utf-8")
