"""Holding a huddle as people do, for the tests of huddles and of what they tell."""

from tests.services.hospital import Hospital
from wsq_huddle.domain.agendas import fine
from wsq_huddle.domain.summaries import Summary
from wsq_huddle.services import huddles
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.huddles import Sitting


def opened(hospital: Hospital, key: str, clock: str) -> Sitting:
    """Open the huddle of a node at a time of day."""
    hospital.clock.put(clock)
    huddles.open_today(hospital[key])
    return huddles.sitting(hospital[key])


def all_fine(desk: Desk, **but: str) -> None:
    """Answer every line as fine, or with what is given for it."""
    one = huddles.sitting(desk)
    for item in huddles.agenda(desk, one).items:
        if item.asks:
            huddles.answer(desk, one, item, but.get(item.key.partition("/")[2].replace("-", "_"), fine(item)))


def summary_at(desk: Desk, node: str) -> Summary:
    """What a node has been told of the huddle of another."""
    return huddles.summary_of(desk, huddles.sitting(desk, node=node))


def count(desk: Desk) -> int:
    """How many entries a node has."""
    row = desk.look().one("SELECT COUNT(*) AS n FROM entry")
    return int(row["n"]) if row else 0
