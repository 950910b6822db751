"""What the tests of comparisons share: packages put side by side."""

from typing import Any

from pkgtui.domain.comparison import ComparedPackage, Comparison, compare
from pkgtui.domain.facts import Cell
from pkgtui.domain.models import Category, GridRef, PackageDetail
from tests.support.store import NOW, category, package

HOSTILE = "=cmd|' /C calc'!A0 | `x` <b> [/] **z** \\ $1 👫 日本語"
"""A text for every trap at once."""
"""The fields of a package that the site knows nothing of."""


def detail(
    id_: int,
    *,
    of_category: Category | None = category(),  # noqa: B008 - it is frozen
    grids: tuple[GridRef, ...] = (),
    **fields: Any,
) -> PackageDetail:
    """A package with what is around it."""
    return PackageDetail(package(id_, **fields), of_category, grids, NOW)


def entrant(id_: int, **fields: Any) -> ComparedPackage:
    """A package that is held."""
    return ComparedPackage.held(detail(id_, **fields))


def side_by_side(
    *entrants: ComparedPackage, title: str = "Authentication"
) -> Comparison:
    """They as things stand at `NOW`."""
    return compare(title, entrants, NOW)


def cell(key: str, **fields: Any) -> Cell:
    """The cell of one package in one row."""
    return side_by_side(entrant(1, **fields)).row(key).cells[0]


def several(count: int, **fields: Any) -> Comparison:
    """`count` packages, the last with the most stars and commits."""
    return side_by_side(
        *(
            entrant(
                at,
                title=f"Package number {at}",
                stars=at * 100,
                commits_52w=(at,) * 52,
                **fields,
            )
            for at in range(1, count + 1)
        )
    )
