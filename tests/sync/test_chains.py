"""Two and three tiers: what is raised below comes up, what is done above comes down, over real sockets."""

from tests.sync.places import Hospital, count, entries, eventually, on_both, problem, raised, recorded
from wsq_huddle.domain.problems import Confirmed, Escalated, Resolved, State


@on_both
def test_a_problem_goes_up_two_tiers_and_back_until_it_is_confirmed(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    unit, department, executive = place.store("4-west"), place.store("cardiac"), place.store("executive")
    subject = raised(unit)
    recorded(unit, subject, Escalated(to="cardiac", need="two pumps"))
    place.exchange("4-west")
    recorded(department, subject, Escalated(to="executive", need="two pumps"))
    place.exchange("cardiac")
    recorded(executive, subject, Resolved(remedy="bought"))
    place.exchange("cardiac")
    place.exchange("4-west")
    recorded(unit, subject, Confirmed(lesson="count them weekly"))
    place.exchange("4-west")
    place.exchange("cardiac")
    place.exchange("cardiac")
    place.exchange("4-west")

    states = [problem(store, subject) for store in (unit, department, executive)]
    assert [state.state for state in states if state] == [State.CLOSED] * 3
    assert entries(unit, subject) == entries(department, subject) == entries(executive, subject)


@on_both
def test_running_links_carry_it_by_themselves(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("4-west", "cardiac"))
    place.link("cardiac")
    place.link("4-west")
    subject = raised(place.store("4-west"))
    recorded(place.store("4-west"), subject, Escalated(to="cardiac", need="two pumps"))
    eventually(lambda: (found := problem(place.store("cardiac"), subject)) and found.holder == "cardiac")
    recorded(place.store("cardiac"), subject, Resolved(remedy="lent"))

    eventually(lambda: (found := problem(place.store("4-west"), subject)) and found.state is State.RESOLVED)
    assert count(place.store("executive"), f"subject = '{subject}'") == 0
