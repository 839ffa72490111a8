"""Short texts that travel as facts, not as what people said: names, kinds, numbers of reference."""

from collections.abc import Iterable

from wsq_huddle.domain.text import TITLE_LIMIT, one_line
from wsq_huddle.errors import NotAllowed


def fact(text: str, what: str) -> str:
    """Clean a text to one line; `NotAllowed` when it is longer than such a thing ever is."""
    tidy = one_line(text)
    if len(tidy) > TITLE_LIMIT:
        raise NotAllowed(f"The {what} has {len(tidy):,} characters; {TITLE_LIMIT} is the most. Shorten it, please.")
    return tidy


def facts(texts: Iterable[str], what: str) -> tuple[str, ...]:
    return tuple(fact(text, what) for text in texts)
