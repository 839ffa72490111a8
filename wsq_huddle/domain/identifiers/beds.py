"""Beds and rooms beside what happened to a patient; beside a machine or a leak they are only places."""

from collections.abc import Iterator

from . import words
from .found import Found, Kind
from .tokens import Sentence, Token

_IN = "in"
_SAID_ALREADY = words.PLACES | {_IN, "on", "ward", "unit", "to"}
_UNNAMED = 2


def found(sentences: tuple[Sentence, ...]) -> Iterator[Found]:
    """The beds in sentences that tell what happened to somebody, or speak of a patient and of no machine."""
    for sentence in sentences:
        happened = sentence.happened
        if happened or (sentence.patient and not sentence.machine):
            yield from _beds(sentence, happened=happened)


def _beds(sentence: Sentence, *, happened: bool) -> Iterator[Found]:
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        after = tokens[at + 1 : at + 3]
        if token.lower in words.PLACES and after and _number(after[0] if after[0].text != "#" else after[-1]):
            last = after[0] if after[0].text != "#" else after[-1]
            yield Found(Kind.BED, token.start, last.end)
        elif token.lower == _IN and after and _number(after[0]) and _alone(tokens[max(0, at - 1) : at], after):
            yield Found(Kind.BED, token.start, after[0].end)
        elif happened and _lettered(token) and not (at and tokens[at - 1].lower in _SAID_ALREADY):
            yield Found(Kind.BED, token.start, token.end)


def _number(token: Token) -> bool:
    """`12`, `412`, `3B`; not a year, nor a count of hundreds."""
    digits = token.text.rstrip("ABCDabcd")
    return digits.isdecimal() and len(digits) <= 3 and len(token.text) - len(digits) <= 1  # noqa: PLR2004 - `412B`


def _alone(before: tuple[Token, ...], after: tuple[Token, ...]) -> bool:
    """Whether `in 12` is a place: no noun follows, as in `in 12 units`, and no minutes, as in `in 12:30`."""
    if len(after) < _UNNAMED:
        return True
    follows = after[1]
    if follows.lower in words.COUNTED or (follows.text == ":" and follows.start == after[0].end):
        return False
    return follows.lower in words.GOES_ON or any(token.lower in words.PATIENTS | words.FALLING for token in before)


def _lettered(token: Token) -> bool:
    """`412B`: two digits and a letter at least, because wards are called `3A`."""
    return _number(token) and not token.digits and len(token.text) > _UNNAMED
