"""What in the words of a command may identify a patient: told with the answer, by kind and place, and never refused."""

from collections.abc import Mapping
from typing import Any

from wsq_huddle.cli.refusals import complain
from wsq_huddle.domain.text import clean


def warned(typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The warnings of what was typed, by field, as JSON; people read one sentence on stderr, without the words."""
    from wsq_huddle.domain.identifiers import sentence, warnings  # noqa: PLC0415 - only where somebody typed words

    found = warnings({field: clean(text) for field, text in typed.items()})
    if found:
        complain(sentence(one.kind for one in found))
    return [{"kind": one.kind, "field": one.field, "start": one.start, "end": one.end} for one in found]
