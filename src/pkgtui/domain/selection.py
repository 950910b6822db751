"""Which packages a list shows: the choice that panes make and the store answers."""

from typing import NamedTuple


class PackageFilter(NamedTuple):
    """Conditions that all hold; the empty selection is the whole catalog."""

    category_id: int | None = None
    grid_id: int | None = None
    contributor: str | None = None
    """Only packages that this person works on (compared without case)."""
    text: str = ""
    """Every word must be part of the title, the slug or the PyPI name."""
    is_active_only: bool = False
    """Only packages in the band ``active`` (see `pkgtui.domain.activity`)."""
    min_stars: int | None = None
    """At least so many stars."""
    active_within_days: int | None = None
    """Only with a commit within so many days, judged on the day of the bands."""
    has_docs: bool | None = None
    """Only with, or only without, documentation; None does not matter."""
    on_pypi: bool | None = None
    """Only with, or only without, a name on PyPI; None does not matter."""
    repo_host: str | None = None
    """Only with a repository on this host: ``github.com``."""


ALL_PACKAGES = PackageFilter()
"""No condition at all."""
