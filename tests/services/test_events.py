"""Safety events: who gets to know by itself, which tiers at once, and the card in tomorrow's look-back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.hospital import DAY, Hospital, settings_in
from wsq_huddle.domain.agendas import Step
from wsq_huddle.domain.problems import Mode, Problem, Urgency
from wsq_huddle.errors import NotFound
from wsq_huddle.services import definitions, huddles, problems, steps, todays
from wsq_huddle.services.desk import Desk

TOMORROW = DAY + timedelta(days=1)


def reportable(hospital: Hospital) -> Desk:
    """4 West, whose site says that every fall is reportable."""
    settings = settings_in(hospital.folder / "reportable", "4-west")
    items = tuple(replace(item, reportable=item.key == "fall") for item in settings.items)
    hospital.desks["4-west"] = Desk(hospital["4-west"].store, replace(settings, items=items))
    definitions.publish(hospital["4-west"])
    hospital.deliver()
    return hospital["4-west"]


def known(hospital: Hospital, key: str) -> list[str]:
    return [problem.title for problem in todays.to_know(hospital[key])]


def falls(desk: Desk) -> steps.Asked:
    look = steps.look(desk, huddles.sitting(desk))
    return next(one for one in look.asked[Step.STATUS] if one.item.key.endswith("/fall"))


def test_an_event_says_which_and_goes_up_to_know_without_asking_for_anything(hospital: Hospital) -> None:
    fall = problems.raise_at(hospital["4-west"], title="Fall at the bath", event="fall")
    hospital.deliver()

    assert (fall.category, fall.about, fall.urgency) == ("safety", "4-west/fall", Urgency.TODAY)
    assert (fall.holder, fall.turn) == ("4-west", 2)
    assert [(hop.to, hop.mode) for hop in fall.hops] == [("cardiac", Mode.AWARENESS)]
    assert known(hospital, "cardiac") == ["Fall at the bath"]
    assert known(hospital, "executive") == []


def test_a_reportable_event_reaches_every_tier_at_once_and_each_is_alerted(hospital: Hospital) -> None:
    desk = reportable(hospital)
    fall = problems.raise_at(desk, title="Fall at the bath", event="4-west/fall")
    hospital.deliver()

    assert [alert.to for alert in fall.alerts] == ["cardiac", "executive"]
    assert fall.urgency is Urgency.NOW
    assert fall.holder == "4-west"
    assert known(hospital, "cardiac") == known(hospital, "executive") == ["Fall at the bath"]


def test_other_events_of_that_site_stay_with_the_next_tier(hospital: Hospital) -> None:
    problems.raise_at(reportable(hospital), title="Cut by a needle", event="staff-hurt")
    hospital.deliver()

    assert (known(hospital, "cardiac"), known(hospital, "executive")) == (["Cut by a needle"], [])


def test_an_event_that_the_huddle_does_not_ask_for_is_refused_with_those_there_are(hospital: Hospital) -> None:
    with pytest.raises(NotFound, match=r"fall, pressure-injury, medication, staff-hurt\."):
        problems.raise_at(hospital["4-west"], title="A good catch", event="good-catch")


def test_the_highest_tier_has_nobody_to_tell(hospital: Hospital) -> None:
    raised = problems.raise_at(hospital["executive"], title="Lift stuck", to_know=True)

    assert (raised.hops, raised.alerts) == ((), ())


def closed_today(hospital: Hospital) -> Desk:
    """4 West after its huddle, in which nobody had fallen."""
    desk = hospital["4-west"]
    hospital.clock.put("07:15")
    huddles.open_today(desk, leader="Ana R.")
    one = huddles.sitting(desk)
    steps.fine(desk, one, [asked.item for asked in steps.look(desk, one).status])
    huddles.close(desk, one)
    hospital.clock.put("09:40")
    return desk


def test_an_event_after_the_huddle_is_a_card_in_tomorrows_look_back_until_it_is_counted(hospital: Hospital) -> None:
    desk = closed_today(hospital)
    fall = problems.raise_at(desk, title="Fall at the bath", event="fall", reference="IR-7")
    today = falls(desk)
    hospital.clock.put("07:15", TOMORROW)
    huddles.open_today(desk, leader="Ben K.")
    before = falls(desk)
    steps.fine(desk, huddles.sitting(desk), [before.item])
    after = falls(desk)
    hospital.clock.put("07:15", TOMORROW + timedelta(days=1))

    assert (today.told, [one.id for one in before.told]) == ((), [fall.id])
    assert after.answer is not None
    assert (after.answer.value, len(after.answer.cards)) == ("1", 1)
    assert (after.answer.cards[0].shift, after.answer.cards[0].reference) == ("day", "IR-7")
    assert falls(desk).told == ()


def test_an_event_that_was_taken_back_is_no_card(hospital: Hospital) -> None:
    desk = closed_today(hospital)
    fall = problems.raise_at(desk, title="Fall at the bath", event="fall")
    problems.withdraw(desk, fall.id, why="it was a drill")
    hospital.clock.put("07:15", TOMORROW)

    assert falls(desk).told == ()


def lines(desk: Desk) -> dict[str, bool]:
    """What Plan and Help have, and whether it is settled."""
    return {line.ask: line.settled for line in steps.look(desk, huddles.sitting(desk)).left}


def test_what_was_raised_after_the_huddle_is_in_todays_goes_up_and_opens_tomorrows(hospital: Hospital) -> None:
    desk = closed_today(hospital)
    raised: Problem = problems.raise_at(desk, title="Lift stuck", to_know=True)
    sent = [one.problem.id for one in steps.look(desk, huddles.sitting(desk)).closing.sent]
    hospital.deliver()
    hospital.clock.put("07:15", TOMORROW)
    huddles.open_today(desk, leader="Ben K.")

    assert sent == [raised.id]
    assert known(hospital, "cardiac") == ["Lift stuck"]
    assert lines(desk)["Lift stuck"] is False


def test_telling_by_hand_settles_a_line_and_telling_by_itself_does_not(hospital: Hospital) -> None:
    desk = closed_today(hospital)
    by_hand = problems.raise_at(desk, title="Scanner down")
    problems.raise_at(desk, title="Lift stuck", to_know=True)
    hospital.clock.put("10:00")
    problems.escalate(desk, by_hand.id, mode=Mode.AWARENESS)

    assert lines(desk) == {"Scanner down": True, "Lift stuck": False}
