"""A line to type in, made for slow lines: what is typed in a burst is told once."""

import asyncio
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from pkgtui.domain.filters import MAX_LINE_CHARS
from pkgtui.keys import Scope
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.key_queue import TEXT_CLASS

BURST_S = 0.001
"""Letters that follow each other this closely are one text: a paste, a key held down
on a machine that lags."""


class LineInput(Input):
    """Textual's line without frame, blinking cursor, and a layout at each letter."""

    # The text is as wide as it is; the line stays where it is all the same. Textual
    # would lay out the whole screen again.
    virtual_size = Reactive(Size(0, 0))

    class Typed(Message):
        """The text is another one now."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def __init__(
        self,
        text: str = "",
        hint: str = "",
        *,
        max_length: int = 0,
        selects_on_focus: bool = True,
        id: str | None = None,
    ) -> None:
        """Begin with `text`; `max_length` is in characters, 0 for no limit."""
        super().__init__(
            text,
            placeholder=hint,
            compact=True,
            max_length=max_length,
            select_on_focus=selects_on_focus,
            id=id,
            classes=TEXT_CLASS,
        )
        # A blinking cursor writes 2 kB a second, for ever.
        self.cursor_blink = False
        self._burst: asyncio.TimerHandle | None = None

    @on(Input.Changed)
    def await_the_rest(self, event: Input.Changed) -> None:
        """Tell of the text once the burst is over."""
        event.stop()
        if self._burst is None:
            # A timer of Textual's is a task of its own, and costs as much as a line.
            loop = asyncio.get_running_loop()
            self._burst = loop.call_later(BURST_S, self.tell_now)

    def tell_now(self) -> None:
        """Tell of what was typed and not told yet."""
        if self._burst is not None:
            self._burst.cancel()
            self._burst = None
            self.post_message(self.Typed(self.value))


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
