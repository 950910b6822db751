"""Search as one types, over whatever was there: packages and grids from the store.

The line to type in keeps the focus while the arrows move among what was found; tab
leaves it, and then space marks. What is pasted is text, never keys.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from pkgtui.catalog import Catalog
from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.identifiers import Kind
from pkgtui.domain.search import Hit
from pkgtui.errors import PkgtuiError
from pkgtui.keys import Scope
from pkgtui.text import cell_width, group_thousands, pad, truncate
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.status import hints
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.one_line import OneLine
from pkgtui.tui.widgets.spans import SPAN_CLASSES, Line, Span

MOST_HITS = 200
"""More are counted, not listed: nobody scrolls that far."""
LONGEST_QUERY = 500
_HINTS = ("search.go", "search.results", "search.back")
_LIST_HINTS = ("search.go", "search.mark", "search.results", "search.back")
_NAME_WIDTH = 36


@dataclass(frozen=True, slots=True)
class Found:
    """The result of the screen: where to go."""

    kind: Kind
    id: int


class HitList(LineList[Hit]):
    """What was found, the part that matched underlined."""

    marked: frozenset[str] = frozenset()

    def __init__(self, catalog: Catalog, *, id: str) -> None:
        super().__init__(id=id)
        self._now = catalog.now

    def row_line(self, row: Hit, width: int) -> Line:
        """Name, kind of thing and of match, popularity, and what it says of itself."""
        is_package = row.kind is Kind.PACKAGE
        is_marked = is_package and row.slug in self.marked
        name_width = min(_NAME_WIDTH, max(12, width // 2))
        band = activity(row.last_commit_at, row.fetched_at, self._now())
        plain = "dim" if is_package and band is Activity.DORMANT else ""
        is_title = row.matched == row.title
        title = (
            highlighted(row.title, row.spans, plain or "title", name_width)
            if is_title
            else [(pad(row.title, name_width), plain or "title")]
        )
        figure = row.stars if is_package else row.package_count
        number = "–" if figure is None else group_thousands(figure)
        spans: list[Span] = [
            ("● " if is_marked else "  ", "mark"),
            *title,
            (f"  {row.kind:<8}{row.match:<12}", "dim"),
            (pad(number, 7, right=True), plain),
            ("  ", ""),
        ]
        room = width - sum(cell_width(text) for text, _ in spans)
        if room < 8:
            return spans
        if is_title:
            about = row.description if is_package else "packages"
            return [*spans, (truncate(about, room), plain)]
        return [*spans, *highlighted(row.matched, row.spans, plain, room)]


def highlighted(
    text: str, ranges: tuple[tuple[int, int], ...], style: str, width: int
) -> list[Span]:
    """`text` in exactly `width` cells, the characters in `ranges` underlined."""
    shown = truncate(text, width)
    kept = len(shown) - 1 if shown != text else len(shown)
    spans: list[Span] = []
    at = 0
    for start, end in ranges:
        start, end = max(at, min(start, kept)), min(end, kept)
        if end <= start:
            continue
        spans += [(shown[at:start], style), (shown[start:end], "link")]
        at = end
    spans += [(shown[at:], style), (" " * (width - cell_width(shown)), "")]
    return [span for span in spans if span[0]]


class SearchScreen(Screen[Found | None]):
    """Asks for words and gives what was chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*SPAN_CLASSES}

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_in(Scope.SEARCH),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        catalog: Catalog,
        marked: frozenset[str],
        toggle_mark: Callable[[str], frozenset[str]],
        query: str = "",
        kind: Kind | None = None,
    ) -> None:
        """Search for `query` at first, and only for what is of `kind`."""
        super().__init__()
        self._catalog = catalog
        self._toggle_mark = toggle_mark
        self._kind = kind
        self.field = Input(
            query,
            placeholder="name, words, a person, or an address",
            max_length=LONGEST_QUERY,
            compact=True,
            id="search-field",
        )
        self.field.cursor_blink = False
        self.hits = HitList(catalog, id="search-hits")
        self.hits.marked = marked
        self.status = OneLine(id="status")
        self._words = ""

    def compose(self) -> ComposeResult:
        """The line to type in, what was found, and how much that is."""
        yield self.field
        yield self.hits
        yield self.status

    def on_mount(self) -> None:
        """Start typing."""
        self.field.focus()
        self.search(self.field.value)

    def on_resize(self) -> None:
        """Fit the hints."""
        self.call_after_refresh(self._show_status)

    def on_descendant_focus(self) -> None:
        """Tell the keys of what has the focus."""
        self._show_status()

    @on(Input.Changed)
    def follow(self, event: Input.Changed) -> None:
        """Search for what stands in the line now."""
        event.stop()
        self.search(event.value)

    def search(self, query: str) -> None:
        """Show what `query` finds."""
        if not query.strip():
            self.hits.set_empty_lines(
                "Words match names, descriptions and people, with typos forgiven.",
                "Quotes for a phrase, -word to leave out, or paste an address.",
            )
            self.hits.set_rows(())
            self._words = ""
        else:
            result = self._catalog.search(query, kind=self._kind, limit=MOST_HITS)
            self.hits.set_empty_lines(f"Nothing matches '{query.strip()}'.")
            self.hits.top = 0
            self.hits.set_rows(result.hits)
            total = group_thousands(result.total)
            self._words = f"{total} match{'' if result.total == 1 else 'es'}"
            if result.total > len(result.hits):
                self._words += f", the best {len(result.hits)} listed"
        self._show_status()

    def _show_status(self) -> None:
        ids = _LIST_HINTS if self.hits.has_focus else _HINTS
        room = self.size.width - cell_width(self._words) - 6
        self.status.show(((self._words, ""),), hints(ids, room))

    @on(Input.Submitted)
    @on(LineList.Chosen)
    def action_go(self) -> None:
        """Go to what is under the cursor."""
        hit = self.hits.current
        if hit is not None:
            self.dismiss(Found(hit.kind, hit.id))

    @on(LineList.Moved)
    def ignore_move(self, event: LineList.Moved) -> None:
        """Nothing follows the cursor here."""
        event.stop()

    def action_step(self, step: int) -> None:
        """Move among what was found."""
        self.hits.move_to(self.hits.cursor + step)

    def action_page(self, direction: int) -> None:
        """Move by what is in view."""
        self.hits.move_to(self.hits.cursor + direction * (self.hits.page_height - 1))

    def action_toggle_focus(self) -> None:
        """From the line to what was found, and back."""
        (self.field if self.hits.has_focus else self.hits).focus()

    def action_mark(self) -> None:
        """Mark the package under the cursor, or take its mark away."""
        hit = self.hits.current
        if self.hits.has_focus and hit is not None and hit.kind is Kind.PACKAGE:
            try:
                self.hits.marked = self._toggle_mark(hit.slug)
            except PkgtuiError as error:
                self._words = str(error)
                self._show_status()
            self.hits.lines_changed()

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
