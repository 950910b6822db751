"""All keys on one page, made from the table of keys."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pkgtui.key_names import key_name
from pkgtui.keys import Scope
from pkgtui.text import cell_width, truncate, wrap
from pkgtui.tui.bindings import active_keys
from pkgtui.tui.dialogs.base import Dialog
from pkgtui.tui.widgets.document_view import Document, DocumentView
from pkgtui.tui.widgets.line_widget import Line

KEYS_WIDTH = 19


def help_document(width: int) -> Document:
    """Every key with what it does, in `width` cells."""
    lines: list[Line] = []
    for scope in Scope:
        if lines:
            lines.append(())
        lines.append(((f"Keys: {scope}", "heading"),))
        for key in active_keys(scope):
            names = " ".join(key_name(name) for name in key.keys)
            texts = wrap(key.help, max(10, width - KEYS_WIDTH))
            if cell_width(names) < KEYS_WIDTH:
                first = (names.ljust(KEYS_WIDTH), "title"), (texts[0], "")
                lines.append(first)
                texts = texts[1:]
            else:
                lines.append(((truncate(names, width), "title"),))
            lines += [((" " * KEYS_WIDTH + text, ""),) for text in texts]
    return Document(tuple(lines))


class HelpDialog(Dialog[None]):
    """The keys; any way back leads out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "dismiss", "back", show=False),
        # With the ids of the actions whose keys these are: they change with them.
        Binding("q", "dismiss", "back", show=False, id="app.quit"),
        Binding("question_mark", "dismiss", "back", show=False, id="app.help"),
    ]

    def compose(self) -> ComposeResult:
        """The page."""
        yield DocumentView(id="help-text")

    def on_mount(self) -> None:
        """Fill it."""
        text = self.query_one(DocumentView)
        text.show(lambda width, _target: help_document(width))
        text.focus()
