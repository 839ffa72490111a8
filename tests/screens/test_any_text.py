"""Whatever people type, every screen shows it as words: nothing is executed, coloured, cut short or crashes."""

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screens.cells import harmless
from tests.screens.hospital import MONDAY, Drawn
from tests.screens.walking import walking
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import actions, announcements, huddles, problems

MARKUP = ["[/]", "[@click=app.quit]x[/]", "[bold red]", "{0}", "%s", "$text", "\\"]
CONTROLS = [
    "\x1b]52;c;aGVsbG8=\x07",
    "\x1b[2J",
    "\x9b31m",
    "\u202e",
    "\u2066",
    "\u200d",
    "\x00",
    "\r\n",
    "\t",
    "\ud800",
]
LETTERS = ["👩🏽‍⚕️", "🏳️‍🌈", "\u0301", "漢字", "שלום", "a" * 90]
PARTS = st.sampled_from(MARKUP + CONTROLS + LETTERS)
TEXTS = st.lists(PARTS | st.text(max_size=20), min_size=1, max_size=30).map("".join)
EACH = ("enter", "escape", "down") * 3
TIERS = {"4-west": ("l", *EACH, "escape", "c", "escape", "f1", "escape"), "cardiac": ("l", "enter", "c", "enter")}
EXAMPLES = int(os.environ.get("WSQ_EXAMPLES", "2"))
"""Walks over all screens, each with three texts of its own; more by hand."""


@pytest.fixture(scope="module")
def hospital(quiet_mould: Drawn) -> Iterator[Drawn]:
    made = quiet_mould.copy()
    one = huddles.sitting(made["4-west"])
    huddles.open_today(made["4-west"], name=one.name, leader="Ana R.")
    yield made
    made.close()


@given(texts=st.lists(TEXTS, min_size=3, max_size=3))
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    # Every text stays in the hospital: a screen that survives one has to survive all of them.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_text_in_any_field_is_only_words_on_every_screen(hospital: Drawn, texts: list[str]) -> None:
    for words in texts:
        said(hospital, words)

    for node, keys in TIERS.items():
        for shown in asyncio.run(walked(hospital, node, keys)):
            assert all(harmless(line) == line for line in shown)
            assert all(ord(letter) >= 32 and not 0x7F <= ord(letter) < 0xA0 for line in shown for letter in line)


def said(hospital: Drawn, words: str) -> None:
    """Put a text wherever people type: a problem and its verbs, an action, an answer with its note, an announcement."""
    west = hospital["4-west"]
    try:
        subject = problems.raise_at(west, title=words[:200], detail=words, category="other").id
    except NotAllowed:  # nothing is left of it when it is cleaned
        subject = problems.raise_at(west, title="Two IV pumps missing", detail=words, category="other").id
    west.sign_as(words[:100])
    for verb in (
        lambda: problems.plan(west, subject, what=words, owner=words[:100], due=MONDAY),
        lambda: problems.note(west, subject, text=words),
        lambda: actions.plan(west, what=words, owner=words[:100], due=MONDAY),
        lambda: huddles.answer(west, huddles.sitting(west), "supplies", "attention", note=words),
        lambda: huddles.answer(west, huddles.sitting(west), "thanks", words),
        lambda: announcements.publish(hospital["executive"], title=words[:200], text=words),
        lambda: problems.escalate(west, subject, need=words, tried=words),
    ):
        try:
            verb()
        except NotAllowed:
            continue
    hospital.deliver()


async def walked(hospital: Drawn, node: str, keys: tuple[str, ...]) -> list[list[str]]:
    """Every screen of a node on the way; the program must still be there at the end."""
    async with walking(hospital, node) as walk:
        seen = [walk.lines]
        for key in keys:
            await walk.press(key)
            seen.append(walk.lines)
        assert walk.app.return_code is None
        return seen
