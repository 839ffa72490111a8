"""The six steps of a huddle, as the lines that its screens show and the keys that fill them."""

from datetime import timedelta

import pytest

from tests.services.hospital import DAY, Hospital, at
from wsq_huddle.domain.agendas import Step, Why
from wsq_huddle.domain.problems import Mode, State
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import actions, huddles, problems, steps
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.steps import How, Look


def look(desk: Desk) -> Look:
    return steps.look(desk, huddles.sitting(desk))


def begun(hospital: Hospital, key: str, clock: str = "07:15") -> Look:
    hospital.clock.put(clock)
    huddles.open_today(hospital[key])
    return look(hospital[key])


def answered(hospital: Hospital, title: str, *, solved: bool = False) -> str:
    """A problem of the unit that its department has answered."""
    one = problems.raise_at(hospital["4-west"], title=title).id
    problems.escalate(hospital["4-west"], one, need="help")
    hospital.deliver()
    if solved:
        problems.resolve(hospital["cardiac"], one, remedy="done")
    else:
        problems.give_back(hospital["cardiac"], one, answer="not possible now")
    hospital.deliver()
    return one


def test_a_huddle_that_was_not_opened_shows_its_lines_too(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:00")
    now = look(unit)

    assert (len(now.targets), len(now.status), now.closing.asked, now.back) == (2, 14, 16, None)
    assert now.done == {Step.FROM_ABOVE, Step.PLAN, Step.HELP}
    with pytest.raises(NotAllowed, match="Open it first"):
        steps.fine(unit, now.sitting, [now.status[0].item])


def test_answers_are_said_and_solutions_confirmed_and_both_stay_on_the_page(hospital: Hospital, unit: Desk) -> None:
    told, solved = answered(hospital, "Pumps"), answered(hospital, "Night RN short", solved=True)
    now = begun(hospital, "4-west")
    assert [(one.who, one.said, one.asks, one.done) for one in now.last_time.answers] == [
        ("Cardiac", False, False, False), ("Cardiac", False, True, False),
    ]  # fmt: skip

    steps.read_out(unit, now.sitting, told)
    steps.read_out(unit, now.sitting, solved)
    assert [one.done for one in look(unit).last_time.answers] == [True, False]
    problems.confirm(unit, solved)
    now = look(unit)
    assert [one.done for one in now.last_time.answers] == [True, True]
    assert (now.last_time.done, now.last_time.count) == (2, 2)
    assert Step.FROM_ABOVE in now.done
    summary = huddles.summary_of(unit, now.sitting)
    assert (summary.answers.given, summary.answers.read_out, summary.answers.fixed) == (2, 2, 1)
    hospital.deliver()
    answer = problems.read(hospital["cardiac"], told).answer
    assert answer is not None
    assert answer.read_at is not None


def test_what_was_read_out_last_time_is_gone_the_next(hospital: Hospital, unit: Desk) -> None:
    told = answered(hospital, "Pumps")
    steps.read_out(unit, begun(hospital, "4-west").sitting, told)
    hospital.clock.put("07:15", DAY + timedelta(days=1))

    assert look(unit).last_time.answers == ()
    assert look(unit).back == huddles.last_held(unit, unit.now())


def test_what_is_due_is_done_with_one_key_an_action_or_a_plan(hospital: Hospital, unit: Desk) -> None:
    action = actions.plan(unit, what="Fetch the spare", owner="Ana R.", due=DAY).id
    actions.plan(unit, what="Later", owner="Ana R.", due=DAY + timedelta(days=1))
    alarm = problems.raise_at(unit, title="Bed alarm dead").id
    problems.plan(unit, alarm, what="spare from store", owner="Ben", due=DAY - timedelta(days=1))
    now = begun(hospital, "4-west")
    assert [(one.key, one.what, one.plan, one.done) for one in now.last_time.due] == [
        (alarm, "Bed alarm dead", "spare from store", False), (action, "Fetch the spare", "", False),
    ]  # fmt: skip

    steps.done(unit, alarm)
    steps.done(unit, action)
    assert [one.done for one in look(unit).last_time.due] == [True, True]
    solved = problems.read(unit, alarm)
    assert (solved.state, solved.remedy) == (State.RESOLVED, "spare from store")


def test_what_is_planned_in_this_huddle_for_today_is_not_due_in_last_time(hospital: Hospital, unit: Desk) -> None:
    before = actions.plan(unit, what="Count the slings", owner="Ana R.", due=DAY).id
    one = begun(hospital, "4-west").sitting
    steps.done(unit, before)
    assert Step.FROM_ABOVE in look(unit).done
    fetch = actions.plan(unit, what="Fetch the spare", owner="Ana R.", due=DAY).id
    alarm = problems.raise_at(unit, title="Bed alarm dead").id
    problems.plan(unit, alarm, what="spare from store", owner="Ben", due=DAY)

    assert [due.key for due in look(unit).last_time.due] == [before]
    assert Step.FROM_ABOVE in look(unit).done
    huddles.close(unit, one)
    hospital.clock.put("07:15", DAY + timedelta(days=1))
    assert {due.key for due in look(unit).last_time.due} == {alarm, fetch}


def test_what_others_have_planned_for_us_is_a_promise(hospital: Hospital, unit: Desk, department: Desk) -> None:
    lift = problems.raise_at(unit, title="Second lift").id
    problems.plan(unit, lift, what="ask around", owner="Ana", due=DAY)
    problems.escalate(unit, lift, need="a lift")
    hospital.deliver()
    assert begun(hospital, "4-west").last_time.promises == ()
    problems.plan(department, lift, what="buy one", owner="R. Okafor", due=DAY - timedelta(days=3))
    hospital.deliver()

    promise = look(unit).last_time.promises[0]
    assert (promise.problem.title, promise.who, promise.owner, promise.over) == (
        "Second lift", "Cardiac", "R. Okafor", 3,
    )  # fmt: skip


def test_targets_show_the_last_value_and_whether_they_were_changed_for_today(hospital: Hospital, unit: Desk) -> None:
    one = begun(hospital, "4-west").sitting
    huddles.answer(unit, one, "home-by-11", "28")
    huddles.close(unit, one)
    hospital.clock.put("07:15", DAY + timedelta(days=1))
    huddles.open_today(unit)
    one = huddles.sitting(unit)
    huddles.answer(unit, one, "home-by-11:target", "25")
    huddles.answer(unit, one, "home-by-11", "27")

    falls, home = look(unit).targets
    assert (falls.last, falls.changed, falls.done) == (None, False, False)
    assert home.last is not None
    assert home.answer is not None
    assert (home.last.value, home.item.target, home.changed, home.answer.mark) == ("28", 25.0, True, "met")


def test_the_rest_of_a_group_is_fine_and_what_was_said_stays(hospital: Hospital, unit: Desk) -> None:
    now = begun(hospital, "4-west")
    huddles.answer(unit, now.sitting, "supplies", "amber", note="linen short")
    before = unit.look().one("SELECT COUNT(*) AS n FROM entry")

    steps.fine(unit, now.sitting, [line.item for line in now.status])
    done = look(unit)
    assert Step.STATUS in done.done
    assert [line.answer.mark for line in done.status if line.answer and line.item.group == "Ready today"] == [
        "met", "met", "attention", "met",
    ]  # fmt: skip
    after = unit.look().one("SELECT COUNT(*) AS n FROM entry")
    assert before is not None
    assert after is not None
    assert after["n"] - before["n"] == 13


def test_what_is_not_well_is_a_line_until_it_has_a_plan_help_or_is_watched(hospital: Hospital, unit: Desk) -> None:
    one = begun(hospital, "4-west").sitting
    huddles.answer(unit, one, "staff", "r", note="2 RN short until 19:00")
    huddles.answer(unit, one, "supplies", "a", note="linen short")
    huddles.answer(unit, one, "fall", "1")
    alarm = problems.raise_at(unit, title="Bed alarm 14 also silent").id
    now = look(unit)
    assert [(line.about, line.why) for line in now.left] == [
        ("4-west/staff", Why.READINESS), ("4-west/supplies", Why.READINESS), ("4-west/fall", Why.EVENT),
        (alarm, Why.PROBLEM),
    ]  # fmt: skip
    assert (now.closing.unsettled, now.ours) == (4, ())

    staff, supplies, fall, raised = now.left
    asked = steps.ask_for(unit, staff, need="two RN", tried="float pool", by=at("10:00"))
    steps.plan_for(unit, supplies, what="ring the laundry", owner="Ana", due=DAY)
    steps.watch(unit, one, fall)
    steps.plan_for(unit, raised, what="spare", owner="Ben", due=DAY)
    now = look(unit)
    assert [(line.planned, line.asked, line.watched) for line in now.left] == [
        (False, True, False), (True, False, False), (False, False, True), (True, False, False),
    ]  # fmt: skip
    assert now.closing.unsettled == 0
    assert {Step.PLAN, Step.HELP} <= now.done
    assert (asked.title, asked.holder, asked.about) == ("2 RN short until 19:00", "cardiac", "4-west/staff")
    assert [(sent.problem.id, sent.to, sent.hop.delivered_at) for sent in now.closing.sent] == [
        (asked.id, "Cardiac", None)
    ]
    hospital.deliver()
    assert look(unit).closing.sent[0].hop.delivered_at is not None


def test_asking_for_help_with_a_line_is_refused_whole(hospital: Hospital, unit: Desk) -> None:
    one = begun(hospital, "4-west").sitting
    huddles.answer(unit, one, "staff", "r", note="n" * 500)
    line = look(unit).left[0]

    with pytest.raises(NotAllowed, match="Say what you need"):
        steps.ask_for(unit, line, need=" ")
    assert problems.listed(unit) == []
    assert len(steps.ask_for(unit, line, need="two RN").title) == 200
    assert steps.ask_for(unit, line, mode=Mode.AWARENESS).holder == "4-west"


def test_a_department_sees_what_came_up_and_what_it_has_done_with_it(hospital: Hospital, department: Desk) -> None:
    unit = hospital["4-west"]
    made = []
    for title in ("Pumps", "Linen", "Door", "RN short", "Lamp"):
        made.append(problems.raise_at(unit, title=title).id)
        problems.escalate(unit, made[-1], need=f"need {title}", by=at("10:00"))
    problems.escalate(unit, problems.raise_at(unit, title="Fall").id, mode=Mode.AWARENESS)
    hospital.deliver()
    now = begun(hospital, "cardiac", "08:00")
    assert {(one.unit, one.who, one.by is not None, one.to_know) for one in now.came_up} == {
        ("4 West", "4 West", True, False), ("4 West", "4 West", False, True),
    }  # fmt: skip
    assert Step.HELP not in now.done

    problems.assign(department, made[0], to="biomed", need="two pumps")
    problems.resolve(department, made[1], remedy="new order")
    problems.give_back(department, made[2], answer="no oil now")
    problems.plan(department, made[3], what="ring agency", owner="Lind", due=DAY)
    fall = next(one for one in now.came_up if one.to_know)
    problems.see(department, fall.problem.id)
    dealt = {one.problem.title: one.dealt for one in look(department).came_up}
    assert {title: one and (one.how, one.to, one.text) for title, one in dealt.items()} == {
        "Pumps": (How.HANDED, "Biomed", "two pumps"),
        "Linen": (How.SOLVED, "4 West", "new order"),
        "Door": (How.ANSWERED, "4 West", "no oil now"),
        "RN short": (How.PLANNED, "", "ring agency"),
        "Fall": (How.HEARD, "", ""),
        "Lamp": None,
    }
    hospital.clock.put("08:00", DAY + timedelta(days=1))
    assert {one.problem.title for one in look(department).came_up} == {"RN short", "Lamp"}


def test_an_answer_that_was_corrected_after_it_was_read_out_comes_back_with_both_texts(hospital: Hospital) -> None:
    unit, department = hospital["4-west"], hospital["cardiac"]
    pumps = answered(hospital, "Pumps")
    steps.read_out(unit, begun(hospital, "4-west").sitting, pumps)
    hospital.deliver()
    seen = problems.read(department, pumps).answer
    problems.put_right(department, pumps, text="from 5 East", part="answer")
    hospital.deliver()
    hospital.clock.put("07:15", DAY + timedelta(days=2))
    huddles.open_today(unit)
    (back,) = look(unit).last_time.answers

    assert seen is not None
    assert seen.read_at is not None
    assert back.problem.answer is not None
    assert (back.said, back.problem.answer.text) == (False, "from 5 East")
    assert back.problem.answer.first
    steps.read_out(unit, look(unit).sitting, pumps)
    assert [one.said for one in look(unit).last_time.answers] == [True]


@pytest.mark.parametrize("minutes", [0, 6], ids=["the same clock", "their clock is six minutes ahead"])
def test_what_was_not_fixed_still_stands_among_the_answers_whatever_clock_they_have(
    hospital: Hospital, unit: Desk, minutes: int
) -> None:
    hospital.clock.put("06:50")
    one = problems.raise_at(unit, title="IV pumps missing").id
    problems.escalate(unit, one, need="two pumps")
    hospital.deliver()
    hospital.clock.at(at("07:12") + timedelta(minutes=minutes))
    problems.resolve(hospital["cardiac"], one, remedy="two from 5 East")
    hospital.clock.put("07:13")
    hospital.deliver()
    begun(hospital, "4-west", "07:15")
    problems.reopen(unit, one, why="one is broken")
    hospital.clock.put("07:30")

    assert [(back.problem.id, back.not_fixed) for back in look(unit).last_time.answers] == [(one, True)]
