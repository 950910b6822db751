"""Texts taken apart for searching: the words of the index and those of a query.

Both sides pass through here, so that whatever is spelled alike is found alike: without
case and accents, and with every mark between words as good as any other, or as none.
"""

import re
from collections.abc import Mapping, Set
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from pkgtui.domain.normalize import fold

MAX_WORD_CHARS = 40
"""More letters of a word are not compared: nobody types them."""
MAX_KEY_CHARS = 80
"""More letters of a whole name are not compared."""
COMMON_START = "django"
"""What nearly all names begin with, and what may be left out."""
# Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED_RANGES = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF)),
    *((0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF)),
    *((0x4E00, 0x9FFF), (0x20000, 0x3FFFF)),
)


class Field(IntEnum):
    """Where a word stands, the most telling place first."""

    NAME = 0
    DESCRIPTION = 1
    CONTRIBUTOR = 2
    OWNER = 3
    """The repository's owner, as its address names it."""


class KeyRank(IntEnum):
    """What of a name a key is."""

    SLUG = 0
    TITLE = 1
    """The whole title or PyPI name."""
    BARE = 2
    """A whole name without the ``django`` that so many begin with."""
    REST = 3
    """A name from one of its later words on."""


_NAME, _DESCRIPTION, _CONTRIBUTOR, _OWNER = map(int, Field)
_SLUG, _TITLE, _BARE, _REST = map(int, KeyRank)


class SearchedText(NamedTuple):
    """What is searched of a package or a grid."""

    slug: str
    title: str
    pypi_name: str | None
    description: str
    contributors: tuple[str, ...]
    repo_url: str | None


class Entries(NamedTuple):
    """What the index holds of one package or grid.

    Ranks and fields are plain numbers: there are thousands to be written, and SQLite
    takes those at once.
    """

    keys: Mapping[str, int]
    """Names and rests of names, with the `KeyRank` of each."""
    endings: Set[str]
    """The whole names backwards: a mistyped beginning leaves the end as it is."""
    words: Mapping[str, int]
    """Each word with the best `Field` that it stands in."""


NO_ENTRIES = Entries({}, frozenset(), {})


def entries_of(text: SearchedText) -> Entries:
    """What the index shall hold of `text`."""
    keys: dict[str, int] = {}
    endings: set[str] = set()
    # From the least telling to the most: the last one written holds.
    words = dict.fromkeys(_owner_words(text.repo_url), _OWNER)
    for name in text.contributors:
        if not is_plain(name):
            words |= dict.fromkeys(contributor_words(name), _CONTRIBUTOR)
    words |= dict.fromkeys(words_of(text.description), _DESCRIPTION)
    seen: set[str] = set()
    names = (text.slug, _SLUG), (text.title, _TITLE), (text.pypi_name or "", _TITLE)
    for name, rank in names:
        if name in seen:
            continue
        seen.add(name)
        parts = words_of(name)
        if not parts:
            continue
        words |= dict.fromkeys(parts, _NAME)
        _add_keys(keys, parts, rank)
        endings.add("".join(parts)[: -MAX_KEY_CHARS - 1 : -1])
    return Entries(keys, endings, words)


def words_of(text: str) -> list[str]:
    """The words of `text`, folded, in their order.

    Letters, digits and the marks on them make words; every other sign that is not
    punctuation (an emoji) is a word of its own, and so is each character of a script
    that puts no spaces between words.
    """
    folded = fold(text)
    if folded.isascii():
        found: list[str] = re.findall("[a-z0-9]+", folded)
    else:
        found = [folded[start:end] for start, end in word_ranges(folded)]
    if len(folded) <= MAX_WORD_CHARS:
        return found
    return [word[:MAX_WORD_CHARS] for word in found]


def word_ranges(folded: str) -> list[tuple[int, int]]:
    """Where the words of a folded text begin and end."""
    if folded.isascii():
        return [match.span() for match in re.finditer("[a-z0-9]+", folded)]
    ranges: list[tuple[int, int]] = []
    start = None
    for at, character in enumerate(folded):
        role = _role(character)
        if role is not _Role.LETTER and start is not None:
            ranges.append((start, at))
            start = None
        if role is _Role.ALONE:
            ranges.append((at, at + 1))
        elif role is _Role.LETTER and start is None:
            start = at
    if start is not None:
        ranges.append((start, len(folded)))
    return ranges


def is_unspaced(word: str) -> bool:
    """Whether `word` is a character of a script without spaces."""
    return len(word) == 1 and not word.isascii() and _role(word) is _Role.ALONE


def is_short(word: str) -> bool:
    """Whether `word` is so short that it begins far too many words to tell of them."""
    return len(word) <= 2 and word.isalnum() and not is_unspaced(word[0])


def is_plain(name: str) -> bool:
    """Whether `name` is one word in lower-case ASCII but for its case."""
    return name.isascii() and name.isalnum() and len(name) <= MAX_WORD_CHARS


def contributor_words(name: str) -> list[str]:
    """The words of a name, none if it is one plain word, which is found as it is."""
    words = words_of(name)
    return [] if words == [name.casefold()] else words


def _add_keys(keys: dict[str, int], parts: list[str], rank: int) -> None:
    """Add the names that `parts` make up, each at its best rank."""
    whole = "".join(parts)
    at = 0
    for part in parts:
        key = whole[at : at + MAX_KEY_CHARS]
        key_rank = _REST if at else rank
        if keys.get(key, _REST) >= key_rank:
            keys[key] = key_rank
        at += len(part)
    if len(whole) > len(COMMON_START) + 1 and whole.startswith(COMMON_START):
        key = whole[len(COMMON_START) :][:MAX_KEY_CHARS]
        keys[key] = min(_BARE, keys.get(key, _BARE))


def _owner_words(repo_url: str | None) -> list[str]:
    """The words of all that stands between the host and the repository's name."""
    parts = repo_url.rstrip("/").split("/") if repo_url else []
    return words_of(" ".join(parts[3:-1])) if len(parts) > 4 else []


class _Role(IntEnum):
    BREAK = 0
    LETTER = 1
    ALONE = 2


@cache
def _role(character: str) -> _Role:
    import unicodedata

    code = ord(character)
    # Variation selectors only say how the character before them is drawn.
    if 0xFE00 <= code <= 0xFE0F:
        return _Role.BREAK
    if any(first <= code <= last for first, last in _UNSPACED_RANGES):
        return _Role.ALONE
    kind = unicodedata.category(character)
    if kind[0] in "LMN":
        return _Role.LETTER
    return _Role.ALONE if kind in {"So", "Co"} else _Role.BREAK
