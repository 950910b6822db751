"""Plain text that wraps: what went wrong, what is needed."""

from textual.widgets import Static

from pkgtui.text import as_drawn
from pkgtui.tui.widgets.line_widget import SpanWidget


class Sentence(Static):
    """Shows what it is told as it stands: no markup, ASCII where all is."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def tell(self, text: str) -> None:
        """Show `text` instead."""
        self.update(as_drawn(text, is_ascii=SpanWidget.is_ascii))
