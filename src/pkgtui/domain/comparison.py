"""Packages side by side: one table of facts that every face of the program prints.

Pure: packages in, rows out. A row says for each package its value in words, how it
compares with the others, and whether it is known at all; unknown is never a zero, never
the best, and last in every order.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pkgtui.domain.commits import bucket_sums, whole_year
from pkgtui.domain.facts import (
    FACT,
    ROWS,
    Cell,
    Fact,
    Preference,
    SortValue,
    cell_of,
)
from pkgtui.domain.models import PackageDetail
from pkgtui.text import sanitize_line


class ComparedPackage(NamedTuple):
    """A column of the comparison: a package, or the place of one that is not held."""

    id: int | None
    """None where only a slug is known."""
    slug: str | None
    """None where only an id is known."""
    title: str
    detail: PackageDetail | None

    @classmethod
    def held(cls, detail: PackageDetail) -> "ComparedPackage":
        """A package whose record is at hand."""
        package = detail.package
        return cls(package.id, package.slug, package.title, detail)

    @classmethod
    def missing(cls, package_id: int) -> "ComparedPackage":
        """A package of which only the id is known."""
        return cls(package_id, None, f"Package {package_id}", None)

    @classmethod
    def missing_slug(cls, slug: str) -> "ComparedPackage":
        """A package of which only the slug is known."""
        return cls(None, slug, sanitize_line(slug), None)

    @property
    def key(self) -> int | str | None:
        """What tells it from the others: its id, or its slug."""
        return self.slug if self.id is None else self.id


class ComparisonRow(NamedTuple):
    """One fact of all packages."""

    fact: Fact
    cells: tuple[Cell, ...]
    best: SortValue | None
    """The rank of the best cells; None where nobody is better than another."""

    @property
    def label(self) -> str:
        """The name of the fact."""
        return self.fact.title

    @property
    def is_same(self) -> bool:
        """Whether all packages agree."""
        return len({cell.text for cell in self.cells}) <= 1

    def is_best(self, at: int) -> bool:
        """Whether the cell at `at` is the best, or one of them."""
        return self.best is not None and self.cells[at].rank == self.best


class Comparison(NamedTuple):
    """The whole table."""

    title: str
    entrants: tuple[ComparedPackage, ...]
    rows: tuple[ComparisonRow, ...]

    def row(self, key: str) -> ComparisonRow:
        """The row of the fact `key`."""
        return next(row for row in self.rows if row.fact.key == key)

    def arranged(self, entrants: Sequence[ComparedPackage]) -> "Comparison":
        """The same with only `entrants`, in their order."""
        places = {entrant.key: at for at, entrant in enumerate(self.entrants)}
        chosen = [places[entrant.key] for entrant in entrants]
        return Comparison(
            self.title,
            tuple(entrants),
            tuple(
                _row(row.fact, [row.cells[at] for at in chosen]) for row in self.rows
            ),
        )


def compare(
    title: str, entrants: Sequence[ComparedPackage], now: datetime
) -> Comparison:
    """Put `entrants` side by side, in their order, as things stand at `now`."""
    rows = [
        _row(fact, [cell_of(entrant.detail, fact, now) for entrant in entrants])
        for fact in ROWS
    ]
    return Comparison(title, tuple(entrants), tuple(rows))


def sorted_entrants(
    comparison: Comparison, key: str | None, *, is_reversed: bool = False
) -> list[ComparedPackage]:
    """The entrants in the order of a row (None: of their titles), unknown ones last.

    Ties fall to the title.
    """
    entrants = comparison.entrants
    ranks: list[SortValue | None]
    if key is None:
        ranks = [e.title.casefold() if e.detail else None for e in entrants]
        is_down = is_reversed
    else:
        ranks = [cell.rank for cell in comparison.row(key).cells]
        is_down = is_descending(key, is_reversed=is_reversed)
    known: list[tuple[SortValue, ComparedPackage]] = []
    unknown: list[ComparedPackage] = []
    for rank, entrant in zip(ranks, entrants, strict=True):
        if rank is None:
            unknown.append(entrant)
        else:
            known.append((rank, entrant))
    known.sort(key=lambda pair: pair[1].title.casefold())
    # One row holds numbers or names, never both.
    known.sort(key=lambda pair: pair[0], reverse=is_down)
    return [entrant for _, entrant in known] + unknown


def is_descending(key: str, *, is_reversed: bool) -> bool:
    """Whether a sort by a row puts larger values first."""
    return (
        FACT[key].preference in {Preference.HIGHEST, Preference.LATEST}
    ) != is_reversed


def shared_maximum(entrants: Sequence[ComparedPackage], buckets: int) -> int:
    """The tallest bar of all years drawn with `buckets` bars each, at least one."""
    tallest = 0
    for entrant in entrants:
        commits = entrant.detail.package.commits_52w if entrant.detail else None
        if commits:
            tallest = max(tallest, *bucket_sums(whole_year(commits), buckets))
    return tallest


def _row(fact: Fact, cells: Sequence[Cell]) -> ComparisonRow:
    best: SortValue | None = None
    way = fact.preference
    if way in {Preference.HIGHEST, Preference.LOWEST}:
        ranks = {cell.rank for cell in cells if cell.rank is not None}
        if len(ranks) > 1:
            best = max(ranks) if way is Preference.HIGHEST else min(ranks)
    return ComparisonRow(fact, tuple(cells), best)
