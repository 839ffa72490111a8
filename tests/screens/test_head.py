"""Line 1 at 80 columns: whatever the link has to say, the day, the time and the time left are there whole."""

from datetime import UTC, datetime, timedelta

import pytest

from screens.drawn import Pen
from screens.head import Head, Heading, shortened
from screens.marks import Mark
from wsq_huddle.cli.showing import link_words
from wsq_huddle.sync.link import LinkState, Touch

NOW = datetime(2026, 11, 30, 7, 16, tzinfo=UTC)
LEFT = [
    (timedelta(minutes=10), "10 min left"),
    (timedelta(seconds=45), "45 s left"),
    (timedelta(minutes=-12), "+12 min"),
    (None, "closed"),
]


def drawn(heading: Heading) -> str:
    """Line 1 as it stands on a screen of 80 columns."""
    head = Head()
    head.tell(heading, NOW)
    return head.draw(Pen(80, "dark", plain=False), 1)[0].text.rstrip()


def clock(instant: datetime) -> str:
    return f"{instant:%H:%M}"


@pytest.mark.parametrize("place", ["4 West huddle", "Cardiac Services huddle", "A" * 60])
@pytest.mark.parametrize(("left", "said"), LEFT)
@pytest.mark.parametrize("waiting", [0, 1, 1234])
@pytest.mark.parametrize("touch", [touch for touch in Touch if touch is not Touch.ALONE])
def test_nothing_that_matters_is_cut_at_80_columns(
    place: str, left: timedelta | None, said: str, waiting: int, touch: Touch
) -> None:
    mark, words = link_words(LinkState(touch, since=NOW, last_contact=NOW, waiting=waiting), clock)
    ends = NOW + left if left is not None else None
    line = drawn(Heading(place, ends=ends, left="closed" if left is None else "", mark=Mark[mark], link=words))

    assert "Mon 30 Nov 07:16 " in line
    assert f" {said} " in line
    assert line.endswith(words)
    assert f"{waiting} to send" in line or not waiting or touch is Touch.NOT_ACCEPTED
    assert len(line) == 79
    assert place.split(" ", 1)[0][:5] in line


def test_what_fits_stands_where_it_always_stands() -> None:
    heading = Heading("4 West huddle", ends=NOW + timedelta(minutes=9), mark=Mark.MET, link="in touch 07:16")

    assert drawn(heading) == " 4 West huddle               Mon 30 Nov 07:16    9 min left    ● in touch 07:16"


@pytest.mark.parametrize(
    ("room", "said"), [(23, "Cardiac Services huddle"), (22, "Cardiac Services"), (10, "Cardiac"), (3, "Cardiac")]
)
def test_a_place_gives_up_whole_words(room: int, said: str) -> None:
    assert shortened("Cardiac Services huddle", room) == said


def test_a_link_without_a_hub_says_so_in_few_words() -> None:
    words = [link_words(LinkState(Touch.TRYING, waiting=waiting), clock)[1] for waiting in (0, 2)]

    assert words == ["looking for the hub", "no hub yet, 2 to send"]
