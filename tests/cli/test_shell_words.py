"""Command lines taken apart and quoted: nothing is expanded, nothing gets loose."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.cli.completion import quoted, read_line

BREAKS = " \t\n\"'@><=;|&(:"
PRINTABLE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1)


@pytest.mark.parametrize(
    ("text", "words", "last"),
    [
        ("", [], ""),
        ("pkgtui", [], "pkgtui"),
        ("pkgtui ", ["pkgtui"], ""),
        ("  pkgtui\tshow  dj", ["pkgtui", "show"], "dj"),
        ("pkgtui a\\ b 'c d'e \"f g", ["pkgtui", "a b", "c de"], "f g"),
        ("pkgtui '' \"", ["pkgtui", ""], ""),
        ("pkgtui a\\", ["pkgtui"], "a"),
        ('pkgtui "a\\b\\"c\\$', ["pkgtui"], 'a\\b"c$'),
        ("pkgtui 'a\\' b", ["pkgtui", "a\\"], "b"),
        ("pkgtui $(x) `y` $z", ["pkgtui", "$(x)", "`y`"], "$z"),
        ("A=1 B_2='x y' pkgtui C=3 d", ["pkgtui", "C=3"], "d"),
    ],
)
def test_a_line_is_taken_apart(text: str, words: list[str], last: str) -> None:
    line = read_line(text)

    assert (line.words, line.last) == (words, last)


@pytest.mark.parametrize(
    ("text", "quote", "head"),
    [
        ("pkgtui x", "", ""),
        ("pkgtui --format=js", "", "--format="),
        ("pkgtui package:4", "", "package:"),
        ("pkgtui 'package:4", "'", ""),
        ('pkgtui --category="ap', '"', "--category="),
        ("pkgtui 'a:b'c", "", ""),
        ("pkgtui a\\:b", "", ""),
        ("pkgtui a:b c", "", ""),
    ],
)
def test_what_bash_replaces_begins_after_a_break_or_an_open_quote(
    text: str, quote: str, head: str
) -> None:
    line = read_line(text, BREAKS)

    assert (line.quote, line.head) == (quote, head)


def test_only_the_given_breaks_break() -> None:
    assert read_line("pkgtui a:b=c", "=").head == "a:b="
    assert read_line("pkgtui a:b=c").head == ""


@given(PRINTABLE)
def test_what_is_quoted_is_read_back(text: str) -> None:
    for quote in ("", "'", '"'):
        line = f"{quote}{quoted(text, quote)}{quote}"

        assert read_line(f"{line} ").words == [text]
        if quote != '"':  # of which shlex knows but half the rules
            assert shlex.split(line) == [text]


def test_plain_names_stay_as_they_are() -> None:
    assert quoted("django-rest_framework.x:1@2/é") == "django-rest_framework.x:1@2/é"
    assert quoted("~a !b") == "\\~a\\ \\!b"
