"""Names of people where a patient is meant: behind a title, beside a patient, before what happens to patients.

A capital alone is no name: a board is full of departments, machines and days. Names of the house stay: who is behind
`Dr`, before a colon, or does something for somebody else.
"""

from collections.abc import Callable, Iterator

from . import words
from .found import Found, Kind
from .tokens import Sentence, is_patient

_LONGEST = 4
_AGE = frozenset({"y", "yo", "yr", "yrs", "years", "year", "y/o"})
_SEX = frozenset("mf")
_THINGS = words.COMPOUNDS | {"pump", "pumps", "center", "centre", "unit", "form", "forms"}
_NO_NAME = words.ORDINARY | words.VENDORS | words.DEPARTMENTS | words.STAFF | words.TITLES | words.PATIENTS


def found(sentences: tuple[Sentence, ...]) -> Iterator[Found]:
    """The names of a text; the rules may find one name twice."""
    for sentence in sentences:
        reading = _Reading(sentence)
        for token in sentence.tokens:
            if token.word:
                for rule in _RULES:
                    place = rule(reading, token.at - reading.begin)
                    if place is not None:
                        yield Found(Kind.NAME, *place)


class _Reading:
    """One sentence, and questions about its words by their place in it."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.begin = sentence.tokens[0].at

    def lower(self, at: int) -> str:
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def behind_dot(self, at: int) -> int:
        """The place of the next word, a full stop left out."""
        return at + 1 if self.lower(at) == "." else at

    def named(self, at: int, *, sure: bool = False) -> bool:
        """Whether a word can be somebody's name; `sure` that a name is expected there, so a common one will do."""
        if not 0 <= at < len(self.tokens):
            return False
        token = self.tokens[at]
        bare = token.lower.removesuffix("'s")
        if not token.word:
            return False
        if sure and bare in words.PLAIN:
            return True
        if sure and bare in words.LAST and token.capital and not self.sentence.shouted:
            return True
        if bare in _NO_NAME or len(token.text) == 1 or self.sentence.shouted:
            return False
        return token.capital

    def name_from(self, at: int, *, sure: bool = False) -> int:
        """The place behind a name that begins here: `Doe`, `Jane Doe`, `J. Doe`, `Smith, John`; `at` if none does."""
        first = at + 2 if self._initial(at) else at
        if not self.named(first, sure=sure):
            return first + 2 if first > at and self._initial(first) else at
        end = first + 1
        if self._initial(end) and self.named(end + 2):
            return end + 3
        if self.named(end, sure=sure and not self.sentence.shouted) and not self._possessive(end - 1):
            return end + 1
        return end + 2 if self.lower(end) == "," and self.lower(end + 1) in words.FIRST and self.named(end + 1) else end

    def name_before(self, at: int, *, sure: bool = False) -> int:
        """Where a name begins that ends just before this place; `at` if none does."""
        if not self.named(at - 1, sure=sure):
            return at
        begin = at - 1
        if self.named(begin - 1) and not self._possessive(begin - 1):
            begin -= 1
        elif self.lower(begin - 1) == "." and self._initial(begin - 2):
            begin -= 2
        return begin

    def _initial(self, at: int) -> bool:
        return (
            0 <= at < len(self.tokens) - 1
            and len(self.tokens[at].text) == 1
            and self.tokens[at].text.isupper()
            and self.lower(at + 1) == "."
        )

    def _possessive(self, at: int) -> bool:
        return self.lower(at).endswith("'s")

    def of_the_house(self, begin: int, end: int) -> bool:
        """Whether who is named here works here, going by what stands around the name."""
        before = {self.lower(begin - 1), self.lower(begin - 2) if self.lower(begin - 1) in {".", ":"} else ""}
        return bool(before & words.STAFF) or self.lower(end) in words.ACTS | {":"}

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """The characters of a name, without the `'s` behind it."""
        last = self.tokens[end - 1]
        tail = 2 if last.lower.endswith("'s") else 0
        return self.tokens[begin].start, last.end - tail


def _titled(said: _Reading, at: int) -> tuple[int, int] | None:
    """`Mr Miller`, unless he is from Facilities."""
    title = said.tokens[at]
    if title.lower not in words.TITLES or said.lower(at - 1) in {"near", "we", "not", "to", "will"}:
        return None
    if title.lower == "miss" and not title.capital:
        return None
    begin = said.behind_dot(at + 1)
    if title.all_caps and not said.sentence.shouted and said.lower(begin) not in words.LAST:
        return None
    end = said.name_from(begin, sure=True)
    if end == begin:
        return None
    if said.lower(end) in {"from", "of", "("} and said.lower(end + 1) in words.DEPARTMENTS:
        return None
    return said.place(at, end)


def _patient(said: _Reading, at: int) -> tuple[int, int] | None:
    """`pt Doe`, `patient named Jane Doe`, `Baby Boy Thompson`, `pt J.D.`."""
    word = said.tokens[at]
    if not is_patient(said.tokens, at) or (word.text == "PT" and not said.sentence.shouted):
        return None
    begin = at + 1
    while said.lower(begin) in words.BETWEEN and begin - at < _LONGEST:
        if said.lower(begin) == "." and word.lower not in words.SHORTENED:
            return None
        begin += 1
    end = said.name_from(begin, sure=True)
    if end == begin or _thing_follows(said, end):
        return None
    inside = word.lower in words.BABIES or said.lower(begin - 1) in {".", "pt", "patient"} or begin == at + 1
    return said.place(at if inside and said.lower(begin - 1) not in {":", "is"} else begin, end)


def _suffering(said: _Reading, at: int) -> tuple[int, int] | None:
    """`Kowalski fell`, `Hernandez was found on the floor`, `Johnson refused insulin`."""
    verb = said.lower(at)
    follows = said.lower(at + 1)
    if verb in words.VERBS:
        fits = follows not in words.COMPOUNDS | words.MANNERS
    elif verb in words.WAS:
        behind = at + 2 if follows in {"a", "not", "very"} else at + 1
        fits = said.lower(behind) in words.DONE_TO
    else:
        fits = verb in words.REFUSED and follows in words.WHAT_PATIENTS_REFUSE
    begin = said.name_before(at, sure=verb in words.VERBS) if fits else at
    if begin == at or said.of_the_house(begin, at):
        return None
    return said.place(begin, at)


def _owning(said: _Reading, at: int) -> tuple[int, int] | None:
    """`Thompson's wife`, `Anderson's chart`."""
    if not said.lower(at).endswith("'s") or said.lower(at + 1) not in words.OWN:
        return None
    begin = said.name_before(at + 1)
    if begin == at + 1 or said.of_the_house(begin, at + 1):
        return None
    return said.place(begin, at + 1)


def _related(said: _Reading, at: int) -> tuple[int, int] | None:
    """`daughter of Weber`, `the Jackson family`."""
    if said.lower(at) not in words.RELATIVES:
        return None
    if said.lower(at + 1) in {"of", ":"} and said.named(at + 2):
        return said.place(at + 2, said.name_from(at + 2))
    begin = said.name_before(at)
    known = begin < at and said.lower(at - 1) in words.LAST
    if begin == at or not (said.lower(begin - 1) == "the" or known):
        return None
    return said.place(begin, at)


def _moved(said: _Reading, at: int) -> tuple[int, int] | None:
    """`discharge Brown by 11`, `sitter for Okonkwo`."""
    word = said.lower(at)
    begin = at + 1
    if word in words.NEEDED_FOR and said.lower(begin) == "for":
        begin += 1
    elif word not in words.MOVES:
        return None
    end = said.name_from(begin)
    if end == begin or _thing_follows(said, end) or said.lower(begin) in words.LANGUAGES:
        return None
    return said.place(begin, end)


def _aged(said: _Reading, at: int) -> tuple[int, int] | None:
    """`Williams, 82F`, `Lee 78 yo`, `Maria Santos, 84 y`."""
    if at and said.named(at - 1):
        return None
    end = said.name_from(at)
    number = end + 1 if said.lower(end) == "," else end
    if end == at or not _age(said, number):
        return None
    return said.place(at, end)


def _age(said: _Reading, at: int) -> bool:
    text = said.lower(at)
    digits = text.rstrip("yofmrs")
    if not digits.isdecimal() or len(digits) > 3:  # noqa: PLR2004 - years
        return False
    unit = text[len(digits) :]
    return unit in _AGE | _SEX if unit else said.lower(at + 1) in _AGE | _SEX


def _bedded(said: _Reading, at: int) -> tuple[int, int] | None:
    """`Smith in 12`, `Miller bed 4`: a name right before a bed, in a sentence about no machine."""
    if said.sentence.machine or (at and said.named(at - 1)):
        return None
    end = said.name_from(at)
    if end == at or said.of_the_house(at, end) or said.lower(end - 1).removesuffix("'s") not in words.LAST:
        return None
    bed = end + 1 if said.lower(end) == "in" else end
    inside = bed > end and said.lower(bed).isdecimal() and len(said.lower(bed)) <= 3  # noqa: PLR2004 - a bed
    if not inside and said.lower(bed) not in {"bed", "room", "rm"}:
        return None
    return said.place(at, end)


def _whole(said: _Reading, at: int) -> tuple[int, int] | None:
    """`Jane Doe` in a sentence that tells what happened, unless she is of the house."""
    if said.lower(at) not in words.FIRST or (at and said.named(at - 1)) or not said.sentence.happened:
        return None
    end = said.name_from(at)
    if end < at + 2 or said.of_the_house(at, end):
        return None
    return said.place(at, end)


def _thing_follows(said: _Reading, at: int) -> bool:
    """Whether the word behind what looks like a name makes a thing of it: `transfer Baxter pump`."""
    return said.lower(at) in _THINGS


_RULES: tuple[Callable[[_Reading, int], tuple[int, int] | None], ...] = (
    _titled, _patient, _suffering, _owning, _related, _moved, _aged, _bedded, _whole,
)  # fmt: skip
