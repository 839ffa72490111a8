"""The wire by itself: how bodies that were made to hurt are refused before they cost anything."""

import time

import pytest

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
