"""What is typed at the prompts, word for word: back, ?, numbers, names, and what was begun and not sent."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cli.prompts import told
from tests.services.hospital import DAY, Hospital
from wsq_huddle.cli.plain.asking import place_meant
from wsq_huddle.cli.plain.room import Room
from wsq_huddle.cli.plain.talk import Talk
from wsq_huddle.config.tables import Person
from wsq_huddle.domain.agendas import Answer, Mark, Step
from wsq_huddle.domain.huddles import Huddle
from wsq_huddle.domain.problems import Mode, State
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import actions, announcements, causes, drafts, huddles, problems
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.places import Places

TO_PLAN = [""] * 19
"""Who leads, two targets and the sixteen lines of Status of a unit, all of them fine."""
PUMPS = ["", "", "", "", "pumps", "n", *[""] * 14]
"""The same, but for pumps that are missing: up to their line in Plan."""


@pytest.fixture
def desk(hospital: Hospital) -> Desk:
    """4 West at the time of its huddle."""
    hospital.clock.put("07:15")
    return hospital["4-west"]


def held(desk: Desk) -> Huddle:
    huddle = huddles.sitting(desk).huddle
    assert huddle is not None
    return huddle


def status(desk: Desk, line: str) -> Answer:
    answer = held(desk).answer(f"4-west/{line}", Step.STATUS)
    assert answer is not None
    return answer


def test_back_twice_goes_back_two_lines(desk: Desk) -> None:
    out = told(desk, "", "", "", "", "back", "back", "20")

    assert "Changed for today." in out
    assert status(desk, "methods").mark is Mark.MET


def test_a_closed_huddle_that_is_opened_again_goes_on_with_who_was_there(desk: Desk) -> None:
    told(desk, *[""] * 40)
    out = told(desk, "open", "7", "Ana Ruiz, Ben Koch", "", "")

    assert held(desk).state.value == "closed"
    assert (held(desk).present, held(desk).leaders) == (7, ("Ana Ruiz", "Ben Koch"))
    assert out.count("How many were there?") == 1


def test_who_leads_may_be_two_letters_and_who_types_writes_for_who_leads(hospital: Hospital, desk: Desk) -> None:
    desk.settings = replace(desk.settings, people=(Person(name="Ana Ruiz", initials="AR"),))
    told(desk, "ar")
    hospital.clock.put("08:00")
    told(hospital["cardiac"], "R. Okafor", "J. Cole")

    assert held(desk).leader == "Ana Ruiz"
    assert hospital["cardiac"].author == "J. Cole for R. Okafor"


def test_back_raises_nothing_and_the_line_is_asked_again(desk: Desk) -> None:
    out = told(desk, "", "!! Oxygen low in the ward", "back")

    assert "Not raised.\nFalls, 5 days: target" in out
    assert problems.listed(desk) == []


def test_a_question_mark_says_what_this_line_takes_and_asks_again(desk: Desk) -> None:
    out = told(desk, "", "?")

    assert "A number is today's target." in out
    assert out.count("Falls, 5 days: target") == 2


def test_what_was_begun_and_sent_or_not_sent_leaves_nothing_behind(hospital: Hospital, desk: Desk) -> None:
    told(desk, *PUMPS, "help two pumps", "asked 5 East", "10:00")
    (kept,) = drafts.kept(desk)
    assert kept.place == f"huddle/{huddles.sitting(desk).subject}/help/4-west/equipment", "where the screens keep it"

    told(desk, "help three pumps", "", "10:00", "back")
    assert drafts.kept(desk) == []
    told(desk, "help two pumps", "", "10:00", "know")
    hospital.deliver()
    assert drafts.kept(desk) == []
    assert [one.hops[-1].mode for one in problems.listed(hospital["cardiac"])] == [Mode.AWARENESS]


def test_another_plan_than_the_one_that_was_begun_is_asked_from_its_beginning(desk: Desk) -> None:
    told(desk, *PUMPS, "loan pumps asked for", "Ana Ruiz")
    told(desk, "rent two", "", "fri")

    assert [(one.what, one.owner) for one in actions.listed(desk)] == [("rent two", desk.author)]


def test_what_is_raised_in_a_huddle_that_is_closed_goes_up_at_once(hospital: Hospital, desk: Desk) -> None:
    told(desk, *[""] * 40)
    told(desk, "! Door broken", "")
    hospital.deliver()

    (door,) = problems.listed(hospital["cardiac"])
    assert (door.title, [hop.mode for hop in door.hops]) == ("Door broken", [Mode.AWARENESS])


def test_a_safety_event_is_raised_although_nobody_says_which(desk: Desk) -> None:
    told(desk, "", "!", "Fall in the corridor", "y")

    assert [(one.title, one.about) for one in problems.listed(desk)] == [("Fall in the corridor", None)]


def test_a_number_that_no_event_has_is_refused_and_the_last_one_is_the_last(desk: Desk) -> None:
    out = told(desk, "", "!", "Needle stick", "y", "0", "5", "4")

    assert out.count("Type a number from 1 to 4, or Enter.") == 2
    assert "every tier is told at once" not in out
    assert [one.about for one in problems.listed(desk)] == ["4-west/staff-hurt"]


def test_a_word_counts_as_a_whole_and_an_answer_goes_to_who_handed_it_on(hospital: Hospital, asked: str) -> None:
    problems.assign(hospital["cardiac"], asked, to="5-east", need="two pumps")
    hospital.deliver()
    hospital.clock.put("07:15")
    out = told(hospital["5-east"], *TO_PLAN, "answering", "answer none to spare", "")

    assert "Begin with " in out
    assert "It goes to Cardiac." in out
    assert problems.read(hospital["5-east"], asked).holder == "cardiac"


def test_enter_beside_what_is_only_to_be_known_says_that_it_was_heard(hospital: Hospital) -> None:
    one = problems.raise_at(hospital["4-west"], title="CT down", to_know=True).id
    hospital.deliver()
    hospital.clock.put("08:00")
    told(hospital["cardiac"], *[""] * 13)

    assert "cardiac" in problems.read(hospital["cardiac"], one).seen


def test_what_was_read_out_is_read_out_once_and_answered_when_somebody_comes_back_to_it(
    hospital: Hospital, asked: str
) -> None:
    problems.resolve(hospital["cardiac"], asked, remedy="two from the pool")
    hospital.deliver()
    hospital.clock.put("07:15")
    out = told(hospital["4-west"], "", "", "back", "yes")

    assert "Fixed. Thank you." in out
    assert problems.read(hospital["4-west"], asked).state is State.CLOSED


def test_what_is_due_is_done_by_enter_alone(desk: Desk) -> None:
    actions.plan(desk, what="Ring the vendor", owner="Ana Ruiz", due=DAY)
    out = told(desk, "", "tomorrow")
    assert "Enter says that it is done; next goes on." in out
    assert [one.done_at for one in actions.listed(desk)] == [None]

    told(desk, "")
    assert actions.listed(desk) == []


def test_enter_leaves_what_was_said_and_cards_say_what_was_told(desk: Desk) -> None:
    fall = ["1", "", "2", "y", "e", "SR-4"]
    told(desk, "", "", "", "", "pumps", "", "back", "", *[""] * 2, *fall)
    (card,) = status(desk, "fall").cards

    assert (status(desk, "equipment").mark, status(desk, "equipment").note) == (Mark.ATTENTION, "pumps")
    assert card.cause == causes.by_event(desk, Places(desk))["fall"][1][0]
    assert (card.acted, card.standard_kept.value, card.shift, card.reference) == (False, "yes", "evening", "SR-4")


def test_words_beside_an_area_are_kept_when_somebody_comes_back_to_it(hospital: Hospital) -> None:
    hospital.clock.put("08:00")
    told(hospital["cardiac"], *[""] * 7, "back", "rings later")

    assert "rings later" in [answer.note for answer in held(hospital["cardiac"]).answers]


def test_names_do_not_make_fewer_people(desk: Desk) -> None:
    told(desk, *TO_PLAN, "7", "Ana Ruiz, Ben Koch")

    assert (held(desk).present, held(desk).leaders) == (7, ("Ana Ruiz", "Ben Koch"))


def test_two_areas_of_one_name_are_none(hospital: Hospital) -> None:
    room = Room(hospital["cardiac"], Talk(io.StringIO(), io.StringIO()))
    room.site = replace(room.site, others={"lab": "Lab", "lab-2": "Lab", "biomed": "Biomed"})

    assert place_meant(room, "BIOMED") == "biomed"
    for typed in ("lab", "nowhere"):
        with pytest.raises(NotAllowed, match=r"Which area\? Lab, Lab, Biomed\."):
            place_meant(room, typed)


def test_what_was_announced_for_days_is_read_out_once_and_told_of_after_that(hospital: Hospital, desk: Desk) -> None:
    announcements.publish(hospital["cardiac"], title="Lift 3 is closed", text="Use lift 4")
    hospital.deliver()
    first = told(desk, *[""] * 40)
    hospital.clock.put("07:15", DAY + timedelta(days=1))
    second = told(desk, *[""] * 40)

    assert "Lift 3 is closed. Use lift 4 Enter = said." in first
    assert "Lift 3 is closed. It was read out here before." in second
    assert "Enter = said" not in second


def test_a_long_number_that_answers_is_no_record_of_a_patient(desk: Desk) -> None:
    out = told(desk, "", "4829131")

    assert "Changed for today." in out
    assert "Looks like" not in out
