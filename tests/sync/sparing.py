"""A second computer of a unit for the tests of spares: a real store beside the other, and what is asked of all."""

from datetime import date, timedelta

from tests.sync.places import Hospital, recorded
from wsq_huddle.domain.agendas import Mark
from wsq_huddle.domain.huddles import Answered, Huddle, Opened, subject_of
from wsq_huddle.store import verifying
from wsq_huddle.store.checking import check
from wsq_huddle.store.projecting import dump, rebuild
from wsq_huddle.store.store import Store
from wsq_huddle.sync import sparing
from wsq_huddle.sync.joining import Joined, join, join_again
from wsq_huddle.sync.link import Way
from wsq_huddle.sync.link.once import Exchanged, exchange_once

MORNING = date(2026, 11, 24)
HUDDLE = subject_of("4-west", MORNING, "morning")


class Spare:
    """A spare PC of 4 West, in a folder of its own."""

    def __init__(self, place: Hospital, folder: str = "spare") -> None:
        self.place = place
        self.store = place.store("4-west", folder)
        self.way = Way(place.hub("cardiac").url)

    @property
    def device(self) -> str:
        row = self.store.look().one("SELECT id FROM device WHERE current")
        return str(row["id"]) if row else ""

    def join(self, code: str = "") -> Joined:
        return join(self.store, self.way, code or invited(self.place), spare=True)

    def exchange(self) -> Exchanged:
        return exchange_once(self.store, self.way)

    def move(self) -> Joined:
        return join_again(self.store, self.way, by="Ana R.")


def invited(place: Hospital) -> str:
    """A code for a spare of 4 West."""
    return sparing.invite(place.store("cardiac"), "4-west", timedelta(days=1), by="Pat L.")[0]


def with_spare(place: Hospital) -> Spare:
    """4 West below Cardiac, and a spare of it that has joined."""

    def make(place: Hospital) -> None:
        place.enrol("4-west", "cardiac")
        Spare(place).join()

    if place.begin("a spare", make):
        place.ways["4-west"] = Way(place.hub("cardiac").url)
    return Spare(place)


def opened(store: Store) -> None:
    recorded(store, HUDDLE, Opened(on=MORNING, name="morning", planned_at=None, minutes=10, leader="Ana R."))


def answered(store: Store, item: str, value: str) -> None:
    event = Answered(item=item, step="look-back", item_kind="count", value=value, mark=Mark.MET, note=f"{item} {value}")
    recorded(store, HUDDLE, event)


def answers(store: Store) -> dict[str, str | None]:
    """What is answered in the huddle of the morning, as a store has it."""
    with store.writing() as writing:
        found: Huddle | None = writing.recorder.state(HUDDLE)
        return {one.item: one.value for one in found.answers} if found else {}


def told(store: Store, where: str = "1 = 1") -> dict[str, str]:
    """The entries that count in a store, by id: the hash of each."""
    rows = store.look().rows(f"SELECT id, hash FROM entry WHERE NOT parked AND {where}")  # noqa: S608 - of a test
    return {str(row["id"]): str(row["hash"]) for row in rows}


def sound(*stores: Store) -> bool:
    """Whether each log is whole, and its rows are the same when they are made anew."""
    for store in stores:
        with store.writing() as writing:
            before = dump(writing.transaction)
            rebuild(writing.transaction)
            assert dump(writing.transaction) == before
        assert verifying.verify(store.look(), store.secrets).faults == []
        assert check(store) == []
    return True
