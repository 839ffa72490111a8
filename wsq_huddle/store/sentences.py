"""What a database says, as a sentence with a remedy for the person who reads it."""

import contextlib
from collections.abc import Iterator

from wsq_huddle.errors import HuddleError, StoreError

# On a screen these stand on one line of 80: what happened and what to do come first, the place of the store last.
_REMEDIES = {
    "disk is full": "The disk is full: nothing was saved. Make room; what you typed is still here.",
    "disk full": "The database's disk is full: nothing was saved. Tell IT; it is all still here.",
    "no space left": "The disk is full: nothing was saved. Make room; what you typed is still here.",
    "disk i/o error": "The disk cannot be read or written: is it full, or gone? Nothing was saved."
    " Ask IT to run `wsq-huddle store check` on {name}.",
    "locked": "Another program holds the store. Try again in a moment; it is all still here.",
    "lock timeout": "Another program holds the store. Try again in a moment; it is all still here.",
    "deadlock": "Another program holds the store. Try again in a moment; it is all still here.",
    "readonly": "Nothing was saved: it may only be read here. Ask IT for the right to write to {name}.",
    "read-only": "Nothing was saved: it may only be read here. Ask IT for the right to write to {name}.",
    "malformed": "{name} is damaged. Ask IT to run `wsq-huddle store check`, then `store restore`.",
    "not a database": "{name} is no wsq-huddle store, or it is damaged. Ask IT to run `wsq-huddle store restore`.",
    "encrypted": "{name} is no wsq-huddle store, or it is damaged. Ask IT to run `wsq-huddle store restore`.",
    "no such table": "{name} is no wsq-huddle store, or it is damaged. Ask IT to run `wsq-huddle store check`.",
    "unable to open": "{name} cannot be opened. Is the folder there, and may you write in it?",
    "password authentication": "The database refuses our password. Ask IT to correct [store] password_file.",
    "connection": "The database does not answer: nothing was saved. Try again in a moment.",
}


def sentence(name: str, error: BaseException) -> str:
    """What to tell a person of an error that a database gave; `name` is the place of the store."""
    said = (str(getattr(error, "orig", None) or error).splitlines() or [type(error).__name__])[0]
    for words, remedy in _REMEDIES.items():
        if words in said.lower():
            return remedy.format(name=name)
    return f"The store did not take it: {said.rstrip('.')}. Nothing was saved; what you typed is still here."


@contextlib.contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn what a database says into a `StoreError`; what was decided is not written then."""
    try:
        yield
    except HuddleError:
        raise
    except Exception as error:
        if not _of_database(error):
            raise
        raise StoreError(sentence(name, error)) from error


def _of_database(error: Exception) -> bool:
    """Asked by name, so that nobody has to import what was not needed."""
    families = {(base.__module__, base.__name__) for base in type(error).__mro__}
    return not families.isdisjoint({("sqlite3", "Error"), ("psycopg", "Error"), ("sqlalchemy.exc", "SQLAlchemyError")})
