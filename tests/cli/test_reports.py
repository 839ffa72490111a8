"""`report`: every page in every form, on the screen or in a file."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Node, made
from wsq_huddle.domain.reports import FORMS


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("what", ["huddle", "morning"])
def test_every_page_has_every_form(unit: Node, what: str, form: str) -> None:
    said = unit.do("report", what, "--format", form).out

    assert "4 West" in said
    assert "\x1b" not in said


def test_without_words_it_is_the_huddle_of_today_as_text(unit: Node) -> None:
    unit.do("huddle", "open")
    unit.do("problem", "raise", "=Two IV pumps missing")

    assert unit.do("report").out.startswith("4 West, morning huddle, Tue 24 Nov 2026\n====")
    assert "'=Two IV pumps missing" in unit.do("report", "--format", "csv").out
    assert unit.json("report")["kind"] == "huddle"


def test_a_page_goes_into_a_file(unit: Node, tmp_path: Path) -> None:
    path = tmp_path / "pages" / "morning.html"
    told = unit.json("report", "morning", "--format", "html", "--out", str(path))

    assert told == {"file": str(path), "format": "html"}
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert unit.json("report", "--format", "csv")["text"].startswith("huddle,4-west,2026-11-24,")


def test_a_department_has_a_digest_and_a_unit_has_none(tmp_path: Path, unit: Node) -> None:
    cardiac = made(tmp_path / "cardiac", "cardiac", name="Cardiac", tier=2)
    said = cardiac.do("report", "digest").out

    assert said.startswith("Subject: 0 to decide, 0 to know (Tue 24 Nov 07:15)\n\nCardiac huddle 08:00.\n")
    assert "DECIDED: nothing yet." in cardiac.do("report", "digest", "--after").out
    assert json.loads(cardiac.do("report", "digest", "--format", "json").out)["kind"] == "digest"
    assert unit.try_("report", "digest").code == 1


def test_what_cannot_be_written_is_said_in_a_sentence(unit: Node, tmp_path: Path) -> None:
    assert "none of huddle, morning, digest" in unit.try_("report", "board").err
    assert "none of text, html" in unit.try_("report", "--format", "pdf").err
    (tmp_path / "file").write_text("")
    got = unit.try_("report", "--out", str(tmp_path / "file" / "page.txt"))
    assert (got.code, "cannot be written" in got.err) == (4, True)
