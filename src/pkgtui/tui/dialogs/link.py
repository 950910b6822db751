"""Shows an address to somebody who sits elsewhere: as a link of the terminal itself."""

from typing import ClassVar
from urllib.parse import quote

from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from pkgtui.tui.dialogs.base import Dialog
from pkgtui.tui.widgets.labels import OneLine, Sentence
from pkgtui.tui.widgets.line_widget import SpanWidget

URL_CHARACTERS = "%/:=&?~#+!$,;'@()*[]"


class TerminalLink(Static):
    """An address that can be selected, and that many terminals open on a click."""

    def __init__(self, url: str, *, id: str) -> None:
        """Show `url`, whole, on as many lines as it takes."""
        # OSC 8 takes printable ASCII alone.
        written = quote(url, safe=URL_CHARACTERS)
        super().__init__(Content(written if SpanWidget.is_ascii else url), id=id)
        # One style, and so one id: the lines of an address are one link.
        self._link = Style(link=written)

    def render_line(self, y: int) -> Strip:
        """A line of the address, each of its characters a link."""
        return super().render_line(y).apply_style(self._link)


class LinkDialog(Dialog[None]):
    """An address, what was done with it, and how to go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,q,enter,o", "dismiss", show=False)
    ]

    def __init__(self, url: str, reason: str, sentence: str) -> None:
        """Show `url`: `reason` is why nothing was opened, `sentence` what was done."""
        super().__init__()
        self._reason, self._sentence = reason, sentence
        self.header = OneLine()
        self.link = TerminalLink(url, id="address-link")
        self.words = Sentence(id="address-words")
        self.note = OneLine()

    def compose(self) -> ComposeResult:
        """Title, address, words."""
        with Vertical(id="address"):
            yield self.header
            yield self.link
            yield self.words
            yield self.note

    def on_mount(self) -> None:
        """Fill the lines."""
        self.header.show((("Open this link on your own machine", "heading-focus"),))
        self.words.tell(f"{self._reason} {self._sentence}")
        self.note.show((("esc cancel", "dim"),))
