"""Text in cells: cut, filled and broken without halving a wide character, whatever it consists of."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.cells import cut, harmless, pad, wrapped
from tests.screens.demo import HOSTILE


@given(st.text(), st.integers(0, 40))
def test_a_cut_text_never_takes_more_cells_than_it_may(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width


@given(st.text(max_size=60), st.integers(1, 80))
def test_a_cut_and_filled_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_len(pad(cut(text, width), width)) == width


def test_what_is_cut_ends_with_dots_and_a_wide_character_is_not_halved() -> None:
    assert cut("Bed alarm dead, bed 12", 10) == "Bed alarm…"
    assert cut("字字字字", 6) == "字字…"
    assert cut("Bed alarm", 6, dots="..") == "Bed.."


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_terminal_acts_on_is_left(text: str) -> None:
    left = harmless(text)

    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in left)
    assert not set(left) & set("\u202e\u202c\u2066\u2069\u200e\u200f\ufeff")


def test_a_text_of_a_million_letters_costs_no_more_than_its_beginning() -> None:
    began = time.process_time()

    cut("é" * 1_000_000, 36)

    assert time.process_time() - began < 0.05


@given(st.text(max_size=200), st.integers(2, 40))
def test_a_broken_text_keeps_its_words_and_its_width(text: str, width: int) -> None:
    lines = wrapped(text, width)

    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(harmless(text.replace("\n", " ")).split())
