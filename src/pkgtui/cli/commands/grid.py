"""``pkgtui grid GRID``: every package of a grid, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pkgtui.cli.args import add_sort_option, read_sort
from pkgtui.cli.comparison import ComparisonAnswer
from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.fetch import freshness_footer, open_catalog, sync_if_stale
from pkgtui.domain.comparison import ComparedPackage
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.sorting import Sort
from pkgtui.errors import NotFoundError

if TYPE_CHECKING:
    from pkgtui.cli.args import Parser


def add_arguments(parser: Parser) -> None:
    """Take the grid and the sort."""
    parser.add_argument(
        "grid", metavar="GRID", help="a slug, an id, or an address of it"
    )
    add_sort_option(parser, "default: stars")


def run(context: Context) -> CommandResult:
    """Compare all packages of the grid, after a sync if the last one is too old."""
    name = context.options.grid
    sort = read_sort(context.options.sort) or Sort("stars")
    with open_catalog(context) as catalog:
        sync_if_stale(catalog, context, lambda: bool(catalog.grids()))
        grid_id = catalog.find_grid(name)
        grid = catalog.grid(grid_id) if grid_id is not None else None
        if grid is None:
            raise NotFoundError("grid", name, catalog.nearest(RecordKind.GRID, name))
        missing = catalog.missing_in_grid(grid.id)
        entrants = [
            *map(ComparedPackage.held, catalog.packages_in_grid(grid.id)),
            *map(ComparedPackage.missing, missing),
        ]
        answer = ComparisonAnswer.of(
            grid.title,
            entrants,
            sort,
            now=context.now(),
            web_url=partial(catalog.web_url, RecordKind.PACKAGE),
            source=freshness_footer(catalog.freshness(), context.now()),
        )
    if missing:
        context.console.tell(
            f"packages of this grid that are not cached, shown as unknown: "
            f"{len(missing)}; 'pkgtui sync' brings those that the site has"
        )
    return CommandResult(answer)
