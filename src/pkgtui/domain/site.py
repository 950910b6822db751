"""The web site behind an API: its host, and the pages of what the API tells of."""

from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from pkgtui.domain.identifiers import RecordKind

_FOLDERS = {RecordKind.PACKAGE: "packages/p", RecordKind.GRID: "grids/g"}


class Site(NamedTuple):
    """Where the pages are; without the name and password of an API's address."""

    scheme: str
    host: str
    """With the port, if there is one."""
    root: str
    """The path that the site lies below; mostly ""."""

    def page(self, kind: RecordKind, slug: str) -> str:
        """The address of a package's or a grid's page."""
        return self._page(_FOLDERS[kind], slug)

    def category_page(self, slug: str) -> str:
        """The address of a category's page."""
        return self._page("categories", slug)

    def _page(self, folder: str, slug: str) -> str:
        path = f"{self.root}/{folder}/{quote(slug, safe='')}/"
        return urlunsplit((self.scheme, self.host, path, "", ""))


def site_of(api_url: str) -> Site:
    """The site whose API v4 is at `api_url`."""
    parts = urlsplit(api_url)
    root = parts.path.rstrip("/").removesuffix("/api/v4")
    return Site(parts.scheme, parts.netloc.rpartition("@")[2], root)
