"""What lies over a screen: as tall as it must be, and closer where rows are few."""

from typing import ClassVar

from textual.screen import ModalScreen, ScreenResultType

from pkgtui.tui.errors import ReportsStoreErrors
from pkgtui.tui.widgets.line_widget import SPAN_CLASSES

SPACIOUS_FROM = 20
"""Rows of the terminal from which there are blank lines between parts."""


class Dialog(ReportsStoreErrors, ModalScreen[ScreenResultType]):
    """The base of all dialogs."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*SPAN_CLASSES}
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it so
        (0, "-close"),
        (SPACIOUS_FROM, "-spacious"),
    ]
