"""How many slips of the finger lie between two words."""

from itertools import pairwise


def slips_allowed(word: str) -> int:
    """How many slips a word of this length is forgiven: fewer letters tell less."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def unharmed_pieces(word: str, limit: int) -> list[tuple[int, str]]:
    """Pieces of `word` and where they stand: `limit` slips leave at least one whole.

    It may have moved, by `limit` places at most. Between pieces is a letter that is in
    none of them, since a swap harms two neighbors.
    """
    pieces = limit + 1
    edges = [number * (len(word) + 1) // pieces for number in range(pieces + 1)]
    return [(start, word[start : end - 1]) for start, end in pairwise(edges)]


def edit_distance(one: str, other: str, limit: int) -> int | None:
    """The slips that make `one` of `other`; None if they are more than `limit`.

    A slip is a letter too many, missing or wrong, or two neighbors swapped, and no
    letter slips twice ("optimal string alignment",
    https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance).
    """
    if abs(len(one) - len(other)) > limit:
        return None
    # A letter that the other has not takes a slip of its own.
    if (
        len(set(one).difference(other)) > limit
        or len(set(other).difference(one)) > limit
    ):
        return None
    one, other = _without_common_ends(one, other)
    if not one or not other:
        return len(one) + len(other)
    if limit == 1:
        is_one_slip = len(one) == len(other) == 1 or one == other[::-1] == one[:2]
        return 1 if is_one_slip else None
    row = _last_row(one, other, limit)
    return row[-1] if row is not None and row[-1] <= limit else None


def prefix_distance(typed: str, word: str, limit: int) -> int | None:
    """The slips between `typed` and the beginning of `word` that comes nearest."""
    if len(set(typed).difference(word)) > limit:
        return None
    row = _last_row(typed, word[: len(typed) + limit], limit)
    if row is None:
        return None
    least = min(row)
    return least if least <= limit else None


def _without_common_ends(one: str, other: str) -> tuple[str, str]:
    start, least = 0, min(len(one), len(other))
    while start < least and one[start] == other[start]:
        start += 1
    end, least = 0, least - start
    while end < least and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def _last_row(one: str, other: str, limit: int) -> list[int] | None:
    """Distances of `one` to every beginning of `other`; None if all are too far."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row_before = row, before
        row = [i]
        for j, other_letter in enumerate(other, 1):
            cost = 0 if letter == other_letter else 1
            distance = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
            if (
                i > 1
                and j > 1
                and letter == other[j - 2]
                and one[i - 2] == other_letter
            ):
                distance = min(distance, row_before[j - 2] + 1)
            row.append(distance)
        # A swap reaches back over one row, so that two rows must be too far.
        if min(row) > limit and min(above) > limit:
            return None
        before = above
    return row
