"""A cause that recurs: in two departments within a week, or three weeks running; counted by hand."""

from datetime import date, timedelta

from wsq_huddle.domain.recurrences import Recurrence, Told, find

MONDAY = date(2026, 11, 30)


def told(back: int, area: str, **causes: int) -> Told:
    return Told(on=MONDAY - timedelta(days=back), area=area, causes={"fall": causes} if causes else {})


def recurrence(today: int, *areas: str, weeks: int, cause: str = "toileting") -> Recurrence:
    return Recurrence(kind="fall", cause=cause, today=today, areas=areas, weeks=weeks)


def test_a_cause_in_two_departments_within_a_week_recurs() -> None:
    assert find([told(0, "cardiac", toileting=2), told(6, "medicine", toileting=1)], MONDAY) == (
        recurrence(2, "medicine", "cardiac", weeks=1),
    )
    assert find([told(0, "cardiac", toileting=2), told(7, "medicine", toileting=1)], MONDAY) == ()
    assert find([told(0, "cardiac", toileting=2), told(1, "cardiac", toileting=1)], MONDAY) == ()


def test_a_cause_in_three_weeks_running_recurs_in_one_department_too() -> None:
    three = [told(back, "cardiac", toileting=1) for back in (2, 9, 20)]

    assert find(three, MONDAY) == (recurrence(0, "cardiac", weeks=3),)
    assert find(three[:2], MONDAY) == ()
    assert find(three[1:], MONDAY) == ()
    assert find([three[0], told(16, "cardiac", toileting=1)], MONDAY) == (), "one week between was without it"


def test_only_what_is_the_same_kind_and_the_same_cause_counts_together() -> None:
    other = Told(on=MONDAY, area="medicine", causes={"medication": {"toileting": 1}})

    assert find([told(0, "cardiac", toileting=1), other], MONDAY) == ()
    assert find([told(0, "cardiac", toileting=1), told(0, "medicine", floor=1)], MONDAY) == ()


def test_something_else_is_no_cause_that_two_have_in_common() -> None:
    assert find([told(0, "cardiac", other=1), told(0, "medicine", other=1)], MONDAY) == ()


def test_what_was_told_for_a_later_day_or_as_none_counts_nothing() -> None:
    assert find([told(0, "cardiac", toileting=1), told(-1, "medicine", toileting=1)], MONDAY) == ()
    assert find([told(0, "cardiac", toileting=1), told(0, "medicine", toileting=0)], MONDAY) == ()
    assert find([], MONDAY) == ()


def test_the_widest_comes_first() -> None:
    days = [told(0, area, toileting=1) for area in ("cardiac", "medicine")]
    days += [told(1, area, floor=1) for area in ("cardiac", "medicine", "surgery")]

    assert [one.cause for one in find(days, MONDAY)] == ["floor", "toileting"]
