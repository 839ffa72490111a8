"""When Python looks for garbage: while the screens start nearly never, since all that they make then stays.

It would look through the same objects a hundred times, and once through all of them between the first frame and the
content: a fifth of the time until Today stands.
"""

import contextlib
import gc
from collections.abc import Iterator

_USUAL = gc.get_threshold()
# More than twice what the start makes. It is a bound and not "never": where no content comes, garbage is found at last.
_SELDOM = (200_000, *_USUAL[1:])


@contextlib.contextmanager
def seldom() -> Iterator[None]:
    """Look seldom, until `as_usual`; in any case no longer than this lasts."""
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)


def as_usual() -> None:
    """Look as usual, but no more through what is there now: it stays. Nothing is done if it was never seldom."""
    if gc.get_threshold() == _SELDOM:
        gc.freeze()
        gc.set_threshold(*_USUAL)
