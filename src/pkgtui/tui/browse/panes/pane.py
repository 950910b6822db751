"""What all panes are: a header that tells the focus, a body, a line to narrow it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from pkgtui.tui.errors import ReportsStoreErrors
from pkgtui.tui.widgets.containers import Positioned
from pkgtui.tui.widgets.labels import OneLine
from pkgtui.tui.widgets.line_widget import Line, Span
from pkgtui.tui.widgets.viewport import Viewport

if TYPE_CHECKING:
    from pkgtui.tui.widgets.inputs import FilterInput

ROOMY_FROM = 60
"""From this width on a header has room for whole words."""


class Pane(ReportsStoreErrors, Positioned, Vertical):
    """A titled part of a screen around one widget that takes the focus."""

    FILTER_HINT: ClassVar = "type to filter"
    """What stands in the empty line to type in."""

    class FilterChanged(Message):
        """The person narrows the body to what has `text` in it."""

        def __init__(self, pane: "Pane", text: str) -> None:
            self.pane = pane
            self.text = text
            super().__init__()

    def __init__(self, title: str, body: Viewport, *, id: str) -> None:
        super().__init__(id=id)
        self.title = title
        self.body = body
        self.header = OneLine()
        self.filter_text = ""
        self.way: tuple[str, ...] = ()
        """Where one came from, told instead of the title where panes stand alone."""
        self._filter_input: FilterInput | None = None
        self._subject = ""
        self._right: Line = ()

    def compose(self) -> ComposeResult:
        """Header, then what a subclass puts between, then the body."""
        yield self.header
        yield from self.between()
        yield self.body

    def between(self) -> Iterator[OneLine]:
        """Lines between the header and the body."""
        yield from ()

    def show_header(self, subject: str = "", right: Line = ()) -> None:
        """Write the title, its subject, and the narrowing in force."""
        parts = (*self.way, subject) if self.way else (self.title, subject)
        if self.filter_text and self.size.width < ROOMY_FROM:
            parts = (subject or self.title,)
        separator = " › " if self.way else " · "
        style = "heading-focus" if self.has_focus_within else "heading"
        self._subject, self._right = subject, right
        left: list[Span] = [(separator.join(filter(None, parts)), style)]
        if self.filter_text:
            left.append((f" · {self.narrowing}", "mark"))
        self.header.show(left, right)

    @property
    def narrowing(self) -> str:
        """What the pane is narrowed by, in words."""
        return f"with '{self.filter_text}'"

    def show_way(self, way: tuple[str, ...]) -> None:
        """Tell `way` instead of the title; nothing for the title."""
        if way != self.way:
            self.way = way
            self.show_header(self._subject, self._right)

    def on_descendant_focus(self) -> None:
        """Let the title tell that the focus is here."""
        self.show_header(self._subject, self._right)

    def on_descendant_blur(self) -> None:
        """Let the title tell that the focus has gone."""
        self.show_header(self._subject, self._right)

    # Narrowing

    async def open_filter(self) -> None:
        """Show the line to type in, and put the focus there."""
        # Input is imported when it is first needed: it costs time before first paint.
        from pkgtui.tui.widgets.inputs import FilterInput

        if self._filter_input is None:
            self._filter_input = FilterInput(self.filter_text, self.FILTER_HINT)
            await self.mount(self._filter_input, after=self.header)
        self._filter_input.focus()

    def undo_filter(self) -> bool:
        """Take the narrowing back; whether there was any."""
        if not self.filter_text:
            return False
        self._narrow("")
        return True

    def _narrow(self, text: str) -> None:
        self.filter_text = text
        self.post_message(self.FilterChanged(self, text))

    async def on_line_input_typed(self, event: "FilterInput.Typed") -> None:
        """Narrow by what was typed."""
        event.stop()
        if event.text != self.filter_text:
            self._narrow(event.text)

    async def on_filter_input_closed(self, event: "FilterInput.Closed") -> None:
        """Give the focus back to the body, with or without the narrowing."""
        event.stop()
        if event.is_undone:
            self.undo_filter()
        if self._filter_input is not None:
            filter_input, self._filter_input = self._filter_input, None
            if filter_input.has_focus:
                self.body.focus()
            await filter_input.remove()
