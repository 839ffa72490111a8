"""A hospital in which everybody types what nobody should: markup, escape sequences, bidi controls, emoji, far too much.

What is typed is cleaned at the verb. What lies in the made tables is poisoned once more, past all verbs, so that the
screens and the pages are tried without that first line.
"""

import contextlib
from datetime import timedelta
from pathlib import Path
from typing import Self

from tests.screens.hospital import MONDAY, Drawn
from tests.services.hospital import at, settings_in
from wsq_huddle.domain.agendas import Card
from wsq_huddle.domain.problems import Mode, Urgency
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services import actions, announcements, huddles, patterns, problems
from wsq_huddle.services.desk import Desk
from wsq_huddle.services.stores import place_of

HOSTILE = (
    "[@click=app.quit]x[/] [/] [b unclosed {0} %s $text \\",
    "=cmd|' /C calc'!A0 +1 @SUM(A1) \"quoted\", comma; semi",
    "<script>alert(1)</script><b>&amp; | pipe | `tick` **bold** [a](javascript:b)",
    "clip\x1b]52;c;ZXZpbA==\x07board \x1b[31;1mred\x1b[2J\x9b5nC1\x85 nul\x00 del\x7f",
    "bidi \u202eevil\u202c \u2066in\u2069 \u200emark\u200f \ufeff שלום عربى",
    "emoji 👩🏽\u200d⚕️ 🏳️\u200d🌈 ⚠️ 漢字漢字 e\u0301\u0301\u0301 \u200b\u200d\ufe0f",
    "lone \ud800 surrogate, line\nend\r\nand\ttab\u2028and\u2029",
    "x" * 10_000,
    "word " * 2_000,
    "a" + "\u0301" * 9_000,
)
"""Texts that were made to hurt whoever shows them."""

FORBIDDEN = frozenset({*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, 0xFEFF, 0x2028, 0x2029,
                       *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)})  # fmt: skip
"""What a terminal, a mail or a spreadsheet may act on, or cannot show."""


def raw(words: str) -> str:
    """Give a text as somebody may have put it into a database: whatever SQLite takes."""
    return words.encode("utf-8", "ignore").decode().replace("\x00", "")


class Poisoned(Drawn):
    """The hospital of the drawings with all this in it, in the middle of Monday's huddles; made from a copy of it."""

    @classmethod
    def of(cls, mould: Drawn) -> Self:
        made = mould.copy()
        made.__class__ = cls
        assert isinstance(made, cls)
        made.poison()
        return made

    def on_disk(self, folder: Path, key: str) -> Path:
        """Put the store of a node into a folder, where another program can open it; gives that folder."""
        settings, place = settings_in(folder, key), self[key].store.place
        settings.database.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(place.engine().raw_connection()) as raw_connection:
            settings.database.write_bytes(raw_connection.driver_connection.serialize())  # type: ignore[union-attr]  # a sqlite3 connection
        for name, secret in place.secrets.all().items():
            place_of(settings).secrets.write(name, secret)
        return folder

    def poison(self) -> None:
        for words in HOSTILE:
            self._typed(words)
        self.deliver()
        self._above()
        for key in ("cardiac", "executive"):
            self.put("08:00" if key == "cardiac" else "08:45")
            desk = self[key]
            huddles.open_today(desk, leader=HOSTILE[0][:60])
            _tried(lambda desk=desk: huddles.answer(desk, huddles.sitting(desk), "thanks", HOSTILE[2]))
        self.deliver()
        self._past_the_verbs()

    def _typed(self, words: str) -> None:
        """Put a text wherever a unit types."""
        self.put("07:16")
        west, east = self["4-west"], self["5-east"]
        west.sign_as(words[:60])
        _tried(lambda: huddles.open_today(west, leader=words[:60]))
        one = huddles.sitting(west)
        card = Card(shift=words[:40], cause=words[:40], reference=words[:40])
        for verb in (
            lambda: huddles.answer(west, one, "supplies", "attention", note=words),
            lambda: huddles.answer(west, one, "ahead", words),
            lambda: huddles.answer(west, one, "fall", "1", cards=[card], did=[words]),
            lambda: huddles.answer(west, one, "plus", words),
            lambda: huddles.answer(west, one, "delta", words),
            lambda: huddles.answer(west, one, "thanks", words),
            lambda: huddles.attend(west, one, leaders=[words[:60]], names=["Ana", words[:60]]),
            lambda: huddles.skip(east, huddles.sitting(east), why=words),
            lambda: actions.plan(west, what=words, owner=words[:60], due=MONDAY),
        ):
            _tried(verb)
        for desk in (west, east):
            _tried(lambda desk=desk: self._raised(desk, words))

    def _raised(self, desk: Desk, words: str) -> None:
        """Raise the same at two units, so that it is a pattern; one is planned, one handed up, one only to know."""
        made = [problems.raise_at(desk, title=f"{at_}: {words}"[:200], detail=words, category="other").id
                for at_ in range(3)]  # fmt: skip
        _tried(lambda: problems.plan(desk, made[0], what=words, owner=words[:60], due=MONDAY))
        _tried(lambda: problems.note(desk, made[1], text=words))
        _tried(lambda: problems.correct(desk, made[1], of="problem.raised", text=words))
        problems.escalate(desk, made[1], need=words, tried=words, by=at("16:00", MONDAY))
        problems.escalate(desk, made[2], mode=Mode.AWARENESS)
        now = problems.raise_at(desk, title=words[:200], detail=words, urgency=Urgency.NOW, category="staff").id
        problems.escalate(desk, now, need=words)

    def _above(self) -> None:
        """Let the department and the executives answer in kind."""
        self.put("07:40")
        cardiac, executive = self["cardiac"], self["executive"]
        for desk, words in ((cardiac, HOSTILE[3]), (executive, HOSTILE[4])):
            desk.sign_as(words[:60])
        came = [one for one in problems.listed(cardiac, limit=200) if one.holder == "cardiac"]
        for at_, problem in enumerate(came):
            words = HOSTILE[at_ % len(HOSTILE)]
            verbs = (
                lambda problem=problem, words=words: problems.give_back(cardiac, problem.id, answer=words),
                lambda problem=problem, words=words: problems.resolve(cardiac, problem.id, remedy=words),
                lambda problem=problem, words=words: problems.escalate(cardiac, problem.id, need=words),
                lambda problem=problem, words=words: problems.assign(cardiac, problem.id, to="biomed", need=words),
                lambda problem=problem, words=words: problems.note(cardiac, problem.id, text=words),
            )
            _tried(verbs[at_ % len(verbs)])
        for desk in (cardiac, executive):
            for words in HOSTILE:
                _tried(lambda desk=desk, words=words: announcements.publish(desk, title=words[:200], text=words))
        self.deliver()
        for at_, problem in enumerate(
            one for one in problems.listed(executive, limit=200) if one.holder == "executive"
        ):
            if at_ % 2:
                words = HOSTILE[at_ % len(HOSTILE)]
                _tried(lambda problem=problem, words=words: problems.give_back(executive, problem.id, answer=words))
        self.deliver()

    def _past_the_verbs(self) -> None:
        """Poison the made tables of every store, as a database that somebody has been at."""
        for desk in self.desks.values():
            with desk.store.place.engine().begin() as connection:
                for at_, words in enumerate(raw(text) for text in HOSTILE):
                    connection.exec_driver_sql(
                        "UPDATE problem SET title = ?, detail = ? WHERE subject IN"
                        " (SELECT subject FROM problem ORDER BY subject LIMIT 2 OFFSET ?)",
                        (words, words, at_ * 2),
                    )  # fmt: skip
                connection.exec_driver_sql("UPDATE node SET name = ? WHERE key = '5-east'", (raw(HOSTILE[3]),))
                connection.exec_driver_sql("UPDATE announcement SET title = ? WHERE rowid = 1", (raw(HOSTILE[4]),))

    def pattern(self) -> str:
        """The key of a pattern at the department."""
        return patterns.listed(self["cardiac"], within=timedelta(days=30))[0].key


def _tried(verb: object) -> None:
    """Do it; what the rules refuse is no text that anybody sees."""
    assert callable(verb)
    try:
        verb()
    except NotAllowed:
        return
