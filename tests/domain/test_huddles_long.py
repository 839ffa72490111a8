"""A huddle with far more answers than anybody gives: it must not keep others waiting while it is read."""

import time
from dataclasses import replace
from datetime import date

from tests.domain.telling import entry
from wsq_huddle.domain.huddles import Answered, fold, subject_of

SUBJECT = subject_of("4-west", date(2026, 11, 24), "morning")
MANY = 10_000


def test_a_huddle_with_ten_thousand_answers_is_folded_at_once() -> None:
    told = [
        replace(
            entry(Answered(item=f"i{number % 9_000}", step="s", item_kind="text"), "4-west", number), subject=SUBJECT
        )
        for number in range(1, MANY)
    ]
    began = time.perf_counter()
    huddle = fold(told)

    assert time.perf_counter() - began < 2
    assert huddle is not None
    assert len(huddle.answers) == 9_000
    assert [answer.item for answer in huddle.answers[:2]] == ["i1", "i2"]
