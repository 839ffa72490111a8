"""The wire by itself: how bodies that were made to hurt are refused before they cost anything."""

import subprocess
import sys
import time

import pytest

from tests.warm import ROOT
from wsq_huddle.domain.nesting import DEPTH
from wsq_huddle.sync.wire import Unfit, parse

LONG = 400_000


@pytest.mark.parametrize(
    "body",
    [
        b'"' + b'\\"' * LONG,
        b'"' + b'\\"' * LONG + b"\\",
        b'{"a": "' + b'\\"' * LONG,
        b'"' * LONG,
        b"\\" * LONG,
        b'"a' * LONG,
    ],
)
def test_a_text_without_an_end_costs_no_more_than_its_length(body: bytes) -> None:
    began = time.perf_counter()

    with pytest.raises(Unfit):
        parse(body)

    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        (b'{"a":' * (DEPTH - 1) + b"1" + b"}" * (DEPTH - 1), True),
        (b'{"a":' * (DEPTH + 1) + b"1" + b"}" * (DEPTH + 1), False),
        (b'{"a": "' + b"[" * 1_000 + b'"}', True),
        (b'{"a\\"": "' + b"[" * 1_000 + b'\\\\"}', True),
        (b'{"a": "\\\\", "b": ' + b"[" * 1_000 + b"]" * 1_000 + b"}", False),
    ],
)
def test_brackets_count_outside_texts_only(body: bytes, fits: bool) -> None:  # noqa: FBT001 - a case of the table
    if fits:
        assert parse(body)
        return
    with pytest.raises(Unfit, match="nested too deeply"):
        parse(body)


@pytest.mark.parametrize("module", ["wire", "link"])
def test_what_the_screens_import_of_the_exchange_brings_no_library_along(module: str) -> None:
    libraries = {"sqlalchemy", "sqlmodel", "httpx", "pydantic"}
    asked = f"import sys, wsq_huddle.sync.{module}; print(*{libraries} & {{*sys.modules}})"
    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True, cwd=ROOT)

    assert said.stdout.strip() == ""
