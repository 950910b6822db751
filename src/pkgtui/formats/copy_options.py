"""What can be taken along of a package or a grid: texts to copy, addresses to open.

Each has a letter of its own, the same for every package, so that hands learn it.
"""

import re
from typing import NamedTuple

from pkgtui.domain.facts import pypi_url
from pkgtui.domain.models import GridSummary
from pkgtui.formats.package_text import PackagePage, package_text
from pkgtui.formats.style import TextStyle
from pkgtui.formats.tables import markdown_cell

FACTS_WIDTH = 80
_PYPI_NAME = r"(?i)[a-z0-9]([a-z0-9._-]*[a-z0-9])?"
"""A name as PEP 508 has it: nothing that a shell would take for more than a word."""


class CopyOption(NamedTuple):
    """One thing to copy or to open."""

    letter: str
    label: str
    text: str
    """What is copied, whole; an address if it is one to open."""


def package_copies(page: PackagePage) -> list[CopyOption]:
    """What can be copied of a package; what it has not is not offered."""
    package, web_url = page.detail.package, page.web_url
    name = package.pypi_name or ""
    is_name = re.fullmatch(_PYPI_NAME, name) is not None
    choices = [
        CopyOption("s", "slug", package.slug),
        CopyOption("p", "pip", f"pip install {name}" if is_name else ""),
        CopyOption("u", "uv", f"uv add {name}" if is_name else ""),
        CopyOption("t", "poetry", f"poetry add {name}" if is_name else ""),
        CopyOption("r", "repository", package.repo_url or ""),
        CopyOption("w", "web page", web_url),
        CopyOption("m", "Markdown", _markdown_link(package.title, web_url)),
        CopyOption("f", "facts", _facts(page)),
    ]
    return [choice for choice in choices if choice.text]


def package_addresses(page: PackagePage) -> list[CopyOption]:
    """The addresses of a package, those of the web alone."""
    package = page.detail.package
    choices = [
        CopyOption("r", "repository", package.repo_url or ""),
        CopyOption("p", "PyPI", pypi_url(package.pypi_name) or ""),
        CopyOption("d", "documentation", package.documentation_url or ""),
        CopyOption("w", "Django Packages", page.web_url),
    ]
    return [choice for choice in choices if is_web_address(choice.text)]


def grid_copies(grid: GridSummary, web_url: str) -> list[CopyOption]:
    """What can be copied of a grid."""
    return [
        CopyOption("s", "slug", grid.slug),
        CopyOption("w", "web page", web_url),
        CopyOption("m", "Markdown", _markdown_link(grid.title, web_url)),
    ]


def grid_addresses(web_url: str) -> list[CopyOption]:
    """The one address of a grid."""
    return [CopyOption("w", "Django Packages", web_url)]


def is_web_address(url: str) -> bool:
    """Whether `url` may be opened: nothing but http and https is."""
    return url.lower().startswith(("http://", "https://"))


def _markdown_link(title: str, url: str) -> str:
    return f"[{markdown_cell(title)}]({url})"


def _facts(page: PackagePage) -> str:
    lines = package_text(page, TextStyle(width=FACTS_WIDTH))
    return "\n".join(line.rstrip() for line in lines) + "\n"
