"""Which part of a text matched a query: ranges of its characters."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pkgtui.domain.edit_distance import edit_distance, prefix_distance, slips_allowed
from pkgtui.domain.identifiers import address_key
from pkgtui.domain.normalize import fold
from pkgtui.domain.search_query import Query, Term, typed_address_key
from pkgtui.domain.search_words import word_ranges

Span = tuple[int, int]

_LEAD_IN = 40
"""Characters of a description kept before its first match."""
_MAX_LEAD_IN_CHARS = 100
_MAX_EXCERPT_CHARS = 400


class Highlighted(NamedTuple):
    """A text with what matched in it."""

    text: str
    spans: tuple[Span, ...]
    term_count: int
    """How many of the query's terms are in it."""


class _Word(NamedTuple):
    folded: str
    places: Sequence[int]
    """Where each folded letter comes from in the text."""


def highlight(text: str, query: Query) -> Highlighted:
    """Mark all of `query` in `text`: its words, or what is near them."""
    if text.isascii():
        plain_spans = _plainly(text, query)
        if plain_spans is not None:
            return Highlighted(text, plain_spans, len(query.terms))
    words = _words(text)
    spans: list[Span] = []
    term_count = 0
    for term in query.terms:
        found = _phrase(term, words) if term.is_phrase else _word(term, words)
        spans += found
        term_count += bool(found)
    if term_count < len(query.terms):
        run = _run(query.whole, words)
        if run:
            spans, term_count = run, len(query.terms)
    return Highlighted(text, _merged(spans), term_count)


def best_of(texts: Iterable[str], query: Query) -> Highlighted:
    """The text with the most of `query` in it, the first of equals."""
    best: Highlighted | None = None
    for text in texts:
        found = highlight(text, query)
        if best is None or found.term_count > best.term_count:
            best = found
        if best.term_count == len(query.terms):
            break
    return best or Highlighted("", (), 0)


def highlight_address(addresses: Iterable[str], query: Query) -> Highlighted:
    """The address that has most in common with the one that `query` is."""
    typed = typed_address_key(query.text)
    if typed is None:
        return best_of(addresses, query)
    best = Highlighted("", (), 0)
    longest = -1
    for address in addresses:
        key = address_key(address) or ""
        # A page inside of what is stored, or the beginning of it.
        shared = key if typed.startswith(key) else typed if typed in key else ""
        at = address.lower().find(shared)
        if len(shared) > longest:
            longest = len(shared)
            spans = ((at, at + len(shared)),) if shared and at >= 0 else ()
            best = Highlighted(address, spans, 0)
    return best


def excerpt(description: str, query: Query) -> Highlighted:
    """The part of a description around what matched first."""
    found = highlight(description, query)
    start = found.spans[0][0] if found.spans else 0
    if start <= _MAX_LEAD_IN_CHARS:
        start = 0
    else:
        start -= _LEAD_IN
        space = description.find(" ", start, start + _LEAD_IN)
        start = space + 1 if space >= 0 else start
    end = start + _MAX_EXCERPT_CHARS
    lead = "…" if start else ""
    shift = start - len(lead)
    return Highlighted(
        lead + description[start:end],
        tuple((a - shift, b - shift) for a, b in found.spans if b <= end),
        found.term_count,
    )


def _plainly(text: str, query: Query) -> tuple[Span, ...] | None:
    """Where all terms are if each begins a word: enough for most texts, and quick."""
    spans: list[Span] = []
    for term in query.terms:
        if term.is_phrase or term.is_exact:
            return None
        pattern = rf"(?ai)(?<![^\W_]){term.words[0]}"
        found = [match.span() for match in re.finditer(pattern, text)]
        if not found:
            return None
        spans += found
    return _merged(spans)


def _words(text: str) -> list[_Word]:
    if text.isascii():
        lowered = text.lower()
        return [
            _Word(match[0], range(*match.span()))
            for match in re.finditer("[a-z0-9]+", lowered)
        ]
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = fold(character)
        letters.append(folded)
        places += [place] * len(folded)
    whole = "".join(letters)
    return [
        _Word(whole[start:end], places[start:end]) for start, end in word_ranges(whole)
    ]


def _word(term: Term, words: Sequence[_Word]) -> list[Span]:
    (wanted,) = term.words
    size = len(wanted)
    if term.is_exact:
        return [_span(word, 0, size) for word in words if word.folded == wanted]
    found = [_span(word, 0, size) for word in words if word.folded.startswith(wanted)]
    if found:
        return found
    found = [
        _span(word, at, at + size)
        for word in words
        if (at := word.folded.find(wanted)) > 0
    ]
    limit = slips_allowed(wanted)
    if found or limit == 0:
        return found
    found = [
        _span(word, 0, len(word.folded))
        for word in words
        if edit_distance(wanted, word.folded, limit) is not None
    ]
    return found or [
        _span(word, 0, min(size, len(word.folded)))
        for word in words
        if prefix_distance(wanted, word.folded, limit) is not None
    ]


def _phrase(term: Term, words: Sequence[_Word]) -> list[Span]:
    size = len(term.words)
    last = len(term.words[-1])
    return [
        (words[at].places[0], words[at + size - 1].places[last - 1] + 1)
        for at in range(len(words) - size + 1)
        if _stands_at(term, words[at : at + size])
    ]


def _stands_at(term: Term, words: Sequence[_Word]) -> bool:
    *firsts, last = zip(term.words, words, strict=True)
    return all(wanted == word.folded for wanted, word in firsts) and (
        last[0] == last[1].folded
        if term.is_exact
        else last[1].folded.startswith(last[0])
    )


def _run(whole: str, words: Sequence[_Word]) -> list[Span]:
    """Where `whole` is if all words are read as one."""
    at = "".join(word.folded for word in words).find(whole)
    if at < 0:
        return []
    spans = []
    end = at + len(whole)
    for word in words:
        start, stop = max(at, 0), min(end, len(word.folded))
        if start < stop:
            spans.append(_span(word, start, stop))
        at -= len(word.folded)
        end -= len(word.folded)
    return spans


def _span(word: _Word, start: int, end: int) -> Span:
    return word.places[start], word.places[end - 1] + 1


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
