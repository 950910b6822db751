"""Asks what to take of a package or a grid: one letter, or the cursor and enter."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from pkgtui.formats.copy_options import CopyOption
from pkgtui.text import cell_width, pad, truncate
from pkgtui.tui.bindings import hint
from pkgtui.tui.dialogs.base import Dialog
from pkgtui.tui.widgets.labels import OneLine
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.line_widget import Line


class _OptionList(LineList[CopyOption]):
    """A letter, what it stands for, and the very text."""

    def row_line(self, row: CopyOption, width: int) -> Line:
        """One choice."""
        label_width = max(cell_width(choice.label) for choice in self.rows)
        label = pad(row.label, label_width)
        lines = row.text.splitlines()
        text = f"{len(lines)} lines of text" if len(lines) > 1 else row.text
        room = max(0, width - label_width - 6)
        return (
            (f" {row.letter}", "heading"),
            (f"  {label}  ", ""),
            (truncate(text, room), "dim"),
        )


class PickerDialog(Dialog[CopyOption | None]):
    """The result is what was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,q", "dismiss", show=False)
    ]

    def __init__(self, title: str, choices: Sequence[CopyOption]) -> None:
        """Offer `choices` under `title`."""
        super().__init__()
        self._choices = choices
        self._title = title
        self.header = OneLine()
        self.choices = _OptionList(id="choice-list")
        self.note = OneLine()

    def compose(self) -> ComposeResult:
        """The title, the choices, and how to choose."""
        with Vertical(id="choice"):
            yield self.header
            yield self.choices
            yield self.note

    def on_mount(self) -> None:
        """Begin with the first."""
        self.header.show(((self._title, "heading-focus"),))
        self.choices.set_rows(self._choices)
        self.choices.focus()
        self.note.show(((f"{hint('list.enter')} choose · esc cancel", "dim"),))

    def on_key(self, event: events.Key) -> None:
        """Take what the letter stands for."""
        for choice in self._choices:
            if event.character == choice.letter:
                event.stop()
                self.dismiss(choice)

    @on(LineList.Chosen)
    def choose(self, event: LineList.Chosen) -> None:
        """Take what is under the cursor."""
        event.stop()
        self.dismiss(self.choices.current)

    @on(LineList.Moved)
    def ignore_move(self, event: LineList.Moved) -> None:
        """Nothing follows the cursor here."""
        event.stop()
