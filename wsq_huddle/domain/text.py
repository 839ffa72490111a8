"""Text that people typed: made safe to store, to send and to show, and taken apart for the search."""

import re
import unicodedata
from functools import cache

TITLE_LIMIT = 200
TEXT_LIMIT = 10_000

_SHORT = 300
"""Characters that are never too many, whatever they are."""

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), 0xAD, *_BIDI, 0x2028, 0x2029, 0xFEFF, *range(0xD800, 0xE000))
)
_LINES = _CONTROLS | {0x0A: "\n", 0x09: " ", 0xA0: " "}
_LINE = _CONTROLS | {0xA0: " ", 0x0A: " ", 0x0D: " ", 0x09: " ", 0x2028: " ", 0x2029: " "}
_SPELLED = {code: f"\\u{code:04x}" for code in _CONTROLS}
_BLANKS = frozenset({0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)})
_BLANK_TAGS = range(0xE0000, 0xE1000)
"""Letters and marks that nobody sees, besides what Unicode calls a format or a blank."""
_FORMATS = frozenset({"Cf", "Zs", "Cc"})
_WORD = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    r"""Leave nothing in a text that a terminal would act on: NFC, no C0, C1, bidi controls or lone surrogates.

    Soft hyphens go too: nobody types them, and terminals do not agree on their width.
    Line ends stay (``\r\n`` becomes ``\n``), a tab and a hard space become a space, outer blanks go. A text of which
    nobody would see anything is empty; within a word joiners and breaks stay, some languages need them.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINES)
    return _seen(_composed(lines).strip())


def spelled(document: str) -> str:
    """Spell out, in one line of JSON, what a terminal would act on; whoever reads the JSON reads the same."""
    return document if document.isascii() and document.isprintable() else document.translate(_SPELLED)


def one_line(text: str) -> str:
    """Clean a text for a place with room for one line; line ends become blanks."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _seen(_composed(text.replace("\r\n", "\n").translate(_LINE)).strip())


def _seen(text: str) -> str:
    """The text, or nothing where it has no sign that anybody could see."""
    return text if any(map(_visible, text)) else ""


def _visible(sign: str) -> bool:
    code = ord(sign)
    return not (code in _BLANKS or code in _BLANK_TAGS or unicodedata.category(sign) in _FORMATS)


def _composed(text: str) -> str:
    """NFC, with 30 marks on one letter at the most (UAX #15, stream-safe text): the time for more is their square."""
    if len(text) > _SHORT:
        text = _crowds().sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


@cache
def _crowds() -> re.Pattern[str]:
    """Marks on marks; looked for in long texts only."""
    marks = "".join(chr(code) for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{30}})[{marks}]+")


def words(text: str) -> frozenset[str]:
    """The words a search goes by: lower case, without accents, two letters or more; numbers count as words.

    A plain plural ``s`` is dropped, so that `pumps` finds `pump`; both databases get the same rows from this.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return frozenset(_singular(word) for word in _WORD.findall(bare) if len(word) > 1 or word.isdigit())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word  # noqa: PLR2004 - `bus` keeps its s
