"""What is alike is what shares rare words, on any machine and in any order; the kind is guessed from that."""

from collections import Counter
from itertools import permutations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.domain.similar import LIKE, OTHER, guess_category, quieted, ranked, rarity, score, telling
from wsq_huddle.domain.text import words
from wsq_huddle.domain.topics import KINDS

PUMPS = words("Two IV pumps missing")
PAST = {
    "problem-1": words("IV pump gone since Monday"),
    "problem-2": words("Linen missing"),
    "problem-3": words("Night RN short"),
}


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    weights = rarity({"missing": 90, "pump": 2}, 100)

    assert weights["pump"] > weights["missing"] > 0


def test_the_score_goes_from_nothing_shared_to_all_shared() -> None:
    weights = rarity({"pump": 1}, 3)

    assert score(PUMPS, words("linen"), weights) == 0
    assert score(PUMPS, PUMPS, weights) == 1
    assert 0 < score(PUMPS, PAST["problem-1"], weights) < 1
    assert score((), PUMPS, weights) == 0


def test_the_best_comes_first_and_what_shares_nothing_not_at_all() -> None:
    found = ranked(PUMPS, PAST, rarity({"missing": 40, "pump": 2, "iv": 2}, 100))

    assert [key for key, _ in found] == ["problem-1", "problem-2"]


def test_among_equals_the_newer_one_comes_first() -> None:
    found = ranked(("pump",), {"problem-1": ("pump",), "problem-2": ("pump",)}, {})

    assert found == [("problem-2", 1.0), ("problem-1", 1.0)]


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 50)), st.lists(st.text(max_size=3)))
def test_the_order_of_words_and_rows_changes_no_score(counts: dict[str, int], query: list[str]) -> None:
    weights = rarity(counts, 50)
    backwards = dict(reversed(weights.items()))

    assert score(query, counts, weights) == score(tuple(reversed(query)), sorted(counts), backwards)
    assert 0 <= score(query, counts, weights) <= 1


def test_the_kind_is_guessed_from_earlier_problems() -> None:
    earlier = [
        ("IV pump missing", "equipment"),
        ("Pump alarm dead", "equipment"),
        ("Linen missing", "supplies"),
        ("Night RN short", "staff"),
    ]

    assert guess_category("two pumps missing", earlier) == "equipment"
    assert guess_category("linen short", earlier[2:]) in {"supplies", "staff"}
    assert guess_category("Interpreter phone", earlier) == OTHER
    assert guess_category("", []) == OTHER


def test_a_draw_is_decided_the_same_way_everywhere() -> None:
    earlier = [("linen", "supplies"), ("linen", "facilities")]

    assert guess_category("linen", earlier) == guess_category("linen", earlier[::-1]) == "facilities"


def labelled() -> list[tuple[str, str]]:
    lines = Path(__file__).parent.joinpath("samples/kinds.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" | ") for line in lines if line.strip() and not line.startswith("#")]
    return [(title, kind) for kind, title in pairs]


def right(known: dict[str, frozenset[str]]) -> float:
    """How many of the list are guessed right, each from all the others."""
    lines = labelled()
    guessed = (guess_category(title, lines[:at] + lines[at + 1 :], known) for at, (title, _) in enumerate(lines))
    return sum(guess == kind for guess, (_, kind) in zip(guessed, lines, strict=True)) / len(lines)


def test_words_that_the_program_brings_along_guess_most_kinds_right() -> None:
    assert len(labelled()) >= 40
    assert right(dict(KINDS)) >= 0.75
    assert right(dict(KINDS)) > right({})


def test_earlier_problems_of_the_site_outvote_the_usual_words() -> None:
    ours = [("Pump in the kitchen", "facilities"), ("Kitchen pump again", "facilities")]

    assert guess_category("Kitchen pump", [], KINDS) == "equipment"
    assert guess_category("Kitchen pump", ours, KINDS) == "facilities"


def test_what_only_says_how_it_goes_guesses_nothing() -> None:
    assert guess_category("Missing again", [("Linen missing", "supplies")], KINDS) == OTHER


def test_numbers_and_how_it_goes_make_no_problem_like_another() -> None:
    weights = quieted(rarity({"short": 3, "rn": 3, "linen": 3}, 12))
    asked = telling(words("2 RN short"))

    assert asked == {"rn", "short"}
    assert score(asked, words("Night RN short"), weights) == 1
    assert score(asked, words("One RN sick"), weights) > 0.7
    assert score(asked, words("2 linen carts short"), weights) < 0.34
    assert telling(["12"]) == {"12"}


def test_most_of_what_is_called_similar_is_and_most_of_what_is_similar_is_called_so() -> None:
    lines = Path(__file__).parent.joinpath("samples/patterns.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line.strip() and not line.startswith("#")]
    titles = [(row[0], words(row[-1])) for row in rows]
    counts = Counter(word for _, said in titles for word in said)
    weights = quieted(rarity(counts, len(titles)))
    called = same = both = 0
    for (group, said), (other, candidate) in permutations(titles, 2):
        like = score(telling(said), candidate, weights) >= LIKE
        alike = group == other != "-"
        called, same, both = called + like, same + alike, both + (like and alike)

    assert both / called > 0.55
    assert both / same > 0.55
