"""What stands on the pages of a huddle, a morning and a digest, and what never does."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.hospital import DAY, Hospital
from wsq_huddle.domain.agendas import Card
from wsq_huddle.domain.problems import Mode
from wsq_huddle.domain.reports import FORMS, LEFT_OUT, Digest, Wanted, write
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import digests, huddles, problems, reports
from wsq_huddle.services.desk import Desk

ASKED = "Asked and told"
UNIT_WORDS = ("secret of the unit", "told by the unit", "need of the unit")


@pytest.fixture
def busy(hospital: Hospital) -> Hospital:
    """A morning in which units have typed a lot, and departments a little."""
    unit, cardiac, executive = hospital["4-west"], hospital["cardiac"], hospital["executive"]
    hospital.clock.put("07:15")
    huddles.open_today(unit)
    one = huddles.sitting(unit)
    huddles.answer(unit, one, "staff", "not-met", note="told by the unit")
    huddles.answer(unit, one, "fall", "1")
    huddles.answer(unit, one, "home-by-11", "18")
    asked = problems.raise_at(unit, title="secret of the unit", category="staff")
    problems.escalate(unit, asked.id, need="need of the unit", tried="told by the unit")
    huddles.close(unit, one)
    hospital.deliver()
    hospital.clock.put("08:00")
    huddles.open_today(cardiac)
    problems.escalate(cardiac, asked.id, need="Pay agency?")
    own = problems.raise_at(cardiac, title="Eleven pumps short", category="equipment")
    problems.escalate(cardiac, own.id, need="rent twelve?", by=cardiac.now() + timedelta(hours=2))
    ct = problems.raise_at(cardiac, title="CT 2 down since 06:10", category="lab")
    problems.escalate(cardiac, ct.id, mode=Mode.AWARENESS)
    huddles.close(cardiac, huddles.sitting(cardiac))
    hospital.deliver()
    hospital.clock.put("08:40")
    del executive
    return hospital


def pages(desk: Desk) -> dict[str, str]:
    one = huddles.sitting(desk)
    found = [reports.huddle(desk, one), reports.morning(desk), reports.board(desk)]
    found += [digests.digest(desk).page(), digests.digest(desk, after=True).page()] if desk.tier > 1 else []
    return {f"{page.kind} {form} {at}": write(page, form) for at, page in enumerate(found) for form in FORMS}


def of_a_unit(text: str) -> bool:
    """Whether a text has words of a unit, however its lines are broken and its sentences begin."""
    return any(words in " ".join(text.casefold().split()) for words in UNIT_WORDS)


@pytest.mark.parametrize("key", ["cardiac", "executive"])
def test_no_page_of_a_department_or_the_executives_has_words_of_a_unit(busy: Hospital, key: str) -> None:
    for name, text in pages(busy[key]).items():
        assert not of_a_unit(text), name
    mail = digests.digest(busy[key])
    assert not of_a_unit(mail.subject + mail.body)


def test_what_a_department_has_from_a_unit_is_told_by_its_kind_and_place(hospital: Hospital) -> None:
    unit, cardiac = hospital["4-west"], hospital["cardiac"]
    asked = problems.raise_at(unit, title="secret of the unit", category="staff")
    problems.escalate(unit, asked.id, need="need of the unit")
    hospital.deliver()
    hospital.clock.put("08:00")
    huddles.open_today(cardiac)
    waiting = [*pages(cardiac).values(), digests.digest(cardiac).body]
    problems.escalate(cardiac, asked.id, mode=Mode.AWARENESS)
    told = pages(cardiac)

    assert not any(of_a_unit(text) for text in (*waiting, *told.values()))
    assert "staff, from 4 West" in told["huddle json 0"]


def test_no_bed_and_nothing_that_may_identify_stands_on_the_pages_of_a_department(hospital: Hospital) -> None:
    cardiac = hospital["cardiac"]
    hospital.clock.put("08:00")
    huddles.open_today(cardiac)
    for title, need in (("Lamp in room 4 dead", "a lamp for bed 12"), ("Fall mats", "ask Mr Miller's wife")):
        one = problems.raise_at(cardiac, title=title, category="equipment")
        problems.escalate(cardiac, one.id, need=need)
    hospital.deliver()

    for key in ("cardiac", "executive"):
        for name, text in pages(hospital[key]).items():
            assert not any(words in text for words in ("room 4", "bed 12", "Miller")), (key, name)
    assert pages(cardiac)["huddle text 0"].count(LEFT_OUT) == 3
    hospital.clock.put("08:45")
    huddles.open_today(hospital["executive"])
    problems.resolve(hospital["executive"], one.id, remedy="two from bed 12")
    mail = digests.digest(hospital["executive"], after=True)
    assert [said.words for said in mail.decided] == [LEFT_OUT]


def test_a_unit_has_its_own_words_on_its_own_page_and_not_those_that_may_identify_a_patient(
    hospital: Hospital, unit: Desk
) -> None:
    hospital.clock.put("07:15")
    huddles.open_today(unit)
    problems.raise_at(unit, title="Bed alarm dead, bed 12")
    problems.raise_at(unit, title="Fall of Mr. Miller")
    text = write(reports.huddle(unit, huddles.sitting(unit)), "text")

    assert "Bed alarm dead, bed 12" in text
    assert "Miller" not in text
    assert LEFT_OUT in text
    assert "Miller" not in write(reports.board(unit), "text")


def test_the_page_of_a_huddle_tells_its_numbers(busy: Hospital) -> None:
    page = reports.huddle(busy["4-west"], huddles.sitting(busy["4-west"]))
    found = {section.title: section for section in page.sections}

    assert page.title == "4 West, morning huddle, Tue 24 Nov 2026"
    assert ("Staff", "not met") in found["Ready"].rows
    assert ("Home by 11", "18", "at least 30 %", "not met") in found["Targets"].rows
    assert found["Events"].rows[0][:2] == ("Falls", 1)
    assert found["Problems"].lines[0] == "1 raised, 1 asked for help with, 0 told above."
    assert "Units" not in found


def test_the_page_of_a_huddle_says_what_was_asked_of_whom_for_a_morning_without_a_network(busy: Hospital) -> None:
    unit, cardiac = busy["4-west"], busy["cardiac"]
    asked = {
        key: next(one.rows for one in reports.huddle(desk, huddles.sitting(desk)).sections if one.title == ASKED)
        for key, desk in (("unit", unit), ("cardiac", cardiac))
    }

    assert asked["unit"] == (("secret of the unit", "Cardiac", "need of the unit", ""),)
    assert asked["cardiac"] == (
        ("staff, from 4 West", "Executive", "Pay agency?", ""),
        ("Eleven pumps short", "Executive", "rent twelve?", "Tue 24 Nov 10:00"),
        ("CT 2 down since 06:10", "Executive", "to know", ""),
    )


def test_a_page_names_causes_and_targets_as_people_do_and_its_json_has_keys(hospital: Hospital, unit: Desk) -> None:
    hospital.clock.put("07:15")
    huddles.open_today(unit)
    one = huddles.sitting(unit)
    huddles.answer(unit, one, "fall", "1", cards=[Card(cause="toileting", acted=True)], did=["bed alarm"])
    page = reports.huddle(unit, huddles.sitting(unit))

    assert next(part for part in page.sections if part.title == "Events").rows[0][-1] == "Toileting 1"
    assert '"looked_into": 1' in write(page, "json")


def test_the_page_of_a_morning_is_the_chain(busy: Hospital) -> None:
    page = reports.morning(busy["cardiac"])
    rows = {row[1]: row for row in page.sections[1].rows}

    assert rows["4 West"][3] == "held"
    assert rows["4 West"][6] == 1
    assert page.sections[0].lines[0] == "Protected time 07:00 to 09:00."


def test_the_digest_is_that_of_the_drawing(busy: Hospital) -> None:
    mail = digests.digest(busy["executive"])

    assert mail.subject == "2 to decide, 1 to know; 1 of 3 units held (Tue 24 Nov 08:40)"
    lines = mail.body.splitlines()
    assert lines[0] == "Executive huddle 08:45."
    assert "DECIDE" in lines
    decide = lines[lines.index("DECIDE") + 1 : lines.index("MUST KNOW")]
    assert decide == [
        "1. Cardiac: Eleven pumps short. Rent twelve?            by 10:00  40 min",
        "2. Cardiac: Staff. Pay agency?                                    40 min",
    ]
    assert lines[lines.index("MUST KNOW") + 1] == "3. Cardiac: CT 2 down since 06:10."
    assert "MORNING" in lines
    assert all(len(line) <= 72 for line in lines)
    assert "no text from units, no bed numbers" in " ".join(lines)


def test_after_the_huddle_it_says_what_was_decided(busy: Hospital) -> None:
    executive = busy["executive"]
    busy.clock.put("08:45")
    huddles.open_today(executive)
    for one in problems.listed(executive, at="here"):
        if one.title == "Eleven pumps short":
            problems.resolve(executive, one.id, remedy="yes, rent 12 for 30 days")
    busy.deliver()
    mail = digests.digest(executive, after=True)

    assert mail.subject.startswith("1 decided, 1 still to decide")
    lines = mail.body.splitlines()
    assert "1. Cardiac: yes, rent 12 for 30 days" in lines
    assert "STILL TO DECIDE" in lines
    assert not of_a_unit(mail.body)


def test_what_others_have_answered_meanwhile_is_not_what_we_decided(busy: Hospital) -> None:
    cardiac = busy["cardiac"]
    fax = problems.raise_at(cardiac, title="Fax jams", category="equipment")
    problems.assign(cardiac, fax.id, to="biomed", need="mend it")
    busy.deliver()
    busy.clock.put("08:45")
    problems.resolve(busy["biomed"], fax.id, remedy="new drum")
    busy.deliver()
    mail = digests.digest(cardiac, after=True)

    assert (mail.after, mail.decided) == (True, ())


def test_answers_of_the_time_before_are_counted_with_how_far_they_got(busy: Hospital) -> None:
    executive, cardiac = busy["executive"], busy["cardiac"]
    busy.clock.put("08:45")
    huddles.open_today(executive)
    own = next(one for one in problems.listed(executive, at="here") if one.title == "Eleven pumps short")
    problems.resolve(executive, own.id, remedy="yes")
    busy.deliver()
    problems.read_out(cardiac, own.id)
    problems.confirm(cardiac, own.id)
    busy.deliver()
    busy.clock.put("08:40", DAY + timedelta(days=1))

    mail = digests.digest(executive)
    assert mail.answers == (1, 1, 1)
    assert "LAST TIME: 1 answer given, 1 read out in the units, 1 fixed." in mail.body


def test_what_nobody_has_answered_for_three_days_is_stuck(busy: Hospital) -> None:
    assert digests.digest(busy["executive"]).stuck == 0
    busy.clock.put("09:00", DAY + timedelta(days=4))

    mail = digests.digest(busy["executive"])
    assert mail.stuck == 2
    assert "STUCK over 3 days without an answer: 2. Oldest 4 d (Executive)." in mail.body


def test_a_unit_has_no_digest(unit: Desk) -> None:
    with pytest.raises(NotAllowed, match="no digest"):
        digests.digest(unit)


def test_a_quiet_morning_has_a_digest_too(executive: Desk) -> None:
    mail = digests.digest(executive)

    assert mail.subject.startswith("0 to decide, 0 to know")
    assert "DECIDE: nothing today." in mail.body
    assert "%" not in mail.body
    assert date.fromisoformat(mail.page().on) == DAY


def test_the_page_for_the_whiteboard_lies_in_a_file_that_only_its_owner_reads(unit: Desk) -> None:
    problems.raise_at(unit, title="Linen short since Sat")
    path = reports.write_page(unit)

    assert "Linen short since Sat" in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
    assert reports.write_page(unit) == path
    assert not list(path.parent.glob("*.part"))


def test_a_day_and_an_age_beside_it_do_not_run_together() -> None:
    wanted = (
        Wanted("Cardiac", "Eleven pumps short", "by 23 Nov", "5 min"),
        Wanted("Biomed", "Two", "by Mon 30", "59 min"),
    )
    body = Digest(node="executive", name="Executive", at=datetime(2026, 11, 23, 8, tzinfo=UTC), decide=wanted).body

    assert "by 23 Nov  5 min" in body
    assert "by Mon 30 59 min" in body
    assert max(map(len, body.splitlines())) <= 72
