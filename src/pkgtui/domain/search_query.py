"""A query taken apart: words and phrases to be found, and those to be left out.

Any text is a query; what is longer than anybody types is cut.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from pkgtui.domain.identifiers import address_key, parse_target, repository_key
from pkgtui.domain.normalize import replace_surrogates
from pkgtui.domain.search_words import MAX_KEY_CHARS, is_unspaced, words_of

MAX_QUERY_CHARS = 500
MAX_TERMS = 12
_TOKEN = r'(-?)"([^"]*)("?)|(\S+)'
_QUOTES = {ord(quote): '"' for quote in "“”„‟«»＂"}


# Sites that give every project a host of its own, or every owner one.
_HOSTS_OF_PROJECTS = (".readthedocs.io", ".readthedocs.org", ".rtfd.io", ".rtfd.org")
_HOSTS_OF_OWNERS = (".github.io", ".gitlab.io", ".codeberg.page")


class Term(NamedTuple):
    """A word, or words that stand side by side."""

    words: tuple[str, ...]
    is_exact: bool = False
    """Whether its last word is whole: it was quoted, or is to be left out."""

    @property
    def is_phrase(self) -> bool:
        """Whether several words must stand side by side."""
        return len(self.words) > 1


class Query(NamedTuple):
    """What is asked for."""

    text: str
    """As it was typed, without spaces around."""
    terms: tuple[Term, ...]
    excluded: tuple[Term, ...]

    @property
    def whole(self) -> str:
        """All words to be found as one, as names compare."""
        return "".join(word for term in self.terms for word in term.words)[
            :MAX_KEY_CHARS
        ]


def parse_query(text: str) -> Query:
    """Take `text` apart; never fails."""
    text = replace_surrogates(text[:MAX_QUERY_CHARS]).strip()
    terms: list[Term] = []
    excluded: list[Term] = []
    for match in re.finditer(_TOKEN, text.translate(_QUOTES)):
        minus, quoted, closing, word = match.groups()
        if word is None:
            is_exact = bool(closing) or bool(minus)
            found = [Term(tuple(words_of(quoted)), is_exact)]
        elif word.startswith("-"):
            minus = "-"
            found = [Term(tuple(words_of(word)), is_exact=True)]
        else:
            found = _terms_in(words_of(word))
        (excluded if minus else terms).extend(term for term in found if term.words)
    return Query(text, _bounded(terms), _bounded(excluded))


def typed_address_key(text: str) -> str | None:
    """``host/path`` of an address as it was typed or pasted, its scheme maybe left out.

    None for what does not read as an address.
    """
    if re.match(r"(?i)(?:[a-z][a-z0-9+.-]*://|git@)\S+$", text):
        return repository_key(text) or address_key(text)
    if re.match(r"(?i)(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?$", text):
        return address_key(f"https://{text}")
    return None


def name_in_address(text: str, key: str) -> str:
    """What the package at an address is probably called, from its `key`."""
    target = parse_target(text)
    if target.kind is not None:
        return target.text
    host, *parts = key.split("/")
    if host.endswith(_HOSTS_OF_PROJECTS) or not parts:
        return host.partition(".")[0]
    # Elsewhere the first part is an owner, or ``project`` on PyPI.
    return parts[0 if host.endswith(_HOSTS_OF_OWNERS) else min(1, len(parts) - 1)]


def phrase_test(term: Term) -> Callable[[str], bool]:
    """What tells whether a text has the words of `term` side by side."""
    words = r"[\W_]+".join(term.words)
    end = r"(?![^\W_])" if term.is_exact else ""
    in_ascii = re.compile(rf"(?ai)(?<![^\W_]){words}{end}").search
    wanted = f" {' '.join(term.words)}{' ' if term.is_exact else ''}"

    def has_phrase(text: str) -> bool:
        # The common case, in one pass: a thousand texts are read for one phrase.
        if text.isascii():
            return in_ascii(text) is not None
        return wanted in f" {' '.join(words_of(text))} "

    return has_phrase


def _terms_in(words: list[str]) -> list[Term]:
    """A term for each word; characters without spaces between belong together."""
    terms: list[Term] = []
    run: list[str] = []
    for word in words:
        if is_unspaced(word):
            run.append(word)
            continue
        if run:
            terms.append(Term(tuple(run)))
            run = []
        terms.append(Term((word,)))
    return [*terms, Term(tuple(run))] if run else terms


def _bounded(terms: list[Term]) -> tuple[Term, ...]:
    # A phrase is as many look-ups as it has words: its first ones tell enough.
    short = (term._replace(words=term.words[:MAX_TERMS]) for term in terms)
    return tuple(dict.fromkeys(short))[:MAX_TERMS]
