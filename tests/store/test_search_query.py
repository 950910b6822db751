"""Queries taken apart: any text is one, and none is too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.search_query import (
    MAX_QUERY_CHARS,
    MAX_TERMS,
    Term,
    name_in_address,
    parse_query,
    phrase_test,
    typed_address_key,
)


def word(*words: str) -> Term:
    return Term(words)


def exact(*words: str) -> Term:
    return Term(words, is_exact=True)


@pytest.mark.parametrize(
    ("typed", "terms", "excluded"),
    [
        ("two factor", [word("two"), word("factor")], []),
        ("Two-Factor", [word("two"), word("factor")], []),
        ('"two factor"', [exact("two", "factor")], []),
        ('a "two fac', [word("a"), word("two", "fac")], []),
        ("“two factor” „x“", [exact("two", "factor"), exact("x")], []),
        ("auth -social", [word("auth")], [exact("social")]),
        ('auth -"social login"', [word("auth")], [exact("social", "login")]),
        ("auth -social-login", [word("auth")], [exact("social", "login")]),
        ("-x", [], [exact("x")]),
        ("a a A", [word("a")], []),
        ("中文", [word("中", "文")], []),
        ("x中文y", [word("x"), word("中", "文"), word("y")], []),
        ('"', [], []),
        ('""', [], []),
        ("-", [], []),
        ('-"', [], []),
        ("% _ * NOT ( \0", [word("not")], []),
        ("   ", [], []),
    ],
)
def test_terms(typed: str, terms: list[Term], excluded: list[Term]) -> None:
    query = parse_query(typed)
    assert list(query.terms) == terms
    assert list(query.excluded) == excluded


def test_the_whole_is_all_words_as_one() -> None:
    assert parse_query('dj "stripe pay" -x').whole == "djstripepay"


@given(st.text(max_size=2_000) | st.text('-" ab中é', max_size=200))
def test_no_text_is_too_much(typed: str) -> None:
    query = parse_query(typed)
    assert len(query.text) <= MAX_QUERY_CHARS
    assert len(query.terms) <= MAX_TERMS
    assert len(query.excluded) <= MAX_TERMS
    for term in query.terms + query.excluded:
        assert 0 < len(term.words) <= MAX_TERMS
    assert query.text.encode().decode() == query.text
    typed_address_key(query.text)


def test_what_is_too_long_is_cut() -> None:
    query = parse_query(" ".join(f"w{number}" for number in range(10_000)))
    assert len(query.terms) == MAX_TERMS
    assert len(parse_query("a" * 10_000).whole) < 100


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("https://github.com/x/y", "github.com/x/y"),
        ("http://www.GitHub.com/x/y.git/", "github.com/x/y"),
        ("git@github.com:x/y.git", "github.com/x/y"),
        ("ssh://git@github.com/x/y.git", "github.com/x/y"),
        ("git+https://github.com/x/y@main", "github.com/x/y@main"),
        ("github.com/x", "github.com/x"),
        ("github.com", "github.com"),
        ("https://x.readthedocs.io", "x.readthedocs.io"),
        ("django.js", "django.js"),
        ("two factor", None),
        ("x/y", None),
        ("https://a b", None),
        ("https://", None),
        ("https://[", None),
        ("django-2.0", None),
    ],
)
def test_what_reads_as_an_address(typed: str, key: str | None) -> None:
    assert typed_address_key(typed) == key


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/x/some-name/issues/12", "some-name"),
        ("https://github.com/x", "x"),
        ("https://pypi.org/project/some-name/1.0/", "some-name"),
        ("https://djangopackages.org/packages/p/some-name/", "some-name"),
        ("https://some-name.readthedocs.io/en/latest/", "some-name"),
        ("https://owner.github.io/some-name/start", "some-name"),
        ("https://some-name.org", "some-name"),
    ],
)
def test_the_name_that_an_address_tells(address: str, name: str) -> None:
    key = typed_address_key(address)
    assert key is not None
    assert name_in_address(address, key) == name


@pytest.mark.parametrize(
    ("text", "term", "has_it"),
    [
        ("Multi-user accounts", word("multi", "us"), True),
        ("Multi-user accounts", exact("multi", "us"), False),
        ("Multi-user accounts", exact("multi", "user"), True),
        ("multi and user", word("multi", "user"), False),
        ("amulti user", word("multi", "user"), False),
        ("für Größen", exact("fur", "grossen"), True),
        ("für Größen", word("fur", "gross"), True),
        ("für Größen", exact("fur", "gross"), False),
        ("全文检索", word("文", "检"), True),
        ("全文检索", word("文", "索"), False),
    ],
)
def test_phrases(text: str, term: Term, has_it: bool) -> None:
    assert phrase_test(term)(text) is has_it
