"""Slips of the finger counted, and where they cannot have hit."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.edit_distance import (
    edit_distance,
    prefix_distance,
    slips_allowed,
    unharmed_pieces,
)

WORDS = st.text("abc", max_size=9)


def plain_distance(one: str, other: str) -> int:
    """The definition, word for word: slow and sure."""

    @cache
    def distance(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return i + j
        least = min(
            distance(i - 1, j) + 1,
            distance(i, j - 1) + 1,
            distance(i - 1, j - 1) + (one[i - 1] != other[j - 1]),
        )
        if (
            i > 1
            and j > 1
            and one[i - 1] == other[j - 2]
            and one[i - 2] == other[j - 1]
        ):
            least = min(least, distance(i - 2, j - 2) + 1)
        return least

    return distance(len(one), len(other))


@given(WORDS, WORDS, st.integers(0, 4))
def test_it_is_what_the_definition_says(one: str, other: str, limit: int) -> None:
    plain = plain_distance(one, other)
    assert edit_distance(one, other, limit) == (plain if plain <= limit else None)


@given(WORDS, WORDS, st.integers(0, 3))
def test_of_a_beginning_it_is_the_least_of_all(
    typed: str, word: str, limit: int
) -> None:
    least = min(plain_distance(typed, word[:end]) for end in range(len(word) + 1))
    assert prefix_distance(typed, word, limit) == (least if least <= limit else None)


@pytest.mark.parametrize(
    ("typed", "slips"),
    [("froms", 1), ("form", 1), ("foorms", 1), ("firms", 1), ("fomrs", 1), ("fro", 3)],
)
def test_each_slip_counts_one(typed: str, slips: int) -> None:
    assert edit_distance(typed, "forms", 3) == slips


def slip(word: str, kind: int, at: int, letter: str) -> str:
    """`word` with a slip of any kind at any place."""
    at %= max(1, len(word))
    before, here, after = word[:at], word[at : at + 1], word[at + 1 :]
    made = (
        before + after[:1] + here + after[1:],
        before + after,
        before + letter + after,
        before + letter + here + after,
    )
    return made[kind]


SLIPS = st.tuples(st.integers(0, 3), st.integers(0, 20), st.sampled_from("abcx"))


@given(st.text("abcde", min_size=4, max_size=16), st.data())
def test_a_piece_is_always_left_where_it_was_or_near(
    word: str, data: st.DataObject
) -> None:
    limit = slips_allowed(word)
    other = word
    for _ in range(limit):
        other = slip(other, *data.draw(SLIPS))
    distance = edit_distance(word, other, limit)
    if distance is None:  # the second slip made more of the first
        return
    assert any(
        other.startswith(piece, place)
        for at, piece in unharmed_pieces(word, limit)
        for place in range(max(0, at - limit), at + limit + 1)
    )


@pytest.mark.parametrize(
    ("word", "count"), [("", 0), ("abc", 0), ("abcd", 1), ("a" * 7, 1), ("a" * 8, 2)]
)
def test_short_words_are_forgiven_less(word: str, count: int) -> None:
    assert slips_allowed(word) == count
