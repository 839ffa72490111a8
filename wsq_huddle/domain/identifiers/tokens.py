"""A text as the guard reads it: words, numbers and marks, each with its place and the sentence that it stands in."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from wsq_huddle.domain.records import record

from . import words

_ENDS = frozenset("!?;\n")
_TITLE_CASE = 0.7
_FEW = 3


class Token:
    """One word, number or mark. `at` is its number in the text."""

    __slots__ = ("all_caps", "at", "capital", "digits", "end", "first", "lower", "sentence", "start", "text", "word")

    def __init__(self, text: str, start: int, at: int) -> None:
        self.text, self.start, self.end, self.at = text, start, start + len(text), at
        self.lower = text.lower().replace("\u2019", "'")
        self.word = text[0].isalpha()
        self.digits = text.isdecimal()
        self.all_caps = self.word and len(text) > 1 and text.isupper()
        self.capital = self.word and text[0].isupper() and not self.all_caps
        self.sentence = 0
        self.first = False


@record
class Sentence:
    """Some tokens in a row, and what can be said of them as a whole."""

    tokens: tuple[Token, ...]

    @cached_property
    def lowers(self) -> frozenset[str]:
        return frozenset(token.lower for token in self.tokens)

    @cached_property
    def shouted(self) -> bool:
        """Whether capitals say nothing here, because nearly every word has one."""
        said = [token for token in self.tokens if token.word and len(token.text) > _FEW]
        return len(said) > 1 and sum(token.capital or token.all_caps for token in said) > _TITLE_CASE * len(said)

    @cached_property
    def machine(self) -> bool:
        """Whether it is about a thing, a room or a building."""
        return not self.lowers.isdisjoint(words.THINGS)

    @cached_property
    def happened(self) -> bool:
        """Whether it tells what happened to somebody, and not that nothing did, or that a thing for it is missing."""
        tokens = self.tokens
        return any(
            token.lower in words.EVENTS
            and not (_denied(tokens, at) or _of_a_thing(tokens, at) or _fell_as_a_thing(tokens, at))
            for at, token in enumerate(tokens)
        ) or any(
            (token.lower, after.lower) in words.EVENTS_OF_TWO and not _of_a_thing(tokens, at + 1)
            for at, (token, after) in enumerate(pairwise(tokens))
        )

    @cached_property
    def patient(self) -> bool:
        """Whether a patient is spoken of, and no patient lift."""
        tokens = self.tokens
        return any(is_patient(tokens, at) and not _of_a_thing(tokens, at) for at in range(len(tokens)))


def is_patient(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word means a patient: `patient`, `pt`, `Pat.` with its stop."""
    word = tokens[at].lower
    return word in words.PATIENTS or (word in words.DOTTED and any(one.text == "." for one in tokens[at + 1 : at + 2]))


def read(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text."""
    found: list[Sentence] = []
    row: list[Token] = []
    for token in _tokens(text):
        token.first = not row
        row.append(token)
        if _ends(token, row):
            found.append(Sentence(tuple(row)))
            row = []
    if row:
        found.append(Sentence(tuple(row)))
    return tuple(found)


_TOKEN = re.compile(r"[^\W\d_][^\W_]*(?:['\u2019-][^\W\d_][^\W_]*)*|\d+[A-Za-z]{0,4}(?![^\W_])|\d+|\n|[^\s]")


def _tokens(text: str) -> Iterator[Token]:
    for at, match in enumerate(_TOKEN.finditer(text)):
        yield Token(match[0], match.start(), at)


def _ends(token: Token, row: list[Token]) -> bool:
    """A full stop ends a sentence unless it stands behind a title or an initial."""
    if token.text in _ENDS:
        return True
    if token.text != "." or len(row) < 2:  # noqa: PLR2004 - the stop and what it stands behind
        return False
    before = row[-2]
    return not (before.lower in words.SHORTENED or (len(before.text) == 1 and before.word) or before.digits)


def _denied(tokens: tuple[Token, ...], at: int) -> bool:
    """`no fall`, `without a fall`, `fall risk`."""
    return any(token.lower in words.DENIALS for token in tokens[max(0, at - 2) : at])


def _fell_as_a_thing(tokens: tuple[Token, ...], at: int) -> bool:
    """`the tile fell`, `volume fell behind`."""
    if tokens[at].lower not in words.FALLING:
        return False
    before, after = tokens[max(0, at - 1) : at], tokens[at + 1 : at + 2]
    return any(token.lower in words.THINGS for token in before) or any(token.lower in words.MANNERS for token in after)


def _of_a_thing(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the next word makes it a thing: `fall mat`, `patient lift`; a bed with a number is a place."""
    after = tokens[at + 1 : at + 3]
    if after and after[0].text == "-":
        after = after[1:]
    place = len(after) > 1 and (after[1].digits or after[1].text == "#")
    return bool(after) and after[0].lower in words.COMPOUNDS and not place
