"""All keys on one page, made from the table of keys."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pkgtui.keys import Scope, key_name, keys_in
from pkgtui.text import wrap
from pkgtui.tui.screens.dialog import Dialog
from pkgtui.tui.widgets.document import Document, DocumentView
from pkgtui.tui.widgets.spans import Line

KEYS_WIDTH = 19


def help_document(width: int) -> Document:
    """Every key with what it does, in `width` cells."""
    lines: list[Line] = []
    for scope in Scope:
        if lines:
            lines.append(())
        lines.append(((f"Keys: {scope}", "heading"),))
        for key in keys_in(scope):
            names = " ".join(key_name(name) for name in key.keys)
            texts = wrap(key.help, max(10, width - KEYS_WIDTH))
            lines.append(((names.ljust(KEYS_WIDTH), "title"), (texts[0], "")))
            lines += [((" " * KEYS_WIDTH + text, ""),) for text in texts[1:]]
    return Document(tuple(lines))


class HelpScreen(Dialog[None]):
    """The keys; any way back leads out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "back", show=False)
    ]

    def compose(self) -> ComposeResult:
        """The page."""
        yield DocumentView(id="help-text")

    def on_mount(self) -> None:
        """Fill it."""
        text = self.query_one(DocumentView)
        text.show(lambda width, _target: help_document(width))
        text.focus()
