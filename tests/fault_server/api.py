"""A small valid API, for faults to strike in the middle of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from tests.fault_server.replies import Reply, html_reply, json_reply
from tests.fault_server.request import Request
from tests.reference_server.catalog import Catalog, generate_catalog

Page = dict[str, Any]
"""A list answer."""

RESOURCES = ("packages", "search", "grids", "categories")
"""What the root lists."""


class GoodApi:
    """A script that answers as the site does, from a catalog in memory.

    Attributes:
        catalog: what it answers from; a test may change its lists.
    """

    def __init__(self, catalog: Catalog | None = None) -> None:
        """Answer from a catalog, or from a generated one of 60 packages."""
        if catalog is None:
            catalog = generate_catalog(60, 8, hostile=False)
        self.catalog = catalog

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        if request.method not in ("GET", "HEAD"):
            return _detail(f'Method "{request.method}" not allowed.', 405)
        resource, _, key = request.resource.rstrip("/").partition("/")
        if resource == "":
            return json_reply(
                {name: f"{request.base_url}{name}/" for name in RESOURCES}
            )
        if resource == "search":
            return json_reply(self._search(request.query.get("q", "")))
        if resource not in RESOURCES or not request.path.endswith("/"):
            return html_reply(404, title="Page not found")
        if not key:
            return json_reply(self.page(request))
        return self._record(request, resource, key)

    def page(self, request: Request, *, offset: int | None = None) -> Page:
        """Return the list answer to a request, or that at another offset."""
        records = self._records(request, request.resource.rstrip("/"))
        limit = request.natural("limit", 20) or 20
        start = request.natural("offset", 0) if offset is None else max(0, offset)
        return {
            "count": len(records),
            "next": (
                page_link(request, limit, start + limit)
                if start + limit < len(records)
                else None
            ),
            "previous": (
                page_link(request, limit, max(0, start - limit)) if start else None
            ),
            "results": records[start : start + limit],
        }

    def _records(self, request: Request, resource: str) -> list[Any]:
        catalog = self.catalog.rebased(request.base_url)
        records: list[Any] = getattr(catalog, resource)
        return records

    def _record(self, request: Request, resource: str, key: str) -> Reply:
        field = "id" if key.isdigit() else "slug"
        if (resource, field) == ("categories", "slug"):
            return _detail("Not found.", 404)
        for record in self._records(request, resource):
            if str(record[field]) == key:
                return json_reply(record)
        name = {"packages": "Package", "grids": "Grid", "categories": "Category"}
        return _detail(f"No {name[resource]} matches the given query.", 404)

    def _search(self, text: str) -> list[Any]:
        kinds: Iterable[tuple[str, str, list[Any]]] = (
            ("package", "/packages/p", self.catalog.packages),
            ("grid", "/grids/g", self.catalog.grids),
        )
        return [
            {
                "title": record["title"],
                "absolute_url": f"{path}/{record['slug']}/",
                "item_type": kind,
                "slug": record["slug"],
            }
            for kind, path, records in kinds
            for record in records
            if text.lower() in record["title"].lower()
        ][:20]


def page_link(request: Request, limit: int, offset: int) -> str:
    """Return the link to a page of the list that was asked for."""
    query = urlencode({"limit": limit} | ({"offset": offset} if offset else {}))
    return f"{request.base_url}{request.resource}?{query}"


def _detail(text: str, status: int) -> Reply:
    return json_reply({"detail": text}, status)
