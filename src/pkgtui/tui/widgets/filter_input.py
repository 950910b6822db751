"""The line in which a list is narrowed: the list follows each letter."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from pkgtui.keys import Scope
from pkgtui.tui.bindings import bindings_in


class FilterInput(Input):
    """One line of text; escape undoes the narrowing, enter keeps it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.FILTER)]

    class Typed(Message):
        """The text has changed."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    class Closed(Message):
        """The person is done; `is_undone` says that the narrowing goes, too."""

        def __init__(self, is_undone: bool) -> None:
            self.is_undone = is_undone
            super().__init__()

    def __init__(self, text: str, hint: str) -> None:
        # A blinking cursor writes 2 kB a second, for ever.
        super().__init__(text, placeholder=hint, compact=True)
        self.cursor_blink = False

    @on(Input.Changed)
    def tell_text(self, event: Input.Changed) -> None:
        """Hand on what was typed."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_blur(self) -> None:
        """Leave the line when the focus goes elsewhere in the program."""
        if self.app.app_focus:
            self.action_close(is_undone=False)

    def action_close(self, is_undone: bool) -> None:
        """Leave the line."""
        self.post_message(self.Closed(is_undone))
