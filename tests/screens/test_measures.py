"""The board of measures in words: what is said of a change, and that what has no value is neither met nor missed."""

from datetime import timedelta

import pytest

from screens.measures import change_words
from tests.screens.hospital import Drawn, screens_of
from tests.screens.pictures import picture, settled
from tests.screens.walking import walking
from tests.services.hospital import DAY, settings_in
from wsq_huddle.domain.agendas import Item, Kind, Mark, Step
from wsq_huddle.domain.changes import change
from wsq_huddle.services import definitions, huddles, measures
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.measures import Measure, Reading

WEEKS = (5, 7, 4, 6, 5, 7, 4, 6, 5, 7, 4, 6, 5)


def measure(values: tuple[float, ...]) -> Measure:
    readings = tuple(
        Reading(on=DAY + timedelta(days=at), value=value, shown=f"{value:g}") for at, value in enumerate(values)
    )
    item = Item(key="4-west/falls", step=Step.TARGETS, kind=Kind.MEASURE, ask="Falls")
    return Measure(item=item, readings=readings, mark=Mark.NONE, change=change(values))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (WEEKS[:12], "13 values are needed to tell a real change from chance; there are 12."),
        (WEEKS, "No real change: the last value is what chance alone gives."),
        ((5,) * 13, "Most values are the same as the one before: a chart of them would tell nothing of a change."),
        ((*WEEKS, 14), "A real change: the last value lies above what chance alone would give."),
        ((*WEEKS, -3), "A real change: the last value lies below what chance alone would give."),
        ((4, 5, 4, 5, 4, 5, 4, 6, 7, 6, 7, 6, 7, 6, 7), "A real change: the last 8 values all lie above the mean."),
    ],
)
def test_what_is_known_of_a_change_is_a_sentence(values: tuple[float, ...], said: str) -> None:
    assert change_words(measure(values)) == said


async def test_only_what_has_a_value_is_counted(quiet: Drawn) -> None:
    west = quiet["4-west"]
    huddles.open_today(west)
    huddles.answer(west, huddles.sitting(west), "falls", "0")
    async with walking(quiet) as walk:
        await walk.press("m")

        assert "1 of 1 met" in walk.lines[2] + walk.lines[1]


async def test_the_one_screen_of_the_executives_has_room_for_an_odd_one_and_counts_what_has_a_value(
    quiet: Drawn,
) -> None:
    more = '\n[[measure]]\nkey = "odd"\nname = "The odd one"\ntarget = 1\ndirection = "at-most"\n'
    executive = Desk(quiet["executive"].store, settings_in(quiet.folder / "odd", "executive", more=more))
    definitions.publish(executive)
    huddles.open_today(executive)
    one = huddles.sitting(executive)
    known = measures.board(executive)[0].item
    huddles.answer(executive, one, known, "0")
    app = screens_of(executive)
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        told = "\n".join(picture(app))
        app.end()

    assert "KEY MEASURES  1 of 1 met" in told
    assert all(one.item.ask in told for one in measures.board(executive))
