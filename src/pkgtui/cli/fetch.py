"""Where a list or a catalog's state comes from: the cache first, then the network.

What is held and fresh is answered without any network library. What is stale is asked
for; if that fails, the cache answers and its age goes to stderr.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pkgtui.cli.context import Context
from pkgtui.domain.ages import age_in_words, format_date, long_age
from pkgtui.domain.identifiers import RecordKind, parse_target
from pkgtui.domain.models import PackageDetail
from pkgtui.errors import (
    NotFoundError,
    NothingCachedError,
    PkgtuiError,
    RecordNotFoundError,
    ServerUnreachableError,
    SourceError,
    StoreError,
)

if TYPE_CHECKING:
    from pkgtui.catalog import CacheStatus, Catalog, SyncReport
    from pkgtui.cli.args import Parser

T = TypeVar("T")


@contextmanager
def open_catalog(context: Context, *, loads_sample: bool = True) -> Iterator[Catalog]:
    """The catalog that `context` asks for; the sample is loaded if it is not yet.

    Problems of the cache file, and that this is the sample, go to stderr.
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
    from pkgtui.cli.console import ProgressLines

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
    items = [f"data from {format_date(looked)}"] if looked is not None else []
    if freshness.is_sample:
        return " · ".join(["sample catalog", *items])
    if freshness.synced_at is not None:
        items.append(f"synced {long_age(freshness.synced_at, now)}")
    else:
        items.append("first sync not finished")
    return " · ".join([*items, freshness.host])


def _cached_whole(synced_at: datetime | None, now: datetime) -> str:
    if synced_at is None:
        return "answered from a cache that was first sync not finished"
    return f"answered from the cache, {age_of(synced_at, now)}"


def _load_sample(catalog: Catalog, context: Context) -> None:
    if catalog.needs_sync():
        run_on_network(catalog, catalog.sync)
    looked = catalog.freshness().data_as_of
    of = f", data from {format_date(looked)}" if looked is not None else ""
    sentence = f"sample catalog{of}: not the figures of today"
    context.console.tell(sentence, is_trouble=False)


_AT_ONCE = 2
"""So many names wait for a server that may not be there; the others then do not."""
_SLUG = r"[A-Za-z0-9_-]{1,50}"


def add_packages(parser: Parser) -> None:
    """Take one package or more, by any name that `look_up_packages` knows."""
    parser.add_argument(
        "packages",
        nargs="+",
        metavar="PACKAGE",
        help="a slug, a PyPI name, an id, or an address of it",
    )


class _Wanted(NamedTuple):
    """One name with what the cache says of it."""

    name: str
    held: PackageDetail | None
    key: str | None
    """What to ask the server for; None where asking is of no use."""


class LookupResult(NamedTuple):
    """What was found, and what was not and why, each in the order of the names."""

    details: list[PackageDetail]
    failures: list[PkgtuiError]


def look_up_packages(
    names: Sequence[str], catalog: Catalog, context: Context
) -> LookupResult:
    """Find each of `names`; report the age of old answers on stderr."""
    wanted = [_look_into_cache(name, catalog) for name in names]
    answers = _ask_for(wanted, catalog, context)
    found = LookupResult([], [])
    for one in wanted:
        try:
            answer = answers.get(one.key) if one.key is not None else None
            if isinstance(answer, PackageDetail):
                found.details.append(answer)
            else:
                found.details.append(_without_server(one, answer, catalog, context))
        except PkgtuiError as error:
            found.failures.append(error)
    return found


def _look_into_cache(name: str, catalog: Catalog) -> _Wanted:
    package_id = catalog.find_package(name)
    held = catalog.package(package_id) if package_id is not None else None
    if held is None:
        target = parse_target(name)
        settings = catalog.settings
        # The sample is held whole: what is not in the cache is not in it. Offline, to
        # ask is to be told why there is no answer.
        is_askable = not settings.is_sample and (
            settings.is_offline
            or (target.kind is not RecordKind.GRID and re.fullmatch(_SLUG, target.text))
        )
        return _Wanted(name, None, target.text if is_askable else None)
    if not catalog.is_package_stale(held, catalog.settings.max_age):
        return _Wanted(name, held, None)
    slug = held.package.slug
    # The server reads a path of digits as an id.
    return _Wanted(name, held, str(held.package.id) if slug.isdigit() else slug)


def _ask_for(
    wanted: Sequence[_Wanted], catalog: Catalog, context: Context
) -> dict[str, PackageDetail | SourceError]:
    keys = list(dict.fromkeys(one.key for one in wanted if one.key is not None))
    if not keys:
        return {}

    answers: list[PackageDetail | SourceError] = []

    async def ask_for(key: str) -> PackageDetail | SourceError:
        if answers and all(isinstance(a, ServerUnreachableError) for a in answers):
            # It would be waited for as long again: the server is not there.
            return answers[0]
        try:
            answer: PackageDetail | SourceError = await catalog.fetch_package(key)
        except SourceError as error:
            answer = error
        answers.append(answer)
        return answer

    async def ask_for_all() -> list[PackageDetail | SourceError]:
        import asyncio

        free = asyncio.Semaphore(_AT_ONCE)

        async def ask_in_turn(key: str) -> PackageDetail | SourceError:
            async with free:
                return await ask_for(key)

        return await asyncio.gather(*map(ask_in_turn, keys))

    console = context.console
    if console.can_redraw:
        console.show_progress(f"asking {catalog.freshness().host}")
    try:
        return dict(zip(keys, run_on_network(catalog, ask_for_all), strict=True))
    finally:
        console.clear_line()


def _without_server(
    wanted: _Wanted, error: SourceError | None, catalog: Catalog, context: Context
) -> PackageDetail:
    """Return the cached record and report its age; raise `error` where none is."""
    held = wanted.held
    if held is None:
        raise _not_found(wanted.name, error, catalog, context) from error
    if error is not None:
        slug, host = held.package.slug, catalog.freshness().host
        reason = (
            f"{host} has no package '{slug}' any more"
            if isinstance(error, RecordNotFoundError)
            else str(error)
        )
        age = age_of(held.cached_at, context.now())
        context.console.tell(f"{reason}; '{slug}' is answered from the cache, {age}")
    return held


def _not_found(
    name: str, error: SourceError | None, catalog: Catalog, context: Context
) -> PkgtuiError:
    is_known_missing = error is None or isinstance(error, RecordNotFoundError)
    synced_at = catalog.freshness().synced_at
    if error is not None and not is_known_missing:
        if synced_at is None or not isinstance(error, ServerUnreachableError):
            return nothing_cached(error)
        # The whole catalog as it was then has no such package: that is an answer.
        age = age_of(synced_at, context.now())
        context.console.tell(f"{error}; looked up in the cache, {age}")
    elif synced_at is None:
        context.console.tell(
            "the catalog was never synced; after 'pkgtui sync' packages are found by "
            "PyPI name and repository too"
        )
    if catalog.find_grid(name) is not None:
        context.console.tell(f"'{name}' is a grid; 'pkgtui {name}' browses it")
    return NotFoundError("package", name, catalog.nearest(RecordKind.PACKAGE, name))
