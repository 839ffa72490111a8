"""Proxies that do not let a long poll live: the link asks plainly now and then, and news arrives all the same."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.sync.places import Hospital, eventually, problem, raised, recorded
from tests.sync.proxies import proxied
from wsq_huddle.domain.problems import Assigned
from wsq_huddle.sync.link import Link, Touch, Way, client, running


def is_long(question: str) -> bool:
    return "/v1/feed" in question and "wait=0.0" not in question


@pytest.mark.parametrize(
    ("manners", "cuts"),
    [({"lasts": 0.8}, 2), ({"swallows": is_long}, 2)],
    ids=["ends every connection", "never answers a long poll"],
)
def test_where_a_proxy_cuts_long_polls_news_comes_by_plain_ones(
    place: Hospital, monkeypatch: pytest.MonkeyPatch, manners: dict[str, Any], cuts: int
) -> None:
    monkeypatch.setattr(running, "PLAIN_PAUSES", (0.2, 0.4))
    monkeypatch.setattr(client, "SPARE", 1.0)
    place.enrol("4-west", "cardiac")
    west, cardiac = place.store("4-west"), place.store("cardiac")
    with proxied(place.hub("cardiac").port, **manners) as proxy:
        link = place.links["4-west"] = Link(west, Way(proxy.url), wait=1.0)
        link.start()
        eventually(lambda: plain(proxy.asked) >= 4, 20)
        eventually(lambda: link.state().touch is Touch.IN_TOUCH)
        asked_before = len(proxy.asked)
        touches = seen(lambda: link.state().touch, 2.0)
        asked = len(proxy.asked) - asked_before
        down = raised(cardiac, tells="executive")
        recorded(cardiac, down, Assigned(to="4-west", need="look"))
        eventually(lambda: problem(west, down))
        up = raised(west)
        eventually(lambda: problem(cardiac, up))
        link.stop()

    assert sum(is_long(question) for question in proxy.asked) == cuts
    assert touches == {Touch.IN_TOUCH}
    assert 2 <= asked <= 20


def plain(asked: list[str]) -> int:
    """How many plain polls came after the last long one."""
    last = max((number for number, question in enumerate(asked) if is_long(question)), default=len(asked))
    return sum("/v1/feed" in question for question in asked[last + 1 :])


def seen(question: Callable[[], Touch], seconds: float) -> set[Touch]:
    """What is said of it in that time."""
    ends, found = time.monotonic() + seconds, set()
    while time.monotonic() < ends:
        found.add(question())
        time.sleep(0.02)
    return found
