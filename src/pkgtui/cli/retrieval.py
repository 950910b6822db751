"""Where a list or a catalog's state comes from: the cache first, then the network.

What is held and fresh is answered without any network library. What is stale is asked
for; if that fails, what is held is used and its age told on stderr.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from pkgtui.cli.context import Context
from pkgtui.domain.ages import age_in_words, format_date, long_age
from pkgtui.errors import (
    NothingCachedError,
    PkgtuiError,
    ServerUnreachableError,
    SourceError,
    StoreError,
)

if TYPE_CHECKING:
    from pkgtui.catalog import CacheStatus, Catalog, SyncReport

T = TypeVar("T")


@contextmanager
def open_catalog(context: Context, *, loads_sample: bool = True) -> Iterator[Catalog]:
    """The catalog that `context` asks for; the sample is loaded if it is not yet.

    What is to be known of the file, and that this is the sample, is told on stderr.
    """
    from pkgtui.catalog import Catalog

    catalog = Catalog.open(
        context.settings, context.paths, now=context.now, connect=context.connect
    )
    try:
        if context.settings.is_sample and loads_sample:
            _load_sample(catalog, context)
        yield catalog
    finally:
        catalog.close()
        for notice in catalog.notices:
            context.console.tell(notice)


def run_on_network(catalog: Catalog, ask: Callable[[], Awaitable[T]]) -> T:
    """Run what asks the catalog's source, and give its connections back."""
    import asyncio
    import gc

    # See `pkgtui.cli.main`: a whole catalog passes through here.
    gc.enable()

    async def ask_and_disconnect() -> T:
        try:
            return await ask()
        finally:
            await catalog.disconnect()

    return asyncio.run(ask_and_disconnect())


def sync(catalog: Catalog, context: Context) -> SyncReport:
    """Bring the catalog up to date with progress on stderr; raises `PkgtuiError`."""
    from pkgtui.cli.progress import ProgressLines

    console = context.console
    progress = ProgressLines(console)
    try:
        report = run_on_network(catalog, lambda: catalog.sync(progress.show))
    except ServerUnreachableError as error:
        if progress.has_begun:
            # It was reached, and lost on the way: that is no missing network.
            raise SourceError(str(error)) from error
        raise
    finally:
        console.clear_line()
    if report.unreadable_count:
        console.tell(
            f"records that could not be read: {report.unreadable_count}; what was "
            "cached of them was kept"
        )
    if not report.is_whole and not report.was_done_elsewhere:
        console.tell("the lists kept changing while they were read; sync once more")
    return report


def sync_if_stale(
    catalog: Catalog, context: Context, is_held: Callable[[], bool]
) -> None:
    """Sync where the last one is too old; without network what is held must do.

    Raises `NothingCachedError` and `SourceError` if `is_held` says that nothing is.
    """
    if not catalog.needs_sync():
        return
    try:
        sync(catalog, context)
    except (SourceError, StoreError) as error:
        if not is_held():
            raise nothing_cached(error) from error
        synced_at = catalog.freshness().synced_at
        context.console.tell(f"{error}; {_cached_whole(synced_at, context.now())}")


def nothing_cached(error: PkgtuiError) -> PkgtuiError:
    """What to say where the network failed by `error` and the cache has nothing."""
    if not isinstance(error, ServerUnreachableError):
        return error
    return NothingCachedError(
        f"{error}; nothing is cached, but --sample answers from the bundled sample"
    )


def age_of(moment: datetime, now: datetime) -> str:
    """``3 hours old``; of a clock that was set back, how far ahead of it."""
    if moment - now >= timedelta(minutes=1):
        return f"dated {long_age(moment, now)}"
    return f"{age_in_words(now - moment)} old"


def freshness_footer(freshness: CacheStatus, now: datetime) -> str:
    """What lists say beneath them: of when and from where the figures are."""
    looked = freshness.data_as_of
    items = [f"data of {format_date(looked)}"] if looked is not None else []
    if freshness.is_sample:
        return " · ".join(["sample catalog", *items])
    if freshness.synced_at is not None:
        items.append(f"synced {long_age(freshness.synced_at, now)}")
    else:
        items.append("never synced whole")
    return " · ".join([*items, freshness.host])


def _cached_whole(synced_at: datetime | None, now: datetime) -> str:
    if synced_at is None:
        return "answered from a cache that was never synced whole"
    return f"answered from the cache, {age_of(synced_at, now)}"


def _load_sample(catalog: Catalog, context: Context) -> None:
    if catalog.needs_sync():
        run_on_network(catalog, catalog.sync)
    looked = catalog.freshness().data_as_of
    of = f", data of {format_date(looked)}" if looked is not None else ""
    sentence = f"sample catalog{of}: not the figures of today"
    context.console.tell(sentence, is_trouble=False)
