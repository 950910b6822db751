"""``pkgtui compare PACKAGE PACKAGE...``: any packages, side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pkgtui.cli.args import add_sort_option, read_sort
from pkgtui.cli.comparison import ComparisonAnswer
from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.fetch import (
    add_packages,
    freshness_footer,
    look_up_packages,
    open_catalog,
)
from pkgtui.domain.comparison import ComparedPackage
from pkgtui.domain.identifiers import RecordKind
from pkgtui.errors import ExitCode

if TYPE_CHECKING:
    from pkgtui.cli.args import Parser


def add_arguments(parser: Parser) -> None:
    """Take the packages and the sort."""
    add_packages(parser)
    add_sort_option(parser, "default: as given")


def run(context: Context) -> CommandResult:
    """Compare what is found, each package once; what is not found is told."""
    sort = read_sort(context.options.sort)
    with open_catalog(context) as catalog:
        found = look_up_packages(context.options.packages, catalog, context)
        details = {detail.package.id: detail for detail in found.details}
        answer = ComparisonAnswer.of(
            "Comparison",
            [ComparedPackage.held(detail) for detail in details.values()],
            sort,
            now=context.now(),
            web_url=partial(catalog.web_url, RecordKind.PACKAGE),
            source=freshness_footer(catalog.freshness(), context.now()),
        )
    if len(details) < len(found.details):
        context.console.tell("a package that was named twice is shown once")
    for error in found.failures:
        context.console.tell(str(error))
    worst = max([error.exit_code for error in found.failures], default=ExitCode.OK)
    return CommandResult(answer if details else None, worst)
