"""How deep a JSON text is nested, found without parsing it: a reader that goes down with it may not come up again."""

import re

DEPTH = 40
"""The most that is read. Far below what any stack takes, so that what one thread could read all others can."""

_STRING = re.compile(r'"[^"\\]*+(?:\\.?[^"\\]*+)*+"?', re.DOTALL)
"""A text, also one that nobody has ended: were that no match, it would be looked for again from every quote in it."""

_OTHER = re.compile(r"[^\[\]{}]+")


def depth_of(text: str) -> int:
    """How deep it is nested at most; never more than the brackets that open in it, which is quicker to know."""
    opening = text.count("[") + text.count("{")
    if opening <= DEPTH:
        return opening
    depth = deepest = 0
    for letter in _OTHER.sub("", _STRING.sub("", text)):
        depth += 1 if letter in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
