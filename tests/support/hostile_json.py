"""Hypothesis strategies: catalogs as JSON, well formed, with anything inside.

Records have the shape of the API, so that most get through to what shows them, but any
field may hold hostile text or no text at all.
"""

import json
from typing import Any, NamedTuple

from hypothesis import strategies as st

from pkgtui.domain.models import Category, Grid, Package
from pkgtui.sources.djangopackages.decode import (
    decode_category,
    decode_grid,
    decode_package,
    decode_page,
)
from tests.reference_server import hostile

API = "https://djangopackages.org/api/v4"
MAX_INTEGER = 2**63 - 1

PIECES = (
    *hostile.TITLES,
    *hostile.NAMES,
    *("\x00", "\ud800", "\udc00\ud800", "\x1b", "\x1b[", "\x1b]0;x", "\x9b1m"),
    *("\u200d", "\ufe0f", "\u200b", "\u0301", "\u3164", "\U000e0041", "\ufdd0"),
    *("|", "\\", "\\|", '"', "'", ",", ";", "\r\n", "\t", "`", "``", "<", ">", "$"),
    *("=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\ufe66cmd", "\uff5c", "\uff0c"),
    *("\uff02", "https://example.org/a", "javascript:alert(1)", "file:///etc/passwd"),
    *("…", "★", "–", "~", "\ufdfa", "\u1ee4\u0323", "\U0001242b", "\u200d\u6f22"),
    *("django-", "word ", "a", " "),
)
CHARACTERS = st.characters(exclude_categories=())
"""Any code point, lone surrogates and NUL included."""

texts = st.one_of(
    st.sampled_from(PIECES),
    st.lists(
        st.sampled_from(PIECES) | st.text(CHARACTERS, max_size=10), max_size=5
    ).map("".join),
    st.tuples(st.sampled_from(PIECES), st.sampled_from((40, 700))).map(
        lambda pair: (pair[0] * pair[1])[:6_000]
    ),
)
numbers = st.one_of(
    st.sampled_from((0, 1, 9, 1000, 10**9, MAX_INTEGER, MAX_INTEGER + 1, -1, 10**300)),
    st.integers(),
)
anything = st.recursive(
    st.none()
    | st.booleans()
    | numbers
    | texts
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2)
    ),
    max_leaves=5,
)
moments = st.one_of(
    st.none(),
    st.sampled_from(
        (
            "2026-08-08T12:00:00.123456Z",
            "2026-08-01T00:00:00+05:30",
            "2019-02-15T20:00:57-05:00",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "1969-12-31",
        )
    ),
    st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
)
charts = st.lists(
    st.sampled_from((0, 0, 0, 1, 5, 300, 10**12, MAX_INTEGER)), max_size=53
)
urls = texts.map(lambda text: f"https://example.org/{text}") | texts


def odd(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what is usual; now and then anything at all."""
    return st.integers(0, 9).flatmap(lambda dice: anything if dice == 0 else usual)


def links(kind: str, ids: st.SearchStrategy[int]) -> st.SearchStrategy[list[str]]:
    """Links to some records of `kind`."""
    return st.lists(ids.map(lambda id_: f"{API}/{kind}/{id_}/"), max_size=4)


some_ids = st.integers(1, 6)


def slugs(number: int) -> st.SearchStrategy[Any]:
    """The slug of a record; mostly a plain one."""
    return st.one_of(st.just(f"slug-{number}"), st.just(f"slug-{number}"), texts)


def packages(number: int) -> st.SearchStrategy[dict[str, Any]]:
    """A package's JSON with the id `number`."""
    return st.fixed_dictionaries(
        {"id": st.just(number), "slug": slugs(number)},
        optional={
            "title": odd(texts),
            "category": odd(some_ids.map(lambda id_: f"{API}/categories/{id_}/")),
            "grids": odd(links("grids", some_ids)),
            "repo_description": odd(texts),
            "repo_watchers": odd(numbers),
            "repo_forks": odd(numbers),
            "participants": odd(st.lists(texts, max_size=5) | texts),
            "commits_over_52": odd(charts),
            "last_updated": odd(moments),
            "last_fetched": odd(moments),
            "created": odd(moments),
            "pypi_url": odd(texts),
            "pypi_version": odd(texts),
            "repo_url": odd(urls),
            "documentation_url": odd(urls),
        },
    )


def grids(number: int) -> st.SearchStrategy[dict[str, Any]]:
    """A grid's JSON with the id `number`."""
    return st.fixed_dictionaries(
        {"id": st.just(number), "slug": slugs(number)},
        optional={
            "title": odd(texts),
            "description": odd(texts),
            "packages": odd(links("packages", some_ids)),
        },
    )


def categories(number: int) -> st.SearchStrategy[dict[str, Any]]:
    """A category's JSON with the id `number`."""
    return st.fixed_dictionaries(
        {"id": st.just(number), "slug": slugs(number)},
        optional={
            "title": odd(texts),
            "title_plural": odd(texts),
            "description": odd(texts),
        },
    )


def rows(make: Any, least: int = 0) -> st.SearchStrategy[list[Any]]:
    """The rows of a list answer; now and then one that is no record."""
    return (
        st.integers(least, 5)
        .flatmap(
            lambda count: st.tuples(*(odd(make(number + 1)) for number in range(count)))
        )
        .map(list)
    )


def body(results: list[Any]) -> bytes:
    """A list answer as it comes over the wire."""
    return json.dumps({"count": len(results), "results": results}).encode()


class Lists(NamedTuple):
    """The rows of the three lists of the API."""

    categories: list[Any]
    grids: list[Any]
    packages: list[Any]


lists_of_all = st.builds(Lists, rows(categories), rows(grids), rows(packages, least=1))


class Catalog(NamedTuple):
    """What was read of a whole catalog."""

    categories: tuple[Category, ...]
    grids: tuple[Grid, ...]
    packages: tuple[Package, ...]


def read_catalog(lists: Lists) -> Catalog:
    """Read three lists as the client does, each id once."""

    def unique(records: Any) -> tuple[Any, ...]:
        return tuple({record.id: record for record in records}.values())

    return Catalog(
        unique(decode_page(body(lists.categories), decode_category).records),
        unique(decode_page(body(lists.grids), decode_grid).records),
        unique(decode_page(body(lists.packages), decode_package).records),
    )
