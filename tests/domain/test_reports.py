"""Pages in their five forms: whatever people typed stays words, and nothing that identifies a patient stands there."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain.reports import (
    FORMS,
    LEFT_OUT,
    WIDE,
    Digest,
    Measured,
    Page,
    Section,
    Wanted,
    filled,
    safe_words,
    wide,
    write,
)
from wsq_huddle.domain.text import one_line

CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "|x", "%x", "\x1b[2J", "\x9b2J",  # noqa: RUF001 - what a spreadsheet reads
    "<script>alert(1)</script>", "<img src=x onerror=x>", "&lt;", "'\"`", "[a](javascript:x)", "![x](http://y)",
    "**b** _i_ `c` ~~d~~", "# head", "- list", "1. one", "2) two", "> quote", "| cell |", "---", "\\", "\u202eabc",
    "http://a.example", "www.a.example", "a@b.example", "line\nline", "\ud800", "字" * 90, "x" * 300,
)  # fmt: skip
words = st.one_of(st.text(), st.sampled_from(HOSTILE), st.lists(st.sampled_from(HOSTILE)).map(" ".join))
cells = st.one_of(words, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.none())


def tables(columns: tuple[str, ...]) -> st.SearchStrategy[Section]:
    row = st.tuples(*(cells for _ in columns))
    return st.builds(
        Section, words, st.lists(words, max_size=3).map(tuple), st.just(columns), st.lists(row, max_size=3).map(tuple)
    )


sections = st.lists(words, min_size=1, max_size=4, unique=True).map(tuple).flatmap(tables)
pages = st.builds(
    Page,
    kind=st.just("huddle"),
    node=st.just("4-west"),
    on=st.just("2026-11-24"),
    title=words,
    sections=st.lists(sections, max_size=3).map(tuple),
    foot=words,
)


class Elements(HTMLParser):
    """Reads HTML as a browser does, and notes its elements and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.meant: set[str | None] = set()
        self.said: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.meant |= {value for name, value in attrs if name == "content"}

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@given(pages)
def test_no_form_has_a_control_byte(page: Page) -> None:
    for form in FORMS:
        text = write(page, form).replace("\r\n", "\n") if form == "csv" else write(page, form)

        assert CONTROL.search(text) is None, form
        assert "\r" not in text, form
        assert text.encode("utf-8").endswith(b"\n")


@given(pages)
def test_text_is_never_wider_than_a_page(page: Page) -> None:
    assert max(wide(line) for line in write(page, "text").splitlines()) <= WIDE


@given(pages)
def test_html_has_only_our_own_elements_and_none_that_acts(page: Page) -> None:
    read = Elements(write(page, "html"))

    ours = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "table", "tr", "th", "td", "footer"}
    assert read.found <= ours
    assert "default-src 'none'; style-src 'unsafe-inline'" in read.meant
    assert read.attributes <= {"lang", "charset", "http-equiv", "content", "scope"}


@given(pages)
def test_a_spreadsheet_works_nothing_out(page: Page) -> None:
    rows = list(csv.reader(io.StringIO(write(page, "csv"), newline="")))
    numbers = re.compile(r"-?[0-9.]+(e[+-]?[0-9]+)?")

    assert rows[0][:3] == ["huddle", "4-west", "2026-11-24"]
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(tuple("=+-@|%＝＋－＠\t\r\n")) or numbers.fullmatch(cell), cell  # noqa: RUF001 - likewise


@given(pages)
def test_json_is_one_document_that_says_what_the_page_says(page: Page) -> None:
    read = json.loads(write(page, "json"))

    assert [len(one["rows"]) for one in read["sections"]] == [len(one.rows) for one in page.sections]
    assert [len(one["lines"]) for one in read["sections"]] == [len(one.lines) for one in page.sections]


@given(words)
def test_markdown_makes_nothing_of_words(said: str) -> None:
    page = Page(kind="huddle", node="x", on="x", title="Title", sections=(Section("", (said,), ("a",), ((said,),)),))
    lines = write(page, "markdown").splitlines()

    assert len(lines) == 7
    assert lines[2].startswith("- ")
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", lines[-1])) == 2
    assert all(mere(line) for line in (lines[2][2:], lines[-1][2:-2]))


@given(words.filter(one_line))
def test_markdown_makes_nothing_of_titles_either(said: str) -> None:
    page = Page(kind="huddle", node="x", on="x", title=said, sections=(Section(said, (), (said,), ((1,),)),), foot=said)
    title, _, section, _, columns, _, row, _, foot = write(page, "markdown").splitlines()

    assert (title[:2], section[:3], row) == ("# ", "## ", "| 1 |")
    assert all(mere(line) for line in (title[2:], section[3:], columns[2:-2], foot))


def mere(line: str) -> bool:
    """Whether Markdown takes a line for words."""
    plain = re.sub(r"\\.", "", line)
    acts = re.search(r"[`*_\[\]<>#|~&$^@!]|://|www\.", plain, re.IGNORECASE)
    return not (acts or re.match(r"[-+=]|\d+[.)]", line))


@pytest.mark.parametrize("after", [False, True])
def test_a_mail_has_no_control_byte_whatever_it_is_told(after: bool) -> None:  # noqa: FBT001 - a case
    odd = "a\x1b[2J\x9bb\u202e\nBcc: x"
    wanted = (Wanted(odd, odd, odd, odd),)
    mail = Digest(
        node="cardiac", name=odd, at=datetime(2026, 11, 24, 8, tzinfo=UTC), after=after, join=odd, notes=odd,
        decide=wanted, know=wanted, decided=wanted, units=(1, 2), not_held=(odd,), no_word=(odd,), stuck=1,
        stuck_oldest=("4 d", odd), measures=(1, 2), not_met=(Measured(odd, odd, odd),),
    )  # fmt: skip

    assert CONTROL.search(mail.subject + mail.body) is None
    assert not re.search("^Bcc", mail.body, re.MULTILINE)


def test_formulas_have_an_apostrophe_and_numbers_have_none() -> None:
    section = Section("", (), ("words", "number"), (("=1+1", -2), ("fine", 1.5)))
    page = Page(kind="huddle", node="x", on="x", title="Title", sections=(section,))

    assert write(page, "csv").split("\r\n")[1:4] == [",words,number", ",'=1+1,-2", ",fine,1.5"]


def test_columns_of_the_same_name_keep_their_cells_in_every_form() -> None:
    section = Section("Ready", ("One.",), ("what", "how"), (("Staff", "met"),))
    page = Page(kind="huddle", node="x", on="x", title="Title", sections=(section,))

    assert write(page, "text").splitlines()[2:] == ["", "Ready", "One.", "what   how", "Staff  met"]
    assert "<td>Staff</td><td>met</td>" in write(page, "html")
    assert "| Staff | met |" in write(page, "markdown")
    assert json.loads(write(page, "json"))["sections"][0]["rows"] == [{"what": "Staff", "how": "met"}]


@given(st.text(), st.integers(10, 80))
def test_filled_lines_lose_no_letter_and_fit(said: str, width: int) -> None:
    lines = filled(said, width)

    assert all(wide(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(said.split())


@pytest.mark.parametrize(
    ("typed", "beds", "said"),
    [
        ("Two pumps missing", False, "Two pumps missing"),
        ("Fall of Mr. Miller, bed 12", True, LEFT_OUT),
        ("MRN 12345678 has no wristband", True, LEFT_OUT),
        ("Bed alarm dead, bed 12", True, "Bed alarm dead, bed 12"),
        ("Bed alarm dead, bed 12", False, LEFT_OUT),
        ("11 beds closed", False, "11 beds closed"),
        ("Lamp in room 4 dead", False, LEFT_OUT),
        ("LAMP DEAD, BAY 3", False, LEFT_OUT),
        ("Lampe in Zimmer 4 defekt", False, LEFT_OUT),
        ("Lamp dead, rm. #7", False, LEFT_OUT),
        ("Lampe defekt, Bett Nr. 8", False, LEFT_OUT),
        ("two\nlines", False, "two lines"),
    ],
)
def test_words_that_may_identify_a_patient_are_left_out_as_a_whole(typed: str, beds: bool, said: str) -> None:  # noqa: FBT001 - a case
    assert safe_words(typed, beds=beds) == said
