"""Takes a comparison along: to the clipboard or to a file.

An existing file is overwritten only after a second enter, and in one step.
"""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from pkgtui.catalog import Catalog
from pkgtui.domain.comparison import Comparison
from pkgtui.domain.identifiers import RecordKind
from pkgtui.files import atomic_write_text
from pkgtui.formats.comparison import (
    comparison_csv,
    comparison_markdown,
    comparison_object,
    comparison_text,
)
from pkgtui.formats.json_text import render_json
from pkgtui.formats.style import TextStyle
from pkgtui.text import sanitize_line, sanitize_text
from pkgtui.tui.bindings import hint
from pkgtui.tui.dialogs.base import Dialog
from pkgtui.tui.dialogs.copy_open import copied
from pkgtui.tui.widgets.inputs import LineInput
from pkgtui.tui.widgets.labels import OneLine
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.line_widget import Line

TEXT_WIDTH = 100
"""Columns of the plain text: what mail and issue trackers show unwrapped."""
_FORMS = (("Markdown", "md"), ("CSV", "csv"), ("JSON", "json"), ("plain text", "txt"))


def render(comparison: Comparison, suffix: str, catalog: Catalog) -> str:
    """`comparison` in the form that files ending in `suffix` have."""

    def web_url(slug: str) -> str:
        return catalog.web_url(RecordKind.PACKAGE, slug)

    def text() -> str:
        style = TextStyle(width=TEXT_WIDTH)
        lines = comparison_text(comparison, style)
        return "\n".join(lines) + "\n"

    def json() -> str:
        document = comparison_object(comparison, now, web_url)
        return render_json(document, is_indented=True, is_ascii=False)

    now = catalog.now()
    makers: dict[str, Callable[[], str]] = {
        "md": lambda: comparison_markdown(comparison),
        "csv": lambda: comparison_csv(comparison, now, web_url),
        "json": json,
        "txt": text,
    }
    return makers[suffix]()


def proposed_name(title: str, suffix: str) -> str:
    """A file name made of a title: letters and digits, hyphens between."""
    words = "".join(c if c.isalnum() else " " for c in title.lower()).split()
    return f"{'-'.join(words)[:60] or 'packages'}.{suffix}"


def usual_folder() -> Path:
    """Where files go: the present folder, or the home folder where that is gone.

    One whose name cannot be shown as it is is not named.
    """
    try:
        folder = Path.cwd()
    except OSError:
        return Path("~")
    return folder if sanitize_text(str(folder)) == str(folder) else Path()


def why_not(path: Path) -> str:
    """Why nothing can be written to `path`, as far as that is seen beforehand.

    The path stands above: on one line with it, the reason might not fit.
    """
    if path.is_dir():
        return "That is a directory; add a name."
    if not path.parent.is_dir():
        return f"There is no directory {path.parent}."
    if path.exists() and not path.is_file():
        return "That is not a plain file."
    return ""


class _FormatList(LineList[tuple[str, str, bool]]):
    """Form, suffix, and whether it goes to a file."""

    def row_line(self, row: tuple[str, str, bool], width: int) -> Line:  # noqa: ARG002
        """One choice."""
        form, _, is_file = row
        place = "to a file" if is_file else "to the clipboard"
        return ((f"{form} {place}", ""),)


class ExportDialog(Dialog[str | None]):
    """The result is a sentence on what was done, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", show=False)
    ]

    def __init__(self, comparison: Comparison, catalog: Catalog) -> None:
        super().__init__()
        self._comparison = comparison
        self._catalog = catalog
        self.header = OneLine()
        self.choices = _FormatList(id="export-choices")
        self.field = LineInput(id="export-path", selects_on_focus=False)
        self.note = OneLine()
        self._suffix = ""
        self._confirmed_path: Path | None = None

    def compose(self) -> ComposeResult:
        """The choices, then the file's name."""
        with Vertical(id="export"):
            yield self.header
            yield self.choices
            yield self.field
            yield self.note

    def on_mount(self) -> None:
        """Offer Markdown to the clipboard first: it is what goes into an issue."""
        self.choices.set_rows(
            [
                (form, suffix, is_file)
                for is_file in (False, True)
                for form, suffix in _FORMS
            ]
        )
        self._ask_for_form()

    def _ask_for_form(self) -> None:
        self.header.show((("Export", "heading-focus"),))
        self.choices.display = True
        self.field.display = False
        self.choices.focus()
        self.note.show(((f"{hint('list.enter')} choose · esc cancel", "dim"),))

    @on(LineList.Chosen)
    def choose(self, event: LineList.Chosen) -> None:
        """Copy at once, or ask for the file's name."""
        event.stop()
        choice = self.choices.current
        if choice is None:
            return
        form, self._suffix, is_file = choice
        if not is_file:
            self.copy(form)
            return
        name = proposed_name(self._comparison.title, self._suffix)
        self.header.show(((f"Export · {form} to the file", "heading-focus"),))
        self.choices.display = False
        self.field.value = str(usual_folder() / name)
        self.field.cursor_position = len(self.field.value)
        self.field.display = True
        self.field.focus()
        self.note.show((("enter save · esc cancel", "dim"),))

    @on(LineList.Moved)
    def ignore_move(self, event: LineList.Moved) -> None:
        """Nothing follows the cursor here."""
        event.stop()

    def _text(self) -> str:
        return render(
            self._comparison,
            self._suffix,
            self._catalog,
        )

    @work(group="copy", exclusive=True)
    async def copy(self, form: str) -> None:
        """Copy the table in the form that was chosen."""
        sentence = await copied(self, self._text())
        self.dismiss(f"{form}: {sentence[0].lower()}{sentence[1:]}.")

    @on(LineInput.Submitted)
    def write(self, event: LineInput.Submitted) -> None:
        """Write the file; one that exists only after a second enter."""
        event.stop()
        try:
            path = Path(event.value.strip()).expanduser()
            reason = why_not(path)
            if reason:
                self._warn(sanitize_line(reason))
            elif path.exists() and path != self._confirmed_path:
                self._confirmed_path = path
                self._warn("File exists. Press enter again to overwrite.")
            else:
                atomic_write_text(path, self._text())
                self.dismiss(sanitize_line(f"Written to {path}."))
        except (OSError, ValueError, RuntimeError) as error:
            # RuntimeError: there is no home folder of that name.
            cause = getattr(error, "strerror", None) or str(error)
            self._warn(f"Not written: {sanitize_line(cause)}.")

    def _warn(self, sentence: str) -> None:
        self.note.show(((sentence, "warn"),))

    def action_back(self) -> None:
        """From the file's name to the choices; from those to the table."""
        if self.field.display:
            self._ask_for_form()
        else:
            self.dismiss(None)
