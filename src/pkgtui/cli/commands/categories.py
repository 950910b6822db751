"""``pkgtui categories``: the categories with their package counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.fetch import freshness_footer, open_catalog, sync_if_stale
from pkgtui.domain.models import CategorySummary

if TYPE_CHECKING:
    from pkgtui.cli.args import Parser
    from pkgtui.domain.json_schema import CategoryObject
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Table


def add_arguments(parser: Parser) -> None:
    """Take nothing more."""


def run(context: Context) -> CommandResult:
    """Read the categories, after a sync if the last one is too old."""
    with open_catalog(context) as catalog:
        sync_if_stale(catalog, context, lambda: bool(catalog.categories()))
        answer = CategoriesAnswer(
            catalog.categories(),
            catalog.category_web_url,
            freshness_footer(catalog.freshness(), context.now()),
        )
    return CommandResult(answer)


class CategoriesAnswer(NamedTuple):
    """Categories by id."""

    categories: list[CategorySummary]
    web_url: Callable[[str], str]
    source: str

    def value(self) -> object:
        """A list of category objects."""
        return self._objects()

    def table(self) -> Table:
        """A line for each category."""
        from pkgtui.formats.tables import category_table

        return category_table(self._objects())

    def markdown(self) -> str:
        """The same table."""
        from pkgtui.formats.tables import render_markdown

        return render_markdown(self.table())

    def text(self, style: TextStyle) -> list[str]:
        """Aligned lines: title, count and slug."""
        from pkgtui.formats.layout import TextColumn, text_table
        from pkgtui.formats.style import footer

        columns = (
            TextColumn("category"),
            TextColumn("packages", is_number=True),
            TextColumn("slug"),
        )
        rows = [
            (
                style.data(category.title_plural or category.title),
                str(package_count),
                style.data(category.slug),
            )
            for category, package_count in self.categories
        ]
        return [*text_table(columns, rows, style), *footer(self.source, style)]

    def _objects(self) -> list[CategoryObject]:
        from pkgtui.domain.json_schema import category_object

        return [
            category_object(summary, self.web_url(summary.category.slug))
            for summary in self.categories
        ]
