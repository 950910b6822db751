"""Sorts by the names of the command line."""

import pytest

from pkgtui.domain.facts import SORTS
from pkgtui.domain.sorting import Sort

KEYS = ["title", "stars", "forks", "contributors", "commits", "updated", "added"]


def test_keys_are_those_of_the_command_line() -> None:
    assert list(SORTS) == KEYS


@pytest.mark.parametrize("name", KEYS)
def test_a_sort_reads_as_it_is_written(name: str) -> None:
    for text, is_reversed in ((name, False), (f"-{name}", True)):
        sort = Sort.parse(text)
        assert sort == Sort(name, is_reversed)
        assert str(sort) == text


@pytest.mark.parametrize("text", ["", "-", "Stars", "--stars", "stars-", "weeks"])
def test_unknown_sorts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unknown sort key"):
        Sort.parse(text)


@pytest.mark.parametrize("key", SORTS)
def test_numbers_and_times_fall_and_titles_rise(key: str) -> None:
    assert Sort(key).is_descending == (key != "title")
    assert Sort(key, is_reversed=True).is_descending == (key == "title")
