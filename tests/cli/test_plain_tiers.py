"""The prompts at every tier: what came back, the roll call, what came up; what leaves is said before it leaves."""

from tests.cli.prompts import told
from tests.services.hospital import Hospital
from wsq_huddle.domain.problems import State
from wsq_huddle.services import huddles, pins, problems


def test_a_department_hears_its_units_and_solves_what_came_up(hospital: Hospital, asked: str) -> None:
    hospital.clock.put("07:15")
    huddles.open_today(hospital["4-west"])
    hospital.deliver()
    hospital.clock.put("08:00")
    roll_call, own = ["needs", "", "rings later"], [""] * 4
    out = told(hospital["cardiac"], "J. Whitfield", *[""] * 5, *roll_call, *own, "solved two from the pool", "")
    hospital.deliver()

    assert "Roll call: 1 of 2 told us." in out
    assert "4 West: Two IV pumps missing" in out
    assert "Needs: two pumps. Tried: asked 5 East." in out
    assert "It goes to 4 West. Enter = send" in out
    assert problems.read(hospital["4-west"], asked).state is State.RESOLVED
    heard = huddles.sitting(hospital["cardiac"]).huddle
    assert heard is not None
    assert heard.leader == "J. Whitfield"
    assert sum(answer.value == "heard" for answer in heard.answers) == 2


def test_a_pattern_is_answered_once_and_each_unit_gets_it(hospital: Hospital) -> None:
    asked = []
    for key in ("4-west", "5-east"):
        one = problems.raise_at(hospital[key], title="Infusion pumps missing", category="equipment").id
        problems.escalate(hospital[key], one, need="pumps")
        asked.append((key, one))
    hospital.deliver()
    hospital.clock.put("08:00")
    out = told(hospital["cardiac"], *[""] * 12, "solved four from the pool", "")
    hospital.deliver()

    assert "in 4 West, 5 East, 2 wait" in out
    assert "It goes to all 2." in out
    assert {problems.read(hospital[key], one).state for key, one in asked} == {State.RESOLVED}
    assert "Ours:" not in out.partition("Help. ")[2]


def test_back_before_it_leaves_sends_nothing(hospital: Hospital, asked: str) -> None:
    hospital.clock.put("08:00")
    out = told(hospital["cardiac"], *[""] * 12, "solved two from the pool", "back")

    assert "It goes to 4 West." in out
    assert problems.read(hospital["cardiac"], asked).state is State.OPEN


def test_a_unit_reads_out_what_came_back_and_says_whether_it_worked(hospital: Hospital, asked: str) -> None:
    problems.resolve(hospital["cardiac"], asked, remedy="two from the pool")
    hospital.deliver()
    hospital.clock.put("07:15")
    out = told(hospital["4-west"], "", "yes")

    assert "Answer to: Two IV pumps missing. Cardiac" in out
    assert "Did it work? yes, or no and why." in out
    found = problems.read(hospital["4-west"], asked)
    assert found.state is State.CLOSED
    assert found.answer is not None
    assert found.answer.read_at is not None


def test_what_did_not_work_is_open_again_with_the_reason(hospital: Hospital, asked: str) -> None:
    problems.resolve(hospital["cardiac"], asked, remedy="two from the pool")
    hospital.deliver()
    hospital.clock.put("07:15")
    told(hospital["4-west"], "", "no, one of them is broken")

    assert problems.read(hospital["4-west"], asked).state is State.OPEN


def test_help_is_asked_in_words_and_said_where_it_goes_before_it_goes(hospital: Hospital) -> None:
    hospital.clock.put("07:15")
    lines = ["", "", "", "", "pumps", "n", *[""] * 14, "help two pumps", "asked 5 East", "10:00"]
    out = told(hospital["4-west"], *lines)
    assert 'To Cardiac: "two pumps", by 10:00. Enter = send' in out
    hospital.deliver()
    assert problems.listed(hospital["cardiac"]) == []

    again = told(hospital["4-west"], "help", "")
    assert 'Begun: help "two pumps"; help = go on with it.' in again
    hospital.deliver()
    assert [one.ask.tried for one in problems.listed(hospital["cardiac"]) if one.ask] == ["asked 5 East"]


def test_a_safety_event_says_which_and_the_next_tier_gets_to_know(hospital: Hospital) -> None:
    hospital.clock.put("07:15")
    out = told(hospital["4-west"], "", "!", "Fall in the corridor", "y", "1", "")
    hospital.deliver()

    assert "A safety event: which? 1 Falls" in out
    assert "Cardiac gets to know." in out
    (raised,) = problems.listed(hospital["cardiac"])
    assert (raised.category, raised.about) == ("safety", "4-west/fall")


def test_who_has_a_pin_is_asked_for_it_and_it_is_never_shown(hospital: Hospital) -> None:
    hospital.clock.put("07:15")
    pins.set_pin(hospital["4-west"], "Ana Ruiz", "4711")
    out = told(hospital["4-west"], "Ana Ruiz", "0815", "Ana Ruiz", "4711", "")

    assert "That is not the PIN of Ana Ruiz." in out
    assert "4711" not in out
    opened = huddles.sitting(hospital["4-west"]).huddle
    assert opened is not None
    assert opened.leader == "Ana Ruiz"


def test_an_urgent_problem_is_said_to_be_no_emergency_call_and_told_at_once(hospital: Hospital) -> None:
    hospital.clock.put("07:15")
    out = told(hospital["4-west"], "", "!! Oxygen low in the ward", "")
    hospital.deliver()

    assert "Not for emergencies" in out or "is told at once" in out
    assert [one.urgency.value for one in problems.listed(hospital["cardiac"])] == ["now"]
