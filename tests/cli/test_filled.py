"""The paper form as a file: written, filled in, taken in as a whole; what is wrong is named by line and item."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.running import Node
from wsq_huddle.domain.agendas import Item, Kind, Step
from wsq_huddle.domain.huddles.filled import blank, read
from wsq_huddle.errors import NotAllowed

LATER = "2026-11-24T10:12:00+00:00"


@pytest.fixture
def form(unit: Node, tmp_path: Path) -> Path:
    path = tmp_path / "form.txt"
    told = unit.json("huddle", "sheet", "--to-fill", str(path))
    assert told == {"file": str(path)}
    return path


def filled(form: Path, *pairs: tuple[str, str]) -> Path:
    """Fill in what stands behind a beginning of a line, or behind the step of a list."""
    lines = form.read_text(encoding="utf-8").splitlines()
    for name, said in pairs:
        at = next(number for number, line in enumerate(lines) if line == name or line.startswith(f"{name} ="))
        if lines[at].startswith("["):
            lines.insert(at + 1, said)
        else:
            lines[at] = f"{name} = {said}"
    form.write_text("\n".join(lines), encoding="utf-8")
    return form


def test_a_form_that_was_filled_in_is_a_huddle_that_was_held(unit: Node, form: Path) -> None:
    path = filled(
        form, ("held", "07:18"), ("leads", "Ana Ruiz"), ("there", "7"), ("leaders", "J. Whitfield"), ("falls", "2"),
        ("staff", "not-met | 2 RN short"), ("fall", "1 | night light was off"), ("falls-bundle", "9 of 10"),
        ("[plan]", "- Spare bed alarm from store | Ana Ruiz | fri"),
        ("[help]", "- Two IV pumps missing"),
    )  # fmt: skip
    told = unit.json("huddle", "answer", "--from", str(path), now=LATER)
    items = {one["item"].rpartition("/")[2]: one for one in told["items"]}

    assert (told["state"], told["opened_at"]) == ("held", "2026-11-24T07:18:00+00:00")
    assert told["closed_at"] is not None
    assert told["attended"] == ["J. Whitfield"]
    assert (items["staff"]["mark"], items["staff"]["note"]) == ("not-met", "2 RN short")
    assert (items["fall"]["value"], items["falls-bundle"]["value"]) == ("1", "9 of 10")
    assert items["methods"]["value"] is None
    assert told["summary"]["present"] == 7
    assert told["summary"]["problems"]["raised"] == 1
    assert [one["title"] for one in unit.json("problem", "list", now=LATER)] == ["Two IV pumps missing"]
    assert [one["owner"] for one in unit.json("action", "list", now=LATER)] == ["Ana Ruiz"]


def test_the_same_form_once_more_corrects_answers_and_doubles_nothing(unit: Node, form: Path) -> None:
    path = filled(
        form, ("held", "07:18"), ("falls", "2"), ("[plan]", "- Spare bed alarm | Ana Ruiz | fri"),
        ("[help]", "- Two IV pumps missing"),
    )  # fmt: skip
    unit.do("huddle", "answer", "--from", str(path), now=LATER)
    filled(form, ("falls", "1"), ("[help]", "- Linen short"))
    told = unit.json("huddle", "answer", "--from", str(path), now=LATER)
    items = {one["item"].rpartition("/")[2]: one["value"] for one in told["items"]}

    assert items["falls"] == "1"
    assert sorted(one["title"] for one in unit.json("problem", "list", now=LATER)) == [
        "Linen short",
        "Two IV pumps missing",
    ]
    assert len(unit.json("action", "list", now=LATER)) == 1


@pytest.mark.parametrize(
    ("name", "said", "says"),
    [
        ("staff", "purple", "staff: Staff is met, attention, not-met or none"),
        ("falls", "many", "falls: Falls, 5 days is a number"),
        ("falls-bundle", "11 of 10", "falls-bundle: Falls bundle: 11 of 10 cannot be"),
        ("held", "half past", "held: this must be a time such as 07:15"),
        ("there", "-7", "there: this must be a number"),
        ("close", "maybe", "close: this must be yes or no"),
        ("node", "5-east", "node: this is the form of 5-east"),
        ("held", "11:00", "held: this huddle is still to come"),
        ("[plan]", "- Spare alarm", "plan: write - what | who | by when."),
        ("[plan]", "- Spare alarm | Ana | yesterday-ish", "plan: "),
        ("[help]", "- Pumps | two pumps | whenever", "help: "),
        ("[help]", "stray words", "write what it is about"),
        ("[status]", "stafff = met", "stafff: there is no such line in this agenda. It has falls"),
        ("[status]", "falls = 1", "falls"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_nothing_is_taken_in(
    unit: Node, form: Path, name: str, said: str, says: str
) -> None:
    path = filled(form, ("methods", "met"), ("falls", "1"), ("[help]", "- A lamp"), (name, said))
    text = path.read_text(encoding="utf-8")
    got = unit.try_("huddle", "answer", "--from", str(path), now=LATER)
    line = next(number for number, one in enumerate(text.splitlines(), 1) if one in {said, f"{name} = {said}"})

    assert got.code == 1
    assert f"Line {line}" in got.err or "already" in got.err
    assert says in got.err
    assert unit.json("huddle", "show", now=LATER)["opened_at"] is None
    assert unit.json("problem", "list", now=LATER) == []
    assert unit.json("action", "list", now=LATER) == []


def test_nobody_says_how_long_a_huddle_took_that_was_on_paper(unit: Node, form: Path) -> None:
    told = unit.json("huddle", "answer", "--from", str(filled(form, ("staff", "met"))), now=LATER)
    figures = unit.json("figures", "--from", "2026-11-24", "--to", "2026-11-24", now=LATER)
    (row,) = unit.json("chain", now=LATER)["nodes"]

    assert told["closed_at"] is not None
    assert row["on_paper"]
    assert (figures["huddles"]["held"], figures["huddles"]["median_minutes"]) == (1, None)


def test_every_line_that_is_wrong_is_named_at_once(unit: Node, form: Path) -> None:
    path = filled(form, ("staff", "purple"), ("falls", "many"))
    got = unit.try_("huddle", "answer", "--from", str(path), now=LATER)

    assert got.err.count("Line ") == 2
    assert "Nothing was taken in." in got.err


def test_an_empty_form_and_one_that_was_taken_in_already_change_nothing(unit: Node, form: Path) -> None:
    unit.do("huddle", "answer", "--from", str(filled(form, ("staff", "met"), ("close", "no"))), now=LATER)
    again = unit.json("huddle", "sheet", "--to-fill", str(form), now=LATER)
    assert "staff = met" in Path(again["file"]).read_text(encoding="utf-8")
    told = unit.json("huddle", "answer", "--from", str(form), now=LATER)

    assert next(one for one in told["items"] if one["item"].endswith("/staff"))["value"] == "met"


def test_what_is_no_form_is_refused_in_a_sentence(unit: Node, tmp_path: Path) -> None:
    path = tmp_path / "x"
    assert "cannot be read" in unit.try_("huddle", "answer", "--from", str(path)).err
    path.write_bytes(b"staff = met\n\xff\xfe")
    assert "line 2" in unit.try_("huddle", "answer", "--from", str(path)).err
    for nothing in ("", "\n \n", "# staff = met\n"):
        path.write_text(nothing)
        told = unit.try_("huddle", "answer", "--from", str(path))
        assert told.code == 1
        assert "nothing in this file" in told.err
        assert "`wsq-huddle huddle sheet --to-fill FILE`" in told.err
    assert unit.json("huddle", "show")["opened_at"] is None
    path.write_text("x" * 300_000)
    assert "too long" in unit.try_("huddle", "answer", "--from", str(path)).err
    assert "leave ITEM and VALUE out" in unit.try_("huddle", "answer", "staff", "met", "--from", str(path)).err
    assert "ITEM VALUE" in unit.try_("huddle", "answer").err
    assert unit.try_("huddle", "answer", "staff").code == 2


ITEMS = (
    Item(key="4-west/staff", step=Step.STATUS, kind=Kind.READINESS, ask="Staff"),
    Item(key="cardiac/staff", step=Step.STATUS, kind=Kind.TEXT, ask="Staff\n[help]"),
    Item(key="4-west/on", step=Step.TARGETS, kind=Kind.COUNT, ask="On call"),
)


LINES = st.sampled_from(
    ["[plan]", "[help]", "[status]", "- a | b", "- a | b | c | d", "- ", "on = x", "close = no", "="]
)


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text())).map("\n".join)))
def test_no_text_makes_the_reading_fail_in_another_way(text: str) -> None:
    with suppress(NotAllowed):
        assert read(text, ITEMS).there is None
        return
    with pytest.raises(NotAllowed, match=r"^Nothing was taken in\. Line \d+, "):
        read(text, ITEMS)


def test_a_blank_form_is_read_as_nothing_whatever_the_lines_are_called() -> None:
    form = blank("4 West\nhuddle", node="4-west", huddle="morning", on=date(2026, 11, 24), items=ITEMS)
    found = read(form.replace("\n", "\r\n"), ITEMS)

    assert (found.node, found.huddle, found.on) == ("4-west", "morning", date(2026, 11, 24))
    assert [*found.answers, *found.plans, *found.asks] == []
    assert "cardiac/staff =" in form
    assert "4-west/on =" in form


@pytest.mark.parametrize(("wrong", "rest"), [(20, ""), (21, "1 more."), (25, "5 more.")])
def test_of_a_file_that_is_all_wrong_the_first_twenty_lines_are_named(wrong: int, rest: str) -> None:
    with pytest.raises(NotAllowed) as told:
        read("nonsense\n" * wrong, ITEMS)

    said, _, more = str(told.value).partition(" And ")
    assert [word.partition(",")[0] for word in said.split("Line ")[1:]] == [str(number) for number in range(1, 21)]
    assert more == rest
