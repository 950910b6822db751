"""``pkgtui sync``: the whole catalog brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.fetch import open_catalog, sync
from pkgtui.cli.output import FactsAnswer
from pkgtui.config import without_credentials
from pkgtui.domain.facts import format_time
from pkgtui.errors import ExitCode, StoreError
from pkgtui.text import group_thousands

if TYPE_CHECKING:
    from pkgtui.catalog import CacheStatus, SyncReport
    from pkgtui.cli.args import Parser


def add_arguments(parser: Parser) -> None:
    """Take nothing more."""


def run(context: Context) -> CommandResult:
    """Read all there is from the server; raises `SourceError` and `StoreError`."""
    with open_catalog(context) as catalog:
        if not catalog.is_kept:
            raise StoreError("nothing was synced, as there is nowhere to keep it")
        report = sync(catalog, context)
        freshness = catalog.freshness()
    is_done = report.is_whole or report.was_done_elsewhere
    exit_code = ExitCode.OK if is_done else ExitCode.FAILED
    return CommandResult(_answer(report, freshness), exit_code)


def _answer(report: SyncReport, freshness: CacheStatus) -> FactsAnswer:
    counts = {
        "packages": report.package_count,
        "grids": report.grid_count,
        "categories": report.category_count,
    }
    changes = {
        "removed": report.removed_count,
        "unreadable": report.unreadable_count,
    }
    facts: dict[str, object] = {
        "api_url": without_credentials(freshness.api_url),
        "sample": freshness.is_sample,
        "counts": counts,
        **changes,
        "whole": report.is_whole or report.was_done_elsewhere,
        "done_elsewhere": report.was_done_elsewhere,
        "synced_at": format_time(freshness.synced_at),
    }
    held = ", ".join(f"{group_thousands(n)} {name}" for name, n in counts.items())
    origin = "the sample catalog" if freshness.is_sample else freshness.host
    if report.was_done_elsewhere:
        origin += ", by another pkgtui that was at it"
    lines = [("synced", f"{held} from {origin}")]
    lines += [(name, group_thousands(n)) for name, n in changes.items() if n]
    return FactsAnswer(facts, lines)
