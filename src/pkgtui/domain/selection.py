"""Which packages a list shows: the choice that panes make and the store answers."""

from typing import NamedTuple


class Selection(NamedTuple):
    """Conditions that all hold; the empty selection is the whole catalogue."""

    category_id: int | None = None
    grid_id: int | None = None
    contributor: str | None = None
    """Only packages that this person works on (compared without case)."""
    text: str = ""
    """Every word must be part of the title, the slug or the PyPI name."""
    is_active_only: bool = False
    """Only packages in the band ``active`` (see `pkgtui.domain.activity`)."""
