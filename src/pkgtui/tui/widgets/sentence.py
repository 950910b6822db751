"""Plain text that wraps: what went wrong, what is needed."""

from textual.widgets import Static

from pkgtui.text import plain_emoji, to_ascii
from pkgtui.tui.widgets.spans import SpanWidget


class Sentence(Static):
    """Shows what it is told as it stands: no markup, ASCII where all is."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def tell(self, text: str) -> None:
        """Show `text` instead."""
        self.update(to_ascii(text) if SpanWidget.is_ascii else plain_emoji(text))
