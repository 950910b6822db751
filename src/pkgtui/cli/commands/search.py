"""``pkgtui search [QUERY...]``: packages and grids, the best match first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pkgtui.cli.args import add_sort_option, read_sort
from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.fetch import freshness_footer, open_catalog, sync_if_stale
from pkgtui.domain.filters import ALL_PACKAGES, PackageFilter
from pkgtui.domain.identifiers import RecordKind, address_key
from pkgtui.domain.models import GridSummary, PackageDetail
from pkgtui.domain.search import MatchKind
from pkgtui.domain.sorting import Sort
from pkgtui.errors import NotFoundError, UsageError
from pkgtui.text import group_thousands, pluralize, sanitize_line

if TYPE_CHECKING:
    from pkgtui.catalog import Catalog
    from pkgtui.cli.args import Parser
    from pkgtui.formats.package_table import FoundObject
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Table

_DEFAULT_LIMIT = 20
_MAX_NUMBER = 10**9


def add_arguments(parser: Parser) -> None:
    """Take the query and the filters."""
    add = parser.add_argument
    add(
        "words",
        nargs="*",
        metavar="QUERY",
        help="words, '\"a phrase\"', 'words -without', or an address",
    )
    add("--category", metavar="CATEGORY", help="only in it: a slug, title or id")
    add("--grid", metavar="GRID", help="only in it: a slug, id or address")
    add("--active-within", metavar="DAYS", help="only with a commit in so many days")
    add("--min-stars", metavar="N", help="only with so many stars")
    add("--has-docs", action="store_true", help="only with documentation")
    add("--on-pypi", action="store_true", help="only what is on PyPI")
    add("--host", metavar="HOST", help="only with a repository there: github.com")
    add("--kind", metavar="KIND", help=" or ".join(RecordKind))
    add("--limit", metavar="N", help=f"maximum results (default: {_DEFAULT_LIMIT})")
    add_sort_option(parser, "default: best match, or stars")


def run(context: Context) -> CommandResult:
    """Search the cache, after a sync if the last one is too old."""
    options = context.options
    sort = read_sort(options.sort)
    kind = _read_kind(options.kind)
    limit = _read_number("--limit", options.limit, least=1) or _DEFAULT_LIMIT
    query = " ".join(options.words).strip()
    with open_catalog(context) as catalog:
        sync_if_stale(catalog, context, lambda: catalog.freshness().package_count > 0)
        filters = _read_filters(context, catalog)
        search = _search if query else _list
        found, total, hidden_count = search(catalog, query, filters, kind, sort, limit)
        answer = SearchAnswer(
            query=query,
            found=found,
            total=total,
            hidden_count=hidden_count,
            active_counts=catalog.active_counts() if _has_grid(found) else {},
            web_url=catalog.web_url,
            now=context.now(),
            source=freshness_footer(catalog.freshness(), context.now()),
        )
    return CommandResult(answer)


class FoundRecord(NamedTuple):
    """A package or a grid of the answer, and what of it matched."""

    record: PackageDetail | GridSummary
    match: MatchKind | None = None
    """None where nothing was searched for."""
    matched: str = ""

    @property
    def kind(self) -> RecordKind:
        """Whether it is a package or a grid."""
        return (
            RecordKind.GRID
            if isinstance(self.record, GridSummary)
            else RecordKind.PACKAGE
        )


class SearchAnswer(NamedTuple):
    """What was found, in its order."""

    query: str
    found: list[FoundRecord]
    total: int
    hidden_count: int
    active_counts: dict[int, int]
    web_url: Callable[[RecordKind, str], str]
    now: datetime
    source: str

    def value(self) -> object:
        """A list of package and grid objects."""
        return self._objects()

    def table(self) -> Table:
        """A line for each, with the columns of packages and of grids."""
        from pkgtui.formats.package_table import search_table

        return search_table(self._objects())

    def markdown(self) -> str:
        """A line for each, with what tells them apart."""
        from pkgtui.formats.package_table import search_markdown

        return search_markdown(self._objects())

    def text(self, style: TextStyle) -> list[str]:
        """Aligned lines, and how many there are besides."""
        from pkgtui.formats.layout import TextColumn, text_table
        from pkgtui.formats.style import footer

        columns = [TextColumn("name", narrowest=18), TextColumn("kind")]
        if self.query:
            columns.append(TextColumn("match"))
        columns += [
            TextColumn("stars", is_number=True),
            TextColumn("about", narrowest=12),
        ]
        rows = [self._row(found, style) for found in self.found]
        lines = [*text_table(columns, rows, style), ""] if rows else []
        return [*lines, self._count(), *footer(self.source, style)]

    def _row(self, found: FoundRecord, style: TextStyle) -> list[str]:
        record = found.record
        if isinstance(record, GridSummary):
            title, about = record.title, "packages in this grid"
            figure: int | None = record.package_count
        else:
            title, figure = record.package.title, record.package.stars
            about = record.package.description
        if found.matched not in {"", title}:
            about = found.matched
        match = [found.match or ""] if self.query else []
        number = "–" if figure is None else group_thousands(figure)
        return [
            style.data(title),
            found.kind,
            *match,
            style.data(number),
            style.data(sanitize_line(about)),
        ]

    def _count(self) -> str:
        """``3 of 14 matches; the filters hide 2 more``."""
        noun = "match" if self.query else "package"
        if not self.query and self.found and _has_grid(self.found):
            noun = "grid"
        message = pluralize(self.total, noun)
        if self.total == 0:
            message = f"no{message.removeprefix('0')}"
        elif len(self.found) < self.total:
            message = f"{group_thousands(len(self.found))} of {message}"
        if self.hidden_count:
            message += f"; the filters hide {group_thousands(self.hidden_count)} more"
        return message

    def _objects(self) -> list[FoundObject]:
        from pkgtui.domain.json_schema import grid_object, package_object

        objects: list[FoundObject] = []
        for found in self.found:
            record = found.record
            head = {"kind": found.kind.value, "match": found.match}
            if isinstance(record, GridSummary):
                url = self.web_url(RecordKind.GRID, record.slug)
                active_count = self.active_counts.get(record.id, 0)
                objects.append({**head, **grid_object(record, active_count, url)})
            else:
                url = self.web_url(RecordKind.PACKAGE, record.package.slug)
                objects.append({**head, **package_object(record, self.now, url)})
        return objects


_Results = tuple[list[FoundRecord], int, int]
"""What is listed, how many there are in all, and how many the filters hide."""


def _search(
    catalog: Catalog,
    query: str,
    filters: PackageFilter,
    kind: RecordKind | None,
    sort: Sort | None,
    limit: int,
) -> _Results:
    result = catalog.search(query, filters=filters, kind=kind, sort=sort, limit=limit)
    grids = _grids_by_id(
        catalog, any(hit.kind is RecordKind.GRID for hit in result.hits)
    )
    found = []
    for hit in result.hits:
        record = (
            grids.get(hit.id)
            if hit.kind is RecordKind.GRID
            else catalog.package(hit.id)
        )
        if record is not None:
            found.append(FoundRecord(record, hit.match, hit.matched))
    return found, result.total, result.hidden_count


def _list(
    catalog: Catalog,
    _query: str,
    filters: PackageFilter,
    kind: RecordKind | None,
    sort: Sort | None,
    limit: int,
) -> _Results:
    """What there is to find without a query: packages, or grids alone if asked for."""
    if kind is RecordKind.GRID:
        grids = [FoundRecord(grid) for grid in catalog.grids()]
        if filters != ALL_PACKAGES:
            return [], 0, len(grids)
        # They have nothing to be sorted by but a title.
        if sort is not None and sort.key == "title" and sort.is_reversed:
            grids.reverse()
        return grids[:limit], len(grids), 0
    listing = catalog.packages(filters, sort or Sort("stars"))
    details = [catalog.package(id_) for id_ in listing.ids[:limit]]
    return [FoundRecord(detail) for detail in details if detail], len(listing), 0


def _grids_by_id(catalog: Catalog, are_wanted: bool) -> dict[int, GridSummary]:
    return {grid.id: grid for grid in catalog.grids()} if are_wanted else {}


def _has_grid(found: list[FoundRecord]) -> bool:
    return any(one.kind is RecordKind.GRID for one in found)


def _read_filters(context: Context, catalog: Catalog) -> PackageFilter:
    options = context.options
    return PackageFilter(
        category_id=_read_category(options.category, catalog),
        grid_id=_read_grid(options.grid, catalog),
        active_within_days=_read_number("--active-within", options.active_within),
        min_stars=_read_number("--min-stars", options.min_stars),
        has_docs=options.has_docs or None,
        on_pypi=options.on_pypi or None,
        repo_host=_read_host(options.host),
    )


def _read_category(name: str | None, catalog: Catalog) -> int | None:
    if name is None:
        return None
    wanted = name.casefold()
    categories = [summary.category for summary in catalog.categories()]
    for category in categories:
        names = (category.slug, category.title, category.title_plural, str(category.id))
        if wanted in {known.casefold() for known in names}:
            return category.id
    raise NotFoundError("category", name, [category.slug for category in categories])


def _read_grid(name: str | None, catalog: Catalog) -> int | None:
    if name is None:
        return None
    grid_id = catalog.find_grid(name)
    if grid_id is None:
        raise NotFoundError("grid", name, catalog.nearest(RecordKind.GRID, name))
    return grid_id


def _read_host(text: str | None) -> str | None:
    """The host of what may be an address: ``https://GitHub.com/`` is ``github.com``."""
    if text is None:
        return None
    key = address_key(text if "://" in text else f"https://{text}")
    if key is None:
        raise UsageError(f"--host takes a host such as github.com, not '{text}'")
    return key.partition("/")[0]


def _read_kind(name: str | None) -> RecordKind | None:
    if name is None:
        return None
    try:
        return RecordKind(name)
    except ValueError:
        kinds = " or ".join(RecordKind)
        raise UsageError(f"there is no kind '{name}'; use {kinds}") from None


def _read_number(option: str, text: str | None, least: int = 0) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdigit() and len(text) <= len(str(_MAX_NUMBER)):
        number = int(text)
        if number >= least:
            return min(number, _MAX_NUMBER)
    raise UsageError(f"{option} takes a whole number from {least} on, not '{text}'")
