"""What this node had declared on another computer, put into huddle.toml on the one that takes its place.

A node's settings go up with everything else (`definitions.published`), so a computer that joins gets them back. They
count there only when huddle.toml says them, too: otherwise what `init` wrote would be published over them.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wsq_huddle.config import SORTS, Settings
from wsq_huddle.domain.definitions import Published, subject_of
from wsq_huddle.errors import ConfigError

from . import definitions
from .desk import Desk

_PUT = "settings-put-back"
"""The fact that says which settings were put into huddle.toml here, so that a later move may put newer ones there."""

Sets = dict[str, list[dict[str, Any]]]


def bring_back(desk: Desk, config: Path) -> str:
    """Put what the other computer had declared into huddle.toml; gives what there is to tell, or nothing.

    Only where the file is as `init`, or this, has written it. What cannot be written is told, and changes nothing.
    """
    from wsq_huddle.config.restoring import as_written, put_back  # noqa: PLC0415 - tomlkit, only here
    from wsq_huddle.store.links import fact, set_fact  # noqa: PLC0415 - SQLAlchemy, only here

    theirs, ours = _elsewhere(desk), desk.settings.definitions()
    if not theirs or theirs == ours:
        return ""
    with desk.recording() as writing:
        put_before = fact(writing.transaction, _PUT)
    if put_before != _mark(desk.settings) and not as_written(desk.settings):
        return f"{config} has settings of its own, and they count here; those of the other computer are left aside."
    try:
        settings = put_back(config, desk.settings, theirs)
    except ConfigError as error:
        return str(error)
    with desk.recording() as writing:
        set_fact(writing.transaction, _PUT, _mark(settings))
    desk.settings = settings
    definitions.publish(desk)
    return f"The settings of the other computer are in {config} now."


def _elsewhere(desk: Desk) -> Sets:
    """What this node declared last on a computer that is not this one; empty if nothing of it is here."""
    ours = {row["id"] for row in desk.look().rows("SELECT id FROM device")}
    found: Sets = {sort: [] for sort in SORTS}
    with desk.recording() as writing:
        stories = writing.transaction.stories([subject_of(desk.node, sort) for sort in SORTS])
    published = [
        (told.order, told.event)
        for story in stories.values()
        for told in story
        if isinstance(told.event, Published) and told.node == desk.node and told.device not in ours
    ]
    for _, event in sorted(published, key=lambda one: one[0]):
        if event.sort in found:
            found[event.sort] = [_plain(row) for row in event.definitions]
    return found if published else {}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """As huddle.toml reads it: lists where the log has tuples."""
    plain: dict[str, Any] = json.loads(json.dumps(row))
    return plain


def _mark(settings: Settings) -> str:
    return hashlib.sha256(json.dumps(settings.definitions(), sort_keys=True).encode()).hexdigest()
