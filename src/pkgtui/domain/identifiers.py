"""What a person types or pastes to name a package or a grid, taken apart.

Forms: a slug, an id, ``package:40`` and ``grid:41``, a web or API address of Django
Packages, a PyPI name. Nothing is looked up here; the store decides what exists.
"""

import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit, urlunsplit

# Plain strings: `re` compiles (and keeps) them when an address is met, not at start.
_KIND_AND_ID = r"(package|grid):([0-9]{1,18})$"
_PACKAGE_PAGE = r"/packages/p/([^/]+)/?$"
_GRID_PAGE = r"/grids/g/([^/]+)/?"
_API_RECORD = r"/api/v[0-9]+/(package|grid)s/([^/]+)/?$"


class RecordKind(StrEnum):
    """What a target names."""

    PACKAGE = "package"
    GRID = "grid"


class Target(NamedTuple):
    """What was asked for, before it is known to exist."""

    text: str
    """The slug, name or digits to look up."""
    kind: RecordKind | None
    """None where the text alone does not tell."""
    is_id: bool = False
    """Whether only an id is meant (``package:40``)."""

    @property
    def id(self) -> int | None:
        """The number that the text is, if it is one; a slug may be made of digits."""
        if self.text.isascii() and self.text.isdigit() and len(self.text) <= 18:
            return int(self.text)
        return None


def parse_target(text: str) -> Target:
    """Take apart what names a package or a grid; never fails."""
    text = text.strip()
    if ":" in text and (match := re.match(_KIND_AND_ID, text)):
        return Target(match[2], RecordKind(match[1]), is_id=True)
    if "/" in text:
        try:
            path = urlsplit(text).path
        except ValueError:
            path = ""
        if match := re.search(_PACKAGE_PAGE, path):
            return Target(unquote(match[1]), RecordKind.PACKAGE)
        if match := re.search(_GRID_PAGE, path):
            return Target(unquote(match[1]), RecordKind.GRID)
        if match := re.search(_API_RECORD, path):
            # The API reads digits as an id, even where a slug is made of them.
            return Target(
                unquote(match[2]), RecordKind(match[1]), is_id=match[2].isdecimal()
            )
    return Target(text, None)


def normalize_pypi_name(name: str) -> str:
    """The form under which PyPI compares names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def repository_key(url: str) -> str | None:
    """``host/path`` of a repository address, for comparing two spellings of one.

    Scheme, ``www.``, a trailing slash, ``.git``, query and case are dropped, and
    ``git@host:path`` is one too; None for what is not an address with host and path.
    """
    url = url.strip()
    if url.startswith("git@"):
        url = "ssh://" + url.replace(":", "/", 1)
    key = address_key(url)
    return key if key is not None and "/" in key else None


def address_key(url: str) -> str | None:
    """``host/path`` of any address like `repository_key`, or ``host`` alone."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if not host:
        return None
    path = parts.path.strip("/").removesuffix(".git")
    return f"{host.removeprefix('www.')}/{path}".lower().rstrip("/")


def repository_host_and_owner(url: str | None) -> tuple[str | None, str | None]:
    """Host and first path part of a repository address: ``github.com, awesto``."""
    key = repository_key(url) if url else None
    if key is None:
        return None, None
    host, _, path = key.partition("/")
    owner = path.split("/")[0]
    return host, owner or None


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
