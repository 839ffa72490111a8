"""A program of a few lines for a test that needs another process: `python -m tests.scripted SCRIPT WORDS`."""

import sys

from tests.warm import Warm


def scripted(script: str, *words: object) -> Warm:
    """Start it warm; it finds its words in `sys.argv[1:]`, as with `python -c`."""
    return Warm("tests.scripted", script, *map(str, words))


if __name__ == "__main__":
    exec(compile(sys.argv.pop(1), "a script of a test", "exec"), {"__name__": "__main__"})  # noqa: S102 - our own
