"""``pkgtui show PACKAGE...``: packages in full."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.fetch import add_packages, look_up_packages, open_catalog
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.models import PackageDetail
from pkgtui.errors import ExitCode

if TYPE_CHECKING:
    from pkgtui.cli.args import Parser
    from pkgtui.domain.json_schema import PackageObject
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Table


def add_arguments(parser: Parser) -> None:
    """Take the packages."""
    add_packages(parser)


def run(context: Context) -> CommandResult:
    """Look the packages up; those that are found are answered, the others told."""
    names = context.options.packages
    with open_catalog(context) as catalog:
        found = look_up_packages(names, catalog, context)
        pages = [
            (detail, catalog.web_url(RecordKind.PACKAGE, detail.package.slug))
            for detail in found.details
        ]
    for error in found.failures:
        context.console.tell(str(error))
    worst = max([error.exit_code for error in found.failures], default=ExitCode.OK)
    if not pages:
        return CommandResult(None, worst)
    is_sample = context.settings.is_sample
    return CommandResult(
        ShowAnswer(pages, context.now(), is_sample, len(names) > 1), worst
    )


class ShowAnswer(NamedTuple):
    """Packages, each with its page on the web."""

    pages: list[tuple[PackageDetail, str]]
    now: datetime
    is_sample: bool
    is_list: bool
    """Whether several were asked for, however many were found."""

    def value(self) -> object:
        """One object, or a list if several were asked for."""
        objects = self._objects()
        return objects if self.is_list else objects[0]

    def table(self) -> Table:
        """A line for each package."""
        from pkgtui.formats.package_table import package_table

        return package_table(self._objects())

    def markdown(self) -> str:
        """The packages side by side."""
        from pkgtui.formats.package_table import packages_as_markdown

        return packages_as_markdown(self._objects())

    def text(self, style: TextStyle) -> list[str]:
        """One after another, an empty line between them."""
        from pkgtui.formats.package_text import PackagePage, package_text

        lines: list[str] = []
        for detail, web_url in self.pages:
            page = PackagePage(detail, web_url, self.now, self.is_sample)
            lines += ["", *package_text(page, style)]
        return lines[1:]

    def _objects(self) -> list[PackageObject]:
        from pkgtui.domain.json_schema import package_object

        return [package_object(detail, self.now, url) for detail, url in self.pages]
