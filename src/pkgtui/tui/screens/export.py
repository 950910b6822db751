"""Takes a comparison along: to the clipboard or to a file.

An existing file is overwritten only after a second enter, and in one step.
"""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from pkgtui.catalog import Catalog
from pkgtui.domain.comparison import Comparison
from pkgtui.domain.identifiers import Kind
from pkgtui.files import write_whole
from pkgtui.formats.comparison import (
    comparison_csv,
    comparison_markdown,
    comparison_object,
    comparison_text,
)
from pkgtui.formats.json_text import render_json
from pkgtui.formats.style import TextStyle
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.one_line import OneLine
from pkgtui.tui.widgets.spans import Line

TEXT_WIDTH = 100
"""Columns of the plain text: what mail and issue trackers show unwrapped."""
_FORMS = (("Markdown", "md"), ("CSV", "csv"), ("JSON", "json"), ("plain text", "txt"))


def render(comparison: Comparison, suffix: str, catalog: Catalog) -> str:
    """`comparison` in the form that files ending in `suffix` have."""

    def web_url(slug: str) -> str:
        return catalog.web_url(Kind.PACKAGE, slug)

    now = catalog.now()
    makers: dict[str, Callable[[], str]] = {
        "md": lambda: comparison_markdown(comparison),
        "csv": lambda: comparison_csv(comparison, now, web_url),
        "json": lambda: render_json(
            comparison_object(comparison, now, web_url),
            is_indented=True,
            is_ascii=False,
        ),
        "txt": lambda: (
            "\n".join(comparison_text(comparison, TextStyle(width=TEXT_WIDTH))) + "\n"
        ),
    }
    return makers[suffix]()


def proposed_name(title: str, suffix: str) -> str:
    """A file name made of a title: letters and digits, hyphens between."""
    words = "".join(c if c.isalnum() else " " for c in title.lower()).split()
    return f"{'-'.join(words)[:60] or 'packages'}.{suffix}"


class _Choices(LineList[tuple[str, str, bool]]):
    """Form, suffix, and whether it goes to a file."""

    def row_line(self, row: tuple[str, str, bool], width: int) -> Line:  # noqa: ARG002
        """One choice."""
        form, _, is_file = row
        place = "to a file" if is_file else "to the clipboard"
        return ((f"{form} {place}", ""),)


class ExportScreen(ModalScreen[str | None]):
    """The result is a sentence on what was done, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", show=False)
    ]

    def __init__(self, comparison: Comparison, catalog: Catalog) -> None:
        super().__init__()
        self._comparison = comparison
        self._catalog = catalog
        self.choices = _Choices(id="export-choices")
        self.field = Input(id="export-path", compact=True)
        self.field.cursor_blink = False
        self.note = OneLine(id="export-note")
        self._suffix = ""
        self._confirmed_path: Path | None = None

    def compose(self) -> ComposeResult:
        """The choices, then the file's name."""
        title = OneLine(classes="pane-header")
        title.show((("Export", "heading-focus"),))
        with Vertical(id="export"):
            yield title
            yield self.choices
            yield self.field
            yield self.note

    def on_mount(self) -> None:
        """Offer Markdown to the clipboard first: it is what goes into an issue."""
        self.field.display = False
        self.choices.set_rows(
            [
                (form, suffix, is_file)
                for is_file in (False, True)
                for form, suffix in _FORMS
            ]
        )
        self.choices.focus()

    @on(LineList.Chosen)
    def choose(self) -> None:
        """Copy at once, or ask for the file's name."""
        choice = self.choices.current
        if choice is None:
            return
        form, self._suffix, is_file = choice
        if not is_file:
            text = render(self._comparison, self._suffix, self._catalog)
            self.app.copy_to_clipboard(text)
            self.dismiss(f"{form} sent to the terminal's clipboard.")
            return
        name = proposed_name(self._comparison.title, self._suffix)
        self.field.value = str(Path.cwd() / name)
        self.field.display = True
        self.field.focus()
        self.note.show((("enter writes it, esc goes back", "dim"),))

    @on(Input.Changed)
    def ask_again(self, event: Input.Changed) -> None:
        """Another name was not agreed to."""
        event.stop()
        self._confirmed_path = None

    @on(Input.Submitted)
    def write(self, event: Input.Submitted) -> None:
        """Write the file; one that exists only after a second enter."""
        event.stop()
        path = Path(event.value).expanduser()
        text = render(self._comparison, self._suffix, self._catalog)
        try:
            if path.exists() and path != self._confirmed_path:
                self._confirmed_path = path
                self.note.show((("It exists. enter again overwrites it.", "warn"),))
                return
            write_whole(path, text)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self.note.show(((f"Not written: {reason}.", "warn"),))
        else:
            self.dismiss(f"Written to {path}.")
