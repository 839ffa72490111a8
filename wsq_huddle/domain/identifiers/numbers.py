"""Numbers that belong to one person: records, dates of birth, telephones, national numbers; and e-mail addresses.

Each pattern reads a bounded number of characters from where it begins, so that no text takes long.
"""

import re
from collections.abc import Iterator
from functools import cache

from . import words
from .found import Found, Kind
from .tokens import Sentence, Token

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}\.? ?{_MONTH} ?(?:19|20)?\d\d|{_MONTH} ?\d{{1,2}},? ?(?:19|20)\d\d)(?!\d)"
)
_LONG_AGO = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19\d\d|200\d)|(?:19\d\d|200\d)-\d\d-\d\d"
    rf"|\d{{1,2}}\.? ?{_MONTH} ?(?:19\d\d|200\d)|{_MONTH} ?\d{{1,2}},? ?(?:19\d\d|200\d))(?!\d)"
)
_NUMBER = r"(?:no|nr|number|num|id|#)?[.:#]{0,2} ?(?:is )?#? ?"
_RECORD_WORDS = (
    r"(?:mrn|mr ?#|med(?:ical)? ?rec(?:ord)?s?|chart|hospital|hosp|patient|pt|encounter|visit|account|acct|csn|fin"
    r"|case)"
)
_INSURED = r"(?:ssn|social security|nhs|medicare|medicaid|insurance|member|health card|passport|personal number)"

_PATTERNS: dict[Kind, str] = {
    Kind.MAIL: r"(?<![\w.%+-])[\w.%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}",
    Kind.BORN: (
        r"(?<!\w)(?:dob|d\.o\.b\.?|date of birth|birth ?date|birthday|born(?: on)?|geb\.?)[ :=-]{0,3}"
        + _DATE
        + r"|(?<![\w/.-])"
        + _LONG_AGO
    ),
    Kind.NATIONAL: (
        r"(?<!\w)" + _INSURED + r" ?" + _NUMBER + r"(?=[a-z0-9 -]{0,12}\d{3})[a-z0-9]{1,12}(?:[ -][a-z0-9]{1,6}){0,4}?"
        r"(?![\w-])(?! ?\d)"
        r"|(?<![\w-])\d{3}-\d\d-\d{4}(?![\w-])"
        r"|(?<![\w-])[1-9][a-z][a-z0-9]\d-?[a-z][a-z0-9]\d-?[a-z]{2}\d\d(?![\w-])"
        r"|(?<![\w-])756\.\d{4}\.\d{4}\.\d\d(?!\d)|(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d\d(?!\d)"
        r"|(?<![\w-])(?:19|20)?\d\d[01]\d[0-3]\d[-+]\d{4}(?![\w-])"
    ),
    Kind.RECORD: (
        r"(?<!\w)" + _RECORD_WORDS + r" ?" + _NUMBER + r"[a-z]{0,3}-?\d(?:[ -]?\d){4,13}(?![\w/.:-])"
        r"|(?<![\w.,:/#+-])\d{7,10}(?![\w/:-])"
    ),
    Kind.PHONE: (
        r"(?<![\w.+-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-])"
        r"|(?<![\w+])\+\d(?:[ ().-]{0,2}\d){7,13}"
        r"|(?<![\w.+-])0\d{2,4}[ /-]\d{3,6}(?:[ -]\d{2,4})?(?![\w/:.-])"
    ),
}

_NEAR = 4


def found(text: str, sentences: tuple[Sentence, ...]) -> Iterator[Found]:
    """The numbers and addresses of a text; those of things, of the house and of its days are left out."""
    if not any(mark in text for mark in "0123456789@"):
        return
    tokens = [token for sentence in sentences for token in sentence.tokens]
    for kind, pattern in _compiled():
        place = 0
        for match in pattern.finditer(text):
            while place < len(tokens) and tokens[place].end <= match.start():
                place += 1
            if not _excused(kind, match[0], tokens[max(0, place - _NEAR) : place]):
                yield Found(kind, match.start(), match.end())


@cache
def _compiled() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE | re.ASCII)) for kind, pattern in _PATTERNS.items())


def _excused(kind: Kind, said: str, before: list[Token]) -> bool:
    """Whether what stands before it says that it belongs to nobody."""
    near = {token.lower for token in before}
    match kind:
        case Kind.RECORD:
            return said[0].isdigit() and not near.isdisjoint(words.OF_THINGS)
        case Kind.BORN:
            return said[0].isdigit() and not near.isdisjoint(words.SINCE_THEN)
        case Kind.PHONE:
            free = "".join(letter for letter in said if letter.isdigit()).removeprefix("1")[:3] in words.FREE_OF_CHARGE
            return free or not near.isdisjoint(words.OF_THE_HOUSE | words.OF_THINGS)
        case Kind.MAIL:
            return said.partition("@")[0].lower() in words.SHARED_BOXES
        case _:
            return said[0].isdigit() and not near.isdisjoint(words.OF_THINGS)
