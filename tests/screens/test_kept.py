"""Lines that somebody is typing: what is kept of them, and which of them count as lines."""

from screens.kept import Kept

TYPED = ("title",)


def test_only_lines_that_somebody_types_count_as_other_lines() -> None:
    written: list[tuple[str, str]] = []
    kept = Kept(lambda place, text: written.append((place, text)))
    no_lines = (
        "problem/2/note",
        "leaving/problem/2/note",
        "leaving/gone",
        "sheet/huddle-1",
        "huddle/1/at",
        "sign/1/at",
    )
    for place in ("raise", "problem/1/note", *no_lines):
        kept.keep(place, {"title": place}, typed=TYPED)

    assert len(written) == 8
    assert (kept.besides("raise"), kept.besides("problem/1/note"), kept.besides("raise/2")) == (1, 1, 2)


def test_an_older_draft_that_was_recorded_leaves_the_newer_one() -> None:
    kept = Kept(lambda _place, _text: None)
    kept.keep("raise", {"title": "two pumps"}, typed=TYPED)
    recorded = kept.text("raise")
    kept.keep("raise", {"title": "two pumps, and a bed"}, typed=TYPED)
    kept.recorded("raise", recorded)

    assert kept.of("raise") == {"title": "two pumps, and a bed"}
    kept.recorded("raise", kept.text("raise"))
    assert kept.of("raise") == {}
