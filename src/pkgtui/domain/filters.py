"""The line that narrows a list of packages: words, and conditions like ``stars:100``.

Reading never fails: a condition that is not finished, as one types, narrows nothing
yet, and what is no condition is a word to look for.
"""

from collections.abc import Sequence
from typing import NamedTuple


class PackageFilter(NamedTuple):
    """Conditions that all hold; the empty selection is the whole catalog."""

    category_id: int | None = None
    grid_id: int | None = None
    contributor: str | None = None
    """Only packages that this person works on (compared without case)."""
    text: str = ""
    """Every word must be part of the title, the slug or the PyPI name."""
    is_active_only: bool = False
    """Only packages in the band ``active`` (see `pkgtui.domain.activity`)."""
    min_stars: int | None = None
    """At least so many stars."""
    active_within_days: int | None = None
    """Only with a commit within so many days, judged on the day of the bands."""
    has_docs: bool | None = None
    """Only with, or only without, documentation; None does not matter."""
    on_pypi: bool | None = None
    """Only with, or only without, a name on PyPI; None does not matter."""
    repo_host: str | None = None
    """Only with a repository on this host: ``github.com``."""


ALL_PACKAGES = PackageFilter()
"""No condition at all."""


MAX_LINE_CHARS = 500
"""Characters; SQLite takes no condition of thousands of words."""
HIGHEST = 10**9
"""Larger numbers say no more."""
KEYS = ("stars", "active", "docs", "pypi", "host", "category", "grid")
"""What conditions begin with, before their colon."""
_YES_NO = {"yes": True, "no": False}


class NamedRecord(NamedTuple):
    """A category or a grid by its names, for conditions that name one."""

    id: int
    slug: str
    title: str


def with_filter(
    base: PackageFilter,
    text: str,
    categories: Sequence[NamedRecord] = (),
    grids: Sequence[NamedRecord] = (),
) -> PackageFilter:
    """`base` narrowed by all that the line `text` says.

    ``stars:100`` is at least so many, ``active:90`` a commit within so many days,
    ``docs:yes`` and ``pypi:no`` are with and without, ``host:gitlab.com`` is where the
    repository is; ``category:`` and ``grid:`` take the beginning of a name.
    """
    words: list[str] = []
    found = base._replace(
        min_stars=None,
        active_within_days=None,
        has_docs=None,
        on_pypi=None,
        repo_host=None,
    )
    for token in text.split():
        key, colon, value = token.partition(":")
        key = key.lower()
        if not colon or key not in KEYS:
            words.append(token)
            continue
        value = value.lower()
        if key == "stars":
            found = found._replace(min_stars=_number(value, found.min_stars))
        elif key == "active":
            days = _number(value, found.active_within_days)
            found = found._replace(active_within_days=days)
        elif key == "docs":
            found = found._replace(has_docs=_YES_NO.get(value, found.has_docs))
        elif key == "pypi":
            found = found._replace(on_pypi=_YES_NO.get(value, found.on_pypi))
        elif key == "host":
            found = found._replace(repo_host=value or found.repo_host)
        elif key == "category":
            found = found._replace(
                category_id=_group(value, categories, found.category_id)
            )
        else:
            found = found._replace(grid_id=_group(value, grids, found.grid_id))
    return found._replace(text=" ".join(words))


def filter_words(selection: PackageFilter) -> list[str]:
    """What a selection narrows by, in words: ``at least 100 stars``, ``with docs``."""
    # A cached lookup imports this module and does without the text module.
    from pkgtui.text import pluralize

    words = [f"with '{selection.text}'"] if selection.text else []
    if selection.min_stars is not None:
        words.append(f"at least {pluralize(selection.min_stars, 'star')}")
    if selection.active_within_days is not None:
        words.append(f"active within {pluralize(selection.active_within_days, 'day')}")
    if selection.has_docs is not None:
        words.append("with docs" if selection.has_docs else "without docs")
    if selection.on_pypi is not None:
        words.append("on PyPI" if selection.on_pypi else "not on PyPI")
    if selection.repo_host is not None:
        words.append(f"on {selection.repo_host}")
    return words


def _number(value: str, otherwise: int | None) -> int | None:
    if not (value.isascii() and value.isdigit()) or len(value) > 18:
        return otherwise
    return min(int(value), HIGHEST)


def _group(
    value: str, groups: Sequence[NamedRecord], otherwise: int | None
) -> int | None:
    """The group that is called `value`, or else the first whose name begins so."""
    if not value:
        return otherwise
    exact = (g.id for g in groups if value in (g.slug.lower(), g.title.lower()))
    begins = (
        g.id
        for g in groups
        if g.slug.lower().startswith(value) or g.title.lower().startswith(value)
    )
    # A name that no group has leaves nothing: no group has the id 0.
    return next(exact, next(begins, 0))
