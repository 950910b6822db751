"""The result of `grid` and `compare`: packages side by side, in every format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pkgtui.domain.comparison import (
    ComparedPackage,
    Comparison,
    compare,
    sorted_entrants,
)
from pkgtui.domain.facts import SORTS
from pkgtui.domain.sorting import Sort
from pkgtui.formats.style import TextStyle

if TYPE_CHECKING:
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Table


def _row_key(sort: Sort) -> str | None:
    """The row that sorts; None for the title, which heads the columns."""
    fact = SORTS[sort.key]
    return fact.key if fact.cell else None


class ComparisonAnswer(NamedTuple):
    """Packages side by side."""

    comparison: Comparison
    now: datetime
    web_url: Callable[[str], str]
    source: str

    @classmethod
    def of(
        cls,
        title: str,
        entrants: Sequence[ComparedPackage],
        sort: Sort | None,
        *,
        now: datetime,
        web_url: Callable[[str], str],
        source: str,
    ) -> ComparisonAnswer:
        """Compare `entrants`, in their order or by `sort`."""
        comparison = compare(title, entrants, now)
        if sort is not None:
            ordered = sorted_entrants(
                comparison, _row_key(sort), is_reversed=sort.is_reversed
            )
            comparison = comparison.arranged(ordered)
        return cls(comparison, now, web_url, source)

    def value(self) -> object:
        """Title, packages and rows."""
        from pkgtui.formats.comparison import comparison_object

        return comparison_object(self.comparison, self.now, self.web_url)

    def table(self) -> Table:
        """A line for each package."""
        from pkgtui.formats.comparison import comparison_table

        return comparison_table(self.comparison, self.now, self.web_url)

    def markdown(self) -> str:
        """Packages as columns while they are few."""
        from pkgtui.formats.comparison import comparison_markdown

        return comparison_markdown(self.comparison)

    def text(self, style: TextStyle) -> list[str]:
        """Packages as columns while they fit."""
        from pkgtui.formats.comparison import comparison_text
        from pkgtui.formats.style import footer

        return [*comparison_text(self.comparison, style), *footer(self.source, style)]
