"""From the API's JSON to the models: records field by field, pages by their shape.

A field that is missing or odd is unknown and never stops its record; a record without
a usable id or slug is skipped and counted, and never stops its page. Only an answer
that is no JSON, or no page of the API, is refused as a whole.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, NamedTuple, NoReturn

from pkgtui.domain.models import Category, Grid, Package
from pkgtui.sources.base import T
from pkgtui.sources.djangopackages import converters as fields

MAX_ROWS = 1_000_000
"""A list that claims to be longer is none of this API: the site has 6,000 packages."""

Decoder = Callable[[object], T]
"""Makes a model of one JSON value; raises `UnreadableRecordError`."""


class UnreadableRecordError(ValueError):
    """A record without what every record needs; knows the id if that is readable."""

    def __init__(self, cause: str, record_id: int | None = None) -> None:
        """Tell the `cause` in a few words."""
        super().__init__(cause)
        self.record_id = record_id


class DecodeError(ValueError):
    """A body that is no answer of the API; the message is the cause in a few words."""


class DecodedPage(NamedTuple, Generic[T]):
    """One page of a list, read as far as it can be."""

    records: tuple[T, ...]
    total: int
    """How long the whole list is, by the server's count."""
    row_count: int
    """How many rows the page had, those that cannot be read included."""
    unreadable_ids: tuple[int, ...]
    unnamed_count: int
    """Rows that cannot be read and do not even have an id."""


def decode_page(body: bytes, decode: Decoder[T]) -> DecodedPage[T]:
    """Read a list answer; raises `DecodeError` for any other body."""
    answer = parse_json(body)
    if not isinstance(answer, dict):
        raise DecodeError("a list answer should be an object")
    rows = answer.get("results")
    if not isinstance(rows, list):
        raise DecodeError("a list answer should have a list of results")
    total = fields.whole_number(answer.get("count"))
    if total is None or total > MAX_ROWS:
        raise DecodeError("a list answer should have a count that makes sense")
    records: list[T] = []
    unreadable_ids: list[int] = []
    unnamed_count = 0
    for row in rows:
        try:
            records.append(decode(row))
        except UnreadableRecordError as error:
            if error.record_id is None:
                unnamed_count += 1
            else:
                unreadable_ids.append(error.record_id)
    return DecodedPage(
        tuple(records), total, len(rows), tuple(unreadable_ids), unnamed_count
    )


def parse_json(body: bytes) -> object:
    """The value that `body` holds; raises `DecodeError` if it is no JSON."""
    try:
        parsed: object = json.loads(
            body.decode("utf-8-sig"), parse_constant=_refuse_constant
        )
    except RecursionError:
        # Not chained: its traceback is a thousand frames deep.
        raise DecodeError("JSON nested too deeply") from None
    except UnicodeDecodeError as error:
        raise DecodeError("not UTF-8") from error
    except ValueError as error:
        raise DecodeError("not valid JSON") from error
    return parsed


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def decode_category(value: object) -> Category:
    """A category; raises `UnreadableRecordError`."""
    record, record_id, slug = _record(value)
    title = fields.title(record.get("title"), fallback=slug)
    return Category(
        id=record_id,
        slug=slug,
        title=title,
        title_plural=fields.title(record.get("title_plural"), fallback=title),
        description=fields.line(record.get("description")),
    )


def decode_grid(value: object) -> Grid:
    """A grid; raises `UnreadableRecordError`."""
    record, record_id, slug = _record(value)
    return Grid(
        id=record_id,
        slug=slug,
        title=fields.title(record.get("title"), fallback=slug),
        description=fields.paragraphs(record.get("description")),
        package_ids=fields.linked_ids(record.get("packages")),
    )


def decode_package(value: object) -> Package:
    """A package; raises `UnreadableRecordError`."""
    record, record_id, slug = _record(value)
    last_commit_at = fields.moment(record.get("last_updated"))
    stars = fields.whole_number(record.get("repo_watchers"))
    forks = fields.whole_number(record.get("repo_forks"))
    contributors = fields.contributors(record.get("participants"))
    if last_commit_at is None:
        # The site never looked at the repository: its nothings are mere defaults.
        stars, forks, contributors = stars or None, forks or None, contributors or None
    return Package(
        id=record_id,
        slug=slug,
        title=fields.title(record.get("title"), fallback=slug),
        description=fields.line(record.get("repo_description")),
        category_id=fields.linked_id(record.get("category")),
        grid_ids=fields.linked_ids(record.get("grids")),
        stars=stars,
        forks=forks,
        contributors=contributors,
        commits_52w=fields.weekly_commits(record.get("commits_over_52")),
        last_commit_at=last_commit_at,
        fetched_at=fields.moment(record.get("last_fetched")),
        added_at=fields.moment(record.get("created")),
        pypi_name=fields.pypi_name(record.get("pypi_url")),
        pypi_version=fields.version(record.get("pypi_version")),
        repo_url=fields.web_url(record.get("repo_url")),
        documentation_url=fields.web_url(record.get("documentation_url")),
    )


def _record(value: object) -> tuple[Mapping[str, Any], int, str]:
    if not isinstance(value, dict):
        raise UnreadableRecordError("not an object")
    record_id = fields.record_id(value.get("id"))
    if record_id is None:
        raise UnreadableRecordError("without an id")
    slug = fields.slug(value.get("slug"))
    if slug is None:
        raise UnreadableRecordError("without a slug", record_id)
    return value, record_id, slug
