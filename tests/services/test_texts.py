"""Whatever is typed into any field of any verb is stored clean and arrives as it was stored, or is refused whole."""

import unicodedata
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.hospital import DAY, Hospital
from wsq_huddle.domain.agendas import Card
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import actions, drafts, huddles, problems, steps
from wsq_huddle.services.desk import Desk

HOSTILE = (
    "see [/] or [/usr/bin] and [b unclosed",
    "[@click=app.quit]x[/] {'a': [true]}",
    "clip\x1b]52;c;ZXZpbA==\x07board",
    "colour\x1b[31;1mred\x1b[2J\x9b5nC1\x85",
    "bidi \u202eevil\u202c \u2066in\u2069 \u200emark\u200f",
    "emoji \U0001f469\u200d\u2695\ufe0f \u26a0\ufe0f \u5b57\u5b57 e\u0301\u0301 \ufeff",
    "lone \ud800 surrogate \udfff",
    "nul \x00 and \x7f",
    "line\nend\r\nand\ttab\u2028and\u2029",
    "quote ' \" ; DROP TABLE problem; -- %s :node \\",
    "x" * 10_000,
    "x" * 10_001,
    "a" + "\u0301" * 9_000,
    "word " * 2_000,
    " \u200e\t\n",
)

TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=300)

Verb = Callable[[Desk, str, str], object]
SAID: Mapping[str, Verb] = {
    "title": lambda desk, _, text: problems.raise_at(desk, title=text),
    "detail": lambda desk, _, text: problems.raise_at(desk, title="t", detail=text),
    "category": lambda desk, _, text: problems.raise_at(desk, title="t", category=text),
    "reference": lambda desk, _, text: problems.raise_at(desk, title="t", reference=text),
    "plan": lambda desk, one, text: problems.plan(desk, one, what=text, owner="Ana", due=DAY),
    "owner": lambda desk, one, text: problems.plan(desk, one, what="w", owner=text, check_in=DAY),
    "need": lambda desk, one, text: problems.escalate(desk, one, need=text, tried="asked"),
    "tried": lambda desk, one, text: problems.escalate(desk, one, need="help", tried=text),
    "assign": lambda desk, one, text: problems.assign(desk, one, to="cardiac", need=text),
    "remedy": lambda desk, one, text: problems.resolve(desk, one, remedy=text),
    "withdraw": lambda desk, one, text: problems.withdraw(desk, one, why=text),
    "note": lambda desk, one, text: problems.note(desk, one, text=text),
    "action": lambda desk, _, text: actions.plan(desk, what=text, owner="Ana", due=DAY),
    "action owner": lambda desk, _, text: actions.plan(desk, what="w", owner=text, due=DAY),
    "answer": lambda desk, _, text: huddles.answer(desk, huddles.sitting(desk), "ahead", text),
    "answer note": lambda desk, _, text: huddles.answer(desk, huddles.sitting(desk), "staff", "r", note=text),
    "any answer": lambda desk, _, text: huddles.answer(desk, huddles.sitting(desk), "fall", text),
    "card": lambda desk, _, text: huddles.answer(
        desk, huddles.sitting(desk), "fall", "1", cards=[Card(shift=text, cause=text, reference=text)], did=["d"]
    ),
    "did": lambda desk, _, text: huddles.answer(
        desk, huddles.sitting(desk), "fall", "1", cards=[Card(cause="floor")], did=[text]
    ),
    "leader": lambda desk, _, text: huddles.attend(desk, huddles.sitting(desk), number=9, leaders=[text]),
    "name": lambda desk, _, text: huddles.attend(desk, huddles.sitting(desk), names=["Ana", text]),
    "ask for a line": lambda desk, _, text: _ask(desk, text),
}


def _signed(desk: Desk, one: str, text: str) -> object:
    desk.sign_as(text)
    return problems.note(desk, one, text="n")


def _ask(desk: Desk, text: str) -> object:
    one = huddles.sitting(desk)
    huddles.answer(desk, one, "supplies", "a", note=text)
    line = next(line for line in steps.look(desk, huddles.sitting(desk)).left if line.about.endswith("supplies"))
    return steps.ask_for(desk, line, need="help")


VERBS: Mapping[str, Verb] = {**SAID, "author": _signed}


@pytest.fixture(scope="module")
def ward(mould: Hospital) -> Hospital:
    """A hospital with an open huddle in the unit."""
    hospital = mould.copy()
    hospital.cut = set(hospital.desks) - {"4-west"}  # one link is enough, and quicker
    hospital.clock.put("07:15")
    huddles.open_today(hospital["4-west"])
    return hospital


@pytest.mark.parametrize("field", VERBS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_what_is_typed_is_stored_clean_and_arrives_or_is_refused_whole(ward: Hospital, field: str, text: str) -> None:
    unit = ward["4-west"]
    unit.sign_as("")
    one = problems.raise_at(unit, title="Bed alarm").id
    before = entries(unit)
    try:
        VERBS[field](unit, one, text)
    except NotAllowed as refused:
        said = str(refused)
        assert harmless(said) or field == "any answer"
        assert said.endswith(".") or "0, 1, 2" in said
        assert entries(unit) - before == (1 if field == "ask for a line" and entries(unit) > before else 0)
    ward.deliver()

    for table in ("problem", "action", "huddle"):
        here, there = (made(ward[key], table) for key in ("4-west", "cardiac"))
        assert here == {subject: there.get(subject) for subject in here}
        assert all(harmless(text) for row in here.values() for text in row if isinstance(text, str))
    for row in ward["cardiac"].look().rows("SELECT head FROM entry ORDER BY arrival DESC LIMIT 5"):
        assert harmless(row["head"])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_a_draft_and_a_search_take_whatever_is_typed(ward: Hospital, text: str) -> None:
    unit = ward["4-west"]

    kept = text.encode("utf-8", "ignore").decode().replace("\x00", "")
    drafts.keep(unit, "raise", text)
    assert [one.text for one in drafts.kept(unit, "raise")] == ([kept] if kept else [])
    assert isinstance(problems.similar(unit, text), list)
    assert isinstance(problems.like(unit, text), str)
    assert isinstance(problems.listed(unit, search=text), list)


def entries(desk: Desk) -> int:
    row = desk.look().one("SELECT COUNT(*) AS n FROM entry")
    return int(row["n"]) if row else 0


def made(desk: Desk, table: str) -> dict[str, tuple[object, ...]]:
    """The rows that both ends have: the newest of the unit, without what only its parent writes."""
    sql = f"SELECT * FROM {table} WHERE subject LIKE '%' ORDER BY subject DESC LIMIT 3"  # noqa: S608 - one of three
    rows = desk.look().rows(sql)
    return {str(row["subject"]): tuple(row.values()) for row in rows}


def harmless(text: str) -> bool:
    """Whether a terminal would only show it."""
    return not any(unicodedata.category(letter) in {"Cc", "Cs"} and letter != "\n" for letter in text) and not any(
        letter in text for letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff"
    )
