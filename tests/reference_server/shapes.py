"""What the API's records look like: fields in order, links, times."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

Record = dict[str, Any]
"""One JSON object of the API."""

BASE_URL = "https://djangopackages.org/api/v4/"
"""The base of links where nothing else is told."""

NEW_YORK = ZoneInfo("America/New_York")
"""The time zone of all the site's times."""

PACKAGE_FIELDS = (
    "category",
    "grids",
    "id",
    "title",
    "slug",
    "last_updated",
    "last_fetched",
    "repo_url",
    "pypi_version",
    "created",
    "modified",
    "repo_forks",
    "repo_description",
    "pypi_url",
    "documentation_url",
    "repo_watchers",
    "commits_over_52",
    "participants",
)
"""A package's fields, in the order they are printed."""

GRID_FIELDS = (
    "id",
    "title",
    "slug",
    "description",
    "is_locked",
    "packages",
    "header",
    "created",
    "modified",
)
"""A grid's fields, in the order they are printed."""

CATEGORY_FIELDS = (
    "id",
    "title",
    "slug",
    "description",
    "title_plural",
    "show_pypi",
    "created",
    "modified",
)
"""A category's fields, in the order they are printed."""

SEARCH_FIELDS = (
    "description",
    "title",
    "title_no_prefix",
    "slug_no_prefix",
    "clean_title",
    "absolute_url",
    "created",
    "modified",
    "weight",
    "item_type",
    "slug",
    "category",
    "repo_watchers",
    "repo_forks",
    "pypi_downloads",
    "score",
    "usage",
    "participants",
    "last_committed",
    "last_released",
)
"""A search hit's fields, in the order they are printed."""

_ID = re.compile(r"/(?P<id>\d+)/?(?:\?.*)?$")


def link(base_url: str, resource: str, number: int) -> str:
    """Return the link to a record; ``base_url`` ends with a slash."""
    return f"{base_url}{resource}/{number}/"


def id_of(value: str | int) -> int:
    """Return the id at the end of a link, or an id as it is.

    Raises:
        ValueError: where the link ends in no id.
    """
    if isinstance(value, int):
        return value
    found = _ID.search(value)
    if found is None:
        raise ValueError(value)
    return int(found["id"])


def timestamp(moment: datetime) -> str:
    """Print a time as the site does: in New York, microseconds unless zero."""
    # By way of UTC, because sums of New York times can lie in an hour that the
    # change to daylight saving time leaves out.
    return moment.astimezone(UTC).astimezone(NEW_YORK).isoformat()
