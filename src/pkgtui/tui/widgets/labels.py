"""A line with something at its left and something at its right: headers, the status."""

from textual.strip import Strip
from textual.widgets import Static

from pkgtui.text import as_drawn
from pkgtui.tui.widgets.line_widget import Line, SpanWidget, spread


class OneLine(SpanWidget):
    """One line of text that is cut, never wrapped, and repainted only if it changed."""

    DEFAULT_CSS = "OneLine { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._left: Line = ()
        self._right: Line = ()

    def show(self, left: Line, right: Line = ()) -> None:
        """Draw `left` and `right`, unless that is what stands there already."""
        if (tuple(left), tuple(right)) == (self._left, self._right):
            return
        self._left, self._right = tuple(left), tuple(right)
        self.refresh()

    @property
    def text(self) -> str:
        """What is shown, without styles."""
        return "".join(text for text, _ in (*self._left, ("  ", ""), *self._right))

    def render_line(self, y: int) -> Strip:
        """Draw the line; there is no other."""
        width = self.size.width
        if y:
            return self.strip((), width)
        return self.strip(spread(self._left, self._right, width), width)


class Sentence(Static):
    """Show plain text without markup, in ASCII where the app is."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def tell(self, text: str) -> None:
        """Show `text` instead."""
        self.update(as_drawn(text, is_ascii=SpanWidget.is_ascii))
