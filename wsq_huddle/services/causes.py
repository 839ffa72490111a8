"""The likely causes that are offered for each kind of event."""

from collections.abc import Mapping

from wsq_huddle.domain.definitions import Sort, short, words_of

from .desk import Desk
from .places import Places

Causes = Mapping[str, tuple[tuple[str, str], ...]]
"""Key and name of each cause, by the short key of the kind of event."""


def by_event(desk: Desk, places: Places) -> Causes:
    """Those that the site has declared, else those we bring."""
    brought: dict[str, tuple[tuple[str, str], ...]] = {}
    for cause in desk.settings.causes:
        brought[cause.event] = (*brought.get(cause.event, ()), (cause.key, cause.name))
    declared: dict[str, tuple[tuple[str, str], ...]] = {}
    for word in words_of(places.sets(desk.node), Sort.CAUSES, places.line(desk.node)):
        key = short(word.key).rpartition(".")[2]
        declared[word.event] = (*declared.get(word.event, ()), (key, word.name))
    return brought | declared
