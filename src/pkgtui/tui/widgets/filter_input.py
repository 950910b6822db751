"""The line in which a list is narrowed: the list follows what is typed."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from pkgtui.domain.filters import MAX_LINE_CHARS
from pkgtui.keys import Scope
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.widgets.line_input import LineInput


class FilterInput(LineInput):
    """One line of text; escape undoes the narrowing, enter keeps it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.FILTER)]

    class Closed(Message):
        """The person is done; `is_undone` says that the narrowing goes, too."""

        def __init__(self, is_undone: bool) -> None:
            self.is_undone = is_undone
            super().__init__()

    def __init__(self, text: str, hint: str) -> None:
        """Begin with `text`."""
        super().__init__(text, hint, max_length=MAX_LINE_CHARS)

    def on_blur(self) -> None:
        """Leave the line when the focus goes elsewhere in the program."""
        if self.app.app_focus:
            self.action_close(is_undone=False)

    def action_close(self, is_undone: bool) -> None:
        """Leave the line."""
        self.tell_now()
        self.post_message(self.Closed(is_undone))
