"""Lists that lie about themselves: scripts around a good API.

Each takes a ``GoodApi``, changes its answers about packages, and leaves the others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fault_server import wrong
from tests.fault_server.api import GoodApi, Page, page_link
from tests.fault_server.replies import Reply, json_reply
from tests.fault_server.request import Request
from tests.fault_server.scripts import Script

LIST = "packages/"
"""The list whose pages are changed."""


def altered(good: GoodApi, change: Callable[[Request, Page], Any]) -> Script:
    """Return a script that sends what ``change`` makes of each page of packages.

    The page is the change's own to alter, its records are not: it replaces them.
    """

    def script(request: Request) -> Reply:
        if request.resource != LIST:
            return good(request)
        return json_reply(change(request, good.page(request)))

    return script


def repeating(good: GoodApi) -> Script:
    """Every page holds the first page's records, and links on as a good one does."""

    def change(request: Request, page: Page) -> Page:
        return page | {"results": good.page(request, offset=0)["results"]}

    return altered(good, change)


def stuck(good: GoodApi) -> Script:
    """Every page is the first, and names itself as the next one."""

    def change(request: Request, _page: Page) -> Page:
        first = good.page(request, offset=0)
        limit = request.natural("limit", 20)
        offset = request.natural("offset", 0)
        return first | {"next": page_link(request, limit, offset)}

    return altered(good, change)


def never_ending(good: GoodApi) -> Script:
    """Pages for ever, each of packages never seen, with a count that grows along."""

    def change(request: Request, page: Page) -> Page:
        limit = request.natural("limit", 20)
        offset = request.natural("offset", 0)
        model = good.page(request, offset=0)["results"][0]
        results = [
            model | {"id": number, "slug": f"endless-{number}"}
            for number in range(offset + 1, offset + limit + 1)
        ]
        following = page_link(request, limit, offset + limit)
        count = offset + 2 * limit
        return page | {"count": count, "next": following, "results": results}

    return altered(good, change)


def empty_for_ever(good: GoodApi) -> Script:
    """Pages for ever, with nothing on them."""

    def change(request: Request, page: Page) -> Page:
        limit = request.natural("limit", 20)
        offset = request.natural("offset", 0)
        return page | {"next": page_link(request, limit, offset + limit), "results": []}

    return altered(good, change)


def counting(good: GoodApi, count: Callable[[int], Any]) -> Script:
    """Good pages with another count, made from the right one."""
    return altered(good, lambda _, page: page | {"count": count(page["count"])})


def drifting(good: GoodApi, rows: int = 1) -> Script:
    """The list shifts before every page but the first.

    By ``rows`` inserted packages, which repeats as many records, or for a negative
    number by deleted ones, which skips them.
    """
    asked = 0

    def change(request: Request, page: Page) -> Page:
        nonlocal asked
        shift = asked * rows
        asked += 1
        offset = request.natural("offset", 0)
        limit = request.natural("limit", 20)
        count = page["count"] + shift
        more = offset + limit < count
        return page | {
            "count": count,
            "next": page_link(request, limit, offset + limit) if more else None,
            "results": good.page(request, offset=offset - shift)["results"],
        }

    return altered(good, change)


def capped(good: GoodApi, most: int) -> Script:
    """Pages of ``most`` records, however many are asked for."""

    def change(request: Request, page: Page) -> Page:
        offset = request.natural("offset", 0)
        limit = min(most, request.natural("limit", 20))
        more = offset + limit < page["count"]
        return page | {
            "next": page_link(request, limit, offset + limit) if more else None,
            "results": page["results"][:limit],
        }

    return altered(good, change)


def linking_to(good: GoodApi, base_url: str) -> Script:
    """Good pages whose links, ``next`` among them, lead to another base."""

    def change(request: Request, page: Page) -> Any:
        def move(value: Any) -> Any:
            if isinstance(value, str):
                return value.replace(request.base_url, base_url)
            if isinstance(value, list):
                return [move(one) for one in value]
            if isinstance(value, dict):
                return {key: move(one) for key, one in value.items()}
            return value

        return move(page)

    return altered(good, change)


def next_is(good: GoodApi, following: Any) -> Script:
    """Good pages with any value at all for ``next``."""
    return altered(good, lambda _, page: page | {"next": following})


def with_wrong_fields(good: GoodApi, fields: dict[str, Any], index: int = 0) -> Script:
    """Good pages on which one package, counted over all pages, has wrong fields."""

    def change(request: Request, page: Page) -> Page:
        place = index - request.natural("offset", 0)
        results = [
            wrong.with_fields(record, fields) if at == place else record
            for at, record in enumerate(page["results"])
        ]
        return page | {"results": results}

    return altered(good, change)


def with_wrong_record(good: GoodApi, value: Any, index: int = 0) -> Script:
    """Good pages on which one package, counted over all pages, is something else."""

    def change(request: Request, page: Page) -> Page:
        place = index - request.natural("offset", 0)
        results = [
            value if at == place else record
            for at, record in enumerate(page["results"])
        ]
        return page | {"results": results}

    return altered(good, change)
