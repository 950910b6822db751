"""``pkgtui cache``: what is stored of one API; ``pkgtui cache clear`` forgets it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.output import FactsAnswer
from pkgtui.config import without_credentials
from pkgtui.domain.ages import format_date, long_age
from pkgtui.domain.facts import format_time
from pkgtui.errors import StoreError
from pkgtui.text import group_thousands

if TYPE_CHECKING:
    from pkgtui.catalog import CacheStatus
    from pkgtui.cli.args import Parser


def add_arguments(parser: Parser) -> None:
    """Take what to do; to tell what is there if nothing."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("clear",),
        metavar="clear",
        help="delete the cached catalog; never your own marks",
    )


def run(context: Context) -> CommandResult:
    """Tell what is stored, or delete it; neither makes a file or asks the network."""
    if context.options.action == "clear":
        return CommandResult(_clear(context))
    is_there = _size_bytes(_path(context)) is not None
    freshness = _freshness(context) if is_there else None
    return CommandResult(_describe(freshness, context))


def _clear(context: Context) -> FactsAnswer:
    from pkgtui.catalog import clear_cache

    cleared = clear_cache(context.settings, context.paths)
    facts = {
        "removed": [str(path) for path in cleared.paths],
        "freed_bytes": cleared.freed_bytes,
    }
    lines = [("removed", str(path)) for path in cleared.paths]
    if not lines:
        lines.append(("removed", f"nothing: there is no cache at {_path(context)}"))
    return FactsAnswer(facts, [*lines, ("freed", _size(cleared.freed_bytes))])


def _describe(freshness: CacheStatus | None, context: Context) -> FactsAnswer:
    settings = context.settings
    now = context.now()
    path = _path(context)
    size_bytes = _size_bytes(path) or 0
    counts = {
        "packages": freshness.package_count if freshness else 0,
        "grids": freshness.grid_count if freshness else 0,
        "categories": freshness.category_count if freshness else 0,
    }
    synced_at = freshness.synced_at if freshness else None
    facts: dict[str, object] = {
        "path": str(path),
        "api_url": without_credentials(settings.api_url),
        "sample": settings.is_sample,
        "size_bytes": size_bytes,
        "counts": counts,
        "synced_at": format_time(synced_at),
        "age_s": int((now - synced_at).total_seconds()) if synced_at else None,
    }
    origin = without_credentials(settings.api_url)
    synced = (
        f"{long_age(synced_at, now)}, {format_date(synced_at)}"
        if synced_at
        else "never whole"
    )
    lines = [
        ("path", str(path)),
        ("of", "the sample catalog" if settings.is_sample else origin),
        ("size", _size(size_bytes) if freshness else "nothing is cached"),
        *((name, group_thousands(count)) for name, count in counts.items()),
        ("synced", synced),
    ]
    return FactsAnswer(facts, lines)


def _freshness(context: Context) -> CacheStatus:
    from pkgtui.cli.fetch import open_catalog

    with open_catalog(context, loads_sample=False) as catalog:
        return catalog.freshness()


def _path(context: Context) -> Path:
    settings = context.settings
    return context.paths.cache(settings.api_url, is_sample=settings.is_sample)


def _size_bytes(path: Path) -> int | None:
    """How large the cache is; None where there is none. Raises `StoreError`."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(
            f"cannot look at the cache {path}: {reason}; see who may read there"
        ) from error


def _size(count: int) -> str:
    """``4.8 MB``, in powers of 1000 as disks are sold."""
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
