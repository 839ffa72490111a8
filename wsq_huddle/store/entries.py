"""Entries as this store holds them: read again as they were written, or a sentence that says what to do."""

from wsq_huddle.domain.codec import Malformed
from wsq_huddle.domain.entries import Entry, Told, read
from wsq_huddle.errors import StoreError

TEXTLESS = "its text is missing, and nothing says that it was removed"
"""A head without the text it speaks of: state and chain are made from heads alone, but words were lost."""


def stored(subject: str, head: str, text: str | None, seal: str) -> Told:
    """Read an entry of this log. It could be read when it was written, so what cannot be read now was damaged since."""
    try:
        return read(Entry(head, text, seal))
    except Malformed as error:
        raise StoreError(
            f"An entry of {subject} is damaged: {error}. Nothing was changed. Ask IT to run `wsq-huddle log verify` and"
            " `wsq-huddle store check`, and then `wsq-huddle store restore` with the newest backup from before."
        ) from error
