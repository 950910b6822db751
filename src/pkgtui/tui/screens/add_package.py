"""Asks for a package by a part of its name."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from pkgtui.catalog import Catalog
from pkgtui.domain.models import PackageRow
from pkgtui.domain.selection import Selection
from pkgtui.domain.sorting import Sort, SortKey
from pkgtui.tui.panes.package_table import PackageTable
from pkgtui.tui.widgets.line_list import LineList


class AddPackageScreen(ModalScreen[int | None]):
    """The result is the id of a package, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", show=False),
        Binding("down", "step(1)", "down", show=False, priority=True),
        Binding("up", "step(-1)", "up", show=False, priority=True),
    ]

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self.table = PackageTable(catalog.now, id="add-matches")

    def compose(self) -> ComposeResult:
        """A line to type in, and what matches."""
        field = Input(placeholder="add a package: part of its name", compact=True)
        field.cursor_blink = False
        with Vertical(id="add-package"):
            yield field
            yield self.table

    def on_mount(self) -> None:
        """Offer the best known ones first."""
        self.match("")
        self.query_one(Input).focus()

    def match(self, text: str) -> None:
        """Show the packages that have every word of `text` in their names."""
        rows = self._catalog.packages(Selection(text=text), Sort(SortKey.STARS))
        self.table.set_empty_lines(f"No package has '{text}' in its name.")
        self.table.set_rows(rows)

    @on(Input.Changed)
    def match_typed(self, event: Input.Changed) -> None:
        """Follow what is typed."""
        event.stop()
        self.match(event.value)

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def choose(self) -> None:
        """Give the package under the cursor."""
        row: PackageRow | None = self.table.current
        if row is not None:
            self.dismiss(row.id)

    def action_step(self, step: int) -> None:
        """Move the cursor while the focus stays on the line."""
        self.table.move_to(self.table.cursor + step)
