"""Texts taken apart: what is spelled alike must come out alike on both sides."""

import pytest

from pkgtui.domain.search_words import (
    MAX_KEY_CHARS,
    MAX_WORD_CHARS,
    Field,
    KeyRank,
    SearchedText,
    entries_of,
    is_short,
    words_of,
)


def text(**fields: object) -> SearchedText:
    plain = SearchedText("x", "x", None, "", (), None)
    return plain._replace(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("django-two_factor.auth", ["django", "two", "factor", "auth"]),
        ("Django  REST framework", ["django", "rest", "framework"]),
        ("a/b|c'd", ["a", "b", "c", "d"]),
        ("Café Ångström straße", ["cafe", "angstrom", "strasse"]),
        ("cafe\u0301", ["cafe"]),
        ("Łódź Ørsted æon", ["lodz", "orsted", "aeon"]),
        ("ﬁle ２ＦＡ", ["file", "2fa"]),
        ("中文搜索", ["中", "文", "搜", "索"]),
        ("django中文x", ["django", "中", "文", "x"]),
        ("検索エンジン", list("検索エンシン")),
        ("👫 users❤️", ["👫", "users", "❤"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("поиск-Ёлка", ["поиск", "елка"]),
        ("+-*/%_ \0 ~", []),
        ("", []),
    ],
)
def test_words(written: str, words: list[str]) -> None:
    assert words_of(written) == words


def test_a_long_word_is_cut() -> None:
    assert words_of("x" * 10_000 + " y") == ["x" * MAX_WORD_CHARS, "y"]
    assert words_of("é" * 10_000) == ["e" * MAX_WORD_CHARS]


@pytest.mark.parametrize(
    "written", ["dj-stripe", "dj stripe", "DJ_Stripe", "dj.stripe", "djstripe"]
)
def test_all_spellings_of_a_name_are_one(written: str) -> None:
    assert "".join(words_of(written)) == "djstripe"


def test_keys_are_the_name_with_and_without_django_and_from_each_word_on() -> None:
    keys = entries_of(text(slug="django-two-factor", title="Two Factor Auth")).keys
    assert keys == {
        "djangotwofactor": KeyRank.SLUG,
        "twofactorauth": KeyRank.TITLE,
        "twofactor": KeyRank.BARE,
        "factor": KeyRank.REST,
        "factorauth": KeyRank.REST,
        "auth": KeyRank.REST,
    }


@pytest.mark.parametrize(
    ("slug", "bare"),
    [("djangorestframework", "restframework"), ("django-axes", "axes")],
)
def test_the_bare_name_is_what_follows_django(slug: str, bare: str) -> None:
    assert entries_of(text(slug=slug, title=slug)).keys[bare] == KeyRank.BARE


@pytest.mark.parametrize("slug", ["django", "djangox", "xdjango-y"])
def test_no_bare_name_of_hardly_a_letter(slug: str) -> None:
    ranks = entries_of(text(slug=slug, title=slug)).keys.values()
    assert KeyRank.BARE not in ranks


def test_the_best_rank_holds_whichever_name_comes_first() -> None:
    keys = entries_of(text(slug="b", title="a b", pypi_name="django-a-b")).keys
    assert keys["b"] == KeyRank.SLUG
    assert keys["ab"] == KeyRank.TITLE


def test_a_word_counts_where_it_tells_most() -> None:
    words = entries_of(
        text(
            slug="stripe",
            title="Stripe",
            description="Stripe payments",
            contributors=("plain", "Payments Bot", "José"),
            repo_url="https://gitlab.com/payments/sub-group/stripe",
        )
    ).words
    assert words == {
        "stripe": Field.NAME,
        "payments": Field.DESCRIPTION,
        "bot": Field.CONTRIBUTOR,
        "jose": Field.CONTRIBUTOR,
        "sub": Field.OWNER,
        "group": Field.OWNER,
    }


def test_endings_are_whole_names_backwards() -> None:
    entries = entries_of(text(slug="ab-c", title="AB C", pypi_name="d"))
    assert entries.endings == {"cba", "d"}


def test_nothing_of_a_name_is_without_bounds() -> None:
    entries = entries_of(text(slug="s" * 200, title="word " * 100))
    assert max(map(len, entries.keys)) == MAX_KEY_CHARS
    assert max(map(len, entries.endings)) == MAX_KEY_CHARS


@pytest.mark.parametrize(
    ("word", "is_it"),
    [
        ("a", True),
        ("ab", True),
        ("abc", False),
        ("é", True),
        ("中", False),
        ("👫", False),
    ],
)
def test_short_words(word: str, is_it: bool) -> None:
    assert is_short(word) is is_it
