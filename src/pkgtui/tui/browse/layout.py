"""How the panes of the browse screen stand: by width, by zoom, by where the focus is.

From 140 columns on all panes stand side by side, from 90 on the package stands below
the packages, and under 90 one thing is shown at a time, with the way to it on top.
"""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from pkgtui.tui.bindings import hint
from pkgtui.tui.browse.navigation import Level
from pkgtui.tui.browse.panes.names_pane import NamesPane
from pkgtui.tui.browse.panes.package_pane import PackagePane
from pkgtui.tui.browse.panes.packages_pane import PackagesPane
from pkgtui.tui.browse.panes.pane import Pane
from pkgtui.tui.errors import ReportsStoreErrors
from pkgtui.tui.widgets.containers import (
    Positioned,
    PositionedContainer,
    PositionedHorizontal,
    PositionedVertical,
)
from pkgtui.tui.widgets.labels import OneLine, Sentence
from pkgtui.tui.widgets.line_widget import SPAN_CLASSES

MEDIUM_FROM, WIDE_FROM = 90, 140
MINIMUM_WIDTH, MINIMUM_HEIGHT = 40, 12


class BrowseLayout(ReportsStoreErrors, Positioned, Screen[None]):
    """Composes the panes, shows those that have room, and keeps the focus in view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*SPAN_CLASSES}

    # Widgets paint a change of focus themselves; Textual would paint the whole screen.
    focused = Reactive[Widget | None](None, repaint=False)
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-narrow"),
        (MEDIUM_FROM, "-medium"),
        (WIDE_FROM, "-wide"),
    ]

    def __init__(self, packages: PackagesPane) -> None:
        super().__init__()
        self.categories = NamesPane("Categories", id="categories")
        self.grids = NamesPane("Grids", id="grids")
        self.packages = packages
        self.package = PackagePane(id="package")
        self.navigation = PositionedVertical(
            self.categories, self.grids, id="navigation"
        )
        self.message = Sentence(id="message")
        self.status = OneLine(id="status")
        self.too_small = Sentence(id="too-small")
        self.level = Level.NAVIGATION
        self.is_zoomed = False
        self._is_shown = False
        self._last_navigation = self.categories

    def compose(self) -> ComposeResult:
        """The panes, a message where there is one, and the status line."""
        # Laid out for the width at once: Textual sets the class after a paint.
        width = self.app.size.width
        names = [name for least, name in self.HORIZONTAL_BREAKPOINTS if least <= width]
        self.add_class(names[-1], update=False)
        content = PositionedContainer(self.packages, self.package, id="content")
        yield PositionedHorizontal(self.navigation, content, id="body")
        yield self.message
        yield self.status
        yield self.too_small

    @property
    def panes(self) -> tuple[Pane, ...]:
        """In the order of tab and of the number keys."""
        return (self.categories, self.grids, self.packages, self.package)

    @property
    def is_single(self) -> bool:
        """Whether one thing is shown at a time."""
        return self.is_zoomed or self.size.width < MEDIUM_FROM

    @property
    def focused_pane(self) -> Pane:
        """The pane that has the focus, or had it last."""
        node = self.focused
        for pane in self.panes:
            if node is not None and (node is pane or pane in node.ancestors):
                return pane
        return self._pane_of(self.level)

    @property
    def is_filtering(self) -> bool:
        """Whether one types to narrow a list."""
        return self.focused is not None and self.focused is not self.focused_pane.body

    def level_of(self, pane: Pane) -> Level:
        """How deep a pane is."""
        if pane is self.package:
            return Level.PACKAGE
        return Level.PACKAGES if pane is self.packages else Level.NAVIGATION

    def _pane_of(self, level: Level) -> Pane:
        if level is Level.NAVIGATION:
            return self._last_navigation
        return self.packages if level is Level.PACKAGES else self.package

    def go_to_pane(self, pane: Pane) -> None:
        """Show `pane`, and put the focus into it."""
        self.level = self.level_of(pane)
        if isinstance(pane, NamesPane):
            self._last_navigation = pane
        self.arrange_panes()
        pane.body.focus()

    def go_to_level(self, level: Level) -> None:
        """Show the pane of `level`: for navigation, the one that was used last."""
        self.go_to_pane(self._pane_of(level))

    def on_descendant_focus(self) -> None:
        """Follow a focus that came by mouse or by Textual itself."""
        pane = self.focused_pane
        self.level = self.level_of(pane)
        if isinstance(pane, NamesPane):
            self._last_navigation = pane
        self.show_status()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Be styled once at the start: Textual would do it again before it paints."""
        event.refresh_styles = self._is_shown
        self._is_shown = True

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the new size."""
        width, height = event.size
        is_too_small = width < MINIMUM_WIDTH or height < MINIMUM_HEIGHT
        self.too_small.display = is_too_small
        if is_too_small:
            self.too_small.tell(
                f"pkgtui needs {MINIMUM_WIDTH} columns and {MINIMUM_HEIGHT} rows; "
                f"this is {width} by {height}. Make the window larger; "
                f"{hint('app.quit')} quits."
            )
        self.arrange_panes()
        self.show_status()

    def arrange_panes(self) -> None:
        """Show the panes that have room."""
        is_single = self.is_single
        for part, level in (
            (self.navigation, Level.NAVIGATION),
            (self.packages, Level.PACKAGES),
            (self.package, Level.PACKAGE),
        ):
            part.display = not is_single or level is self.level
        content = self.packages.parent
        assert isinstance(content, PositionedContainer)
        content.display = not is_single or self.level is not Level.NAVIGATION
        self.set_class(is_single, "-single")

    def toggle_zoom(self) -> None:
        """Give the focused pane the whole screen, or the others their place back."""
        self.is_zoomed = not self.is_zoomed
        self.arrange_panes()

    def show_status(self) -> None:
        """Write the status line; the browse screen says what."""
