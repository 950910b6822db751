"""``pkgtui grids``: all grids with their package counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.fetch import freshness_footer, open_catalog, sync_if_stale
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.models import GridSummary

if TYPE_CHECKING:
    from pkgtui.cli.args import Parser
    from pkgtui.domain.json_schema import GridObject
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Table


def add_arguments(parser: Parser) -> None:
    """Take nothing more."""


def run(context: Context) -> CommandResult:
    """Read the grids, after a sync if the last one is too old."""
    with open_catalog(context) as catalog:
        sync_if_stale(catalog, context, lambda: bool(catalog.grids()))
        answer = GridsAnswer(
            catalog.grids(),
            catalog.active_counts(),
            partial(catalog.web_url, RecordKind.GRID),
            freshness_footer(catalog.freshness(), context.now()),
        )
    return CommandResult(answer)


class GridsAnswer(NamedTuple):
    """Grids by title."""

    grids: list[GridSummary]
    active_counts: dict[int, int]
    web_url: Callable[[str], str]
    source: str

    def value(self) -> object:
        """A list of grid objects."""
        return self._objects()

    def table(self) -> Table:
        """A line for each grid."""
        from pkgtui.formats.tables import grid_table

        return grid_table(self._objects())

    def markdown(self) -> str:
        """The same table."""
        from pkgtui.formats.tables import render_markdown

        return render_markdown(self.table())

    def text(self, style: TextStyle) -> list[str]:
        """Aligned lines: title, counts and slug."""
        from pkgtui.formats.layout import TextColumn, text_table
        from pkgtui.formats.style import footer

        columns = (
            TextColumn("grid", narrowest=16),
            TextColumn("packages", is_number=True),
            TextColumn("active", is_number=True),
            TextColumn("slug", narrowest=12),
        )
        rows = [
            (
                style.data(grid.title),
                str(grid.package_count),
                str(self.active_counts.get(grid.id, 0)),
                style.data(grid.slug),
            )
            for grid in self.grids
        ]
        return [*text_table(columns, rows, style), *footer(self.source, style)]

    def _objects(self) -> list[GridObject]:
        from pkgtui.domain.json_schema import grid_object

        return [
            grid_object(
                grid, self.active_counts.get(grid.id, 0), self.web_url(grid.slug)
            )
            for grid in self.grids
        ]
