"""A store that becomes that of a spare: what setting it up has declared does not count, and what people said does."""

from wsq_huddle.domain import problems
from wsq_huddle.domain.definitions import Published, subject_of
from wsq_huddle.domain.problems import Raised, Urgency
from wsq_huddle.store.sparing import set_aside, used
from wsq_huddle.store.store import Store
from wsq_huddle.store.verifying import verify

PHONES = Published(owner="4-west", sort="phones", edition=1, definitions=({"call": "4711"},))


def declared(store: Store) -> list[str]:
    return [str(row["sort"]) for row in store.look().rows("SELECT sort FROM definition")]


def test_what_setting_it_up_has_declared_is_no_use_of_it_and_is_set_aside(store: Store) -> None:
    with store.writing() as writing:
        writing.recorder.write("", PHONES, subject_of("4-west", "phones"))
    assert declared(store) == ["phones"]

    with store.writing() as writing:
        before = used(writing.transaction)
        set_aside(writing.transaction)

    assert before == 0
    assert declared(store) == []
    assert verify(store.look(), store.secrets).faults == []


def test_what_somebody_said_is_use_of_it(store: Store) -> None:
    with store.writing() as writing:
        event = Raised(category="equipment", urgency=Urgency.TODAY, title="Two IV pumps missing")
        writing.recorder.write("Ana R.", event, problems.PREFIX)

    with store.writing() as writing:
        assert used(writing.transaction) == 1
