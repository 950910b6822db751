"""Search as one types, over whatever was there: packages and grids from the store.

The line to type in keeps the focus while the arrows move among what was found; tab
leaves it, and then space marks. What is pasted is text, never keys.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pkgtui.catalog import Catalog
from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.search import Hit
from pkgtui.errors import PkgtuiError
from pkgtui.keys import Scope
from pkgtui.text import cell_width, group_thousands, pad, pluralize, truncate
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.dialogs.copy_open import RecordRef, Taking
from pkgtui.tui.status import hints
from pkgtui.tui.widgets.inputs import LineInput
from pkgtui.tui.widgets.labels import OneLine
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.line_widget import SPAN_CLASSES, Line, Span, highlighted

MAX_HITS = 200
"""More are counted, not listed: nobody scrolls that far."""
MIN_HITS = 24
"""So many are read at once, or what is in view."""
MAX_QUERY_CHARS = 500
_HINTS = ("search.go", "search.results", "search.back")
_LIST_HINTS = (
    "search.go",
    "search.mark",
    "search.copy",
    "search.open_address",
    "search.results",
    "search.back",
)
_GAP = "  "
_NAME_WIDTH = 36
_MATCH_WIDTH = 12
_BESIDE_NAME = 19
"""Cells of the mark, the kind of thing and the figure."""
REST_S = 0.2
"""How long the keys have to rest before hits out of view are read."""
NOTHING_TYPED = (
    "Words match names, descriptions and contributors; typos are corrected.",
    "Quotes for a phrase, -word to leave out, or paste an address.",
)


@dataclass(frozen=True, slots=True)
class SearchSelection:
    """The result of the screen: where to go."""

    kind: RecordKind
    id: int


class HitList(LineList[Hit]):
    """What was found, the part that matched underlined."""

    marked: frozenset[str] = frozenset()

    def __init__(self, catalog: Catalog, *, id: str) -> None:
        super().__init__(id=id)
        self._now = catalog.now

    def row_line(self, row: Hit, width: int) -> Line:
        """Name, kind of thing and of match, popularity, and what it says of itself."""
        is_package = row.kind is RecordKind.PACKAGE
        is_marked = is_package and row.slug in self.marked
        name_width = min(_NAME_WIDTH, max(12, min(width // 2, width - _BESIDE_NAME)))
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
        kind = f"  {row.kind:<8}"
        if width - name_width - _BESIDE_NAME >= _MATCH_WIDTH:
            kind += f"{row.match:<{_MATCH_WIDTH}}"
        spans: list[Span] = [
            ("● " if is_marked else "  ", "mark"),
            *title,
            (kind, "dim"),
            (pad(number, 7, right=True), plain),
        ]
        room = width - sum(cell_width(text) for text, _ in spans) - len(_GAP)
        if room < 8:
            return spans
        spans.append((_GAP, ""))
        if is_title:
            about = row.description if is_package else "packages"
            return [*spans, (truncate(about, room), plain)]
        return [*spans, *highlighted(row.matched, row.spans, plain, room)]


class SearchScreen(Taking):
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
        kind: RecordKind | None = None,
    ) -> None:
        """Search only for what is of `kind`, if that is given."""
        super().__init__()
        self._catalog = catalog
        self._toggle_mark = toggle_mark
        self._kind = kind
        self.field = LineInput(
            hint="name, words, a person, or an address",
            max_length=MAX_QUERY_CHARS,
            id="search-field",
        )
        self.hits = HitList(catalog, id="search-hits")
        self.hits.marked = marked
        self.status = OneLine(id="status")
        self._words = ""
        """How many matches there are."""
        self._told = ""
        """What stands in their place."""
        self._query: str | None = None
        """What was searched for."""
        self._rest: asyncio.TimerHandle | None = None

    def compose(self) -> ComposeResult:
        """The line to type in, what was found, and how much that is."""
        yield self.field
        yield self.hits
        yield self.status

    def on_mount(self) -> None:
        """Start typing."""
        self.field.focus()
        self.catch_up()

    def on_resize(self) -> None:
        """Fit the hints."""
        self.call_after_refresh(self._show_status)

    def on_descendant_focus(self) -> None:
        """Tell the keys of what has the focus."""
        self._show_status()

    @on(LineInput.Typed)
    def follow(self, event: LineInput.Typed) -> None:
        """Search for what stands in the line now."""
        event.stop()
        self.catch_up()

    def catch_up(self) -> None:
        """Search for what stands in the line, unless that is what is shown."""
        query = self.field.value
        if query == self._query:
            return
        self._told = ""
        self.list_hits(query, max(self.hits.page_height, MIN_HITS))

    def list_hits(self, text: str, limit: int) -> None:
        """Show the first `limit` hits; the others follow once the keys rest."""
        query = text.strip()
        if not query:
            self._begin_list(text)
            self.hits.set_rows((), empty_lines=NOTHING_TYPED)
            self._words = ""
        else:
            result = self._catalog.search(query, kind=self._kind, limit=limit)
            self._begin_list(text)
            cursor = self.hits.cursor if limit == MAX_HITS else 0
            nothing = (f"Nothing matches '{query}'.",)
            self.hits.set_rows(result.hits, cursor, empty_lines=nothing)
            if len(result.hits) < min(result.total, MAX_HITS):
                loop = asyncio.get_running_loop()
                # As the screen's own doing: it tells where that fails.
                list_rest = self.list_all_hits
                self._rest = loop.call_later(REST_S, self.call_later, list_rest)
            self._words = pluralize(result.total, "match")
            if result.total > MAX_HITS:
                self._words += f", the best {MAX_HITS} listed"
        self._show_status()

    def _begin_list(self, text: str) -> None:
        """Have hits of `text` from here on, which a search that failed has not."""
        if text != self._query:
            self._query, self.hits.top = text, 0
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def list_all_hits(self) -> None:
        """List what lies below what is in view."""
        if self.is_attached and self._query is not None:
            self.list_hits(self._query, MAX_HITS)

    def _list_rest_now(self) -> None:
        """Before the cursor moves, list all it may move to."""
        self.catch_up()
        if self._rest is not None:
            self._told = ""
            self.list_all_hits()

    def _show_status(self) -> None:
        ids = _LIST_HINTS if self.hits.has_focus else _HINTS
        words = self._told or self._words
        room = self.size.width - cell_width(words) - 6
        self.status.show(((words, ""),), hints(ids, room))

    @on(LineInput.Submitted)
    @on(LineList.Chosen)
    def action_go(self) -> None:
        """Go to what is under the cursor."""
        self.catch_up()
        hit = self.hits.current
        if hit is not None:
            self.dismiss(SearchSelection(hit.kind, hit.id))

    @on(LineList.Moved)
    def ignore_move(self, event: LineList.Moved) -> None:
        """Nothing follows the cursor here."""
        event.stop()

    def action_step(self, step: int) -> None:
        """Move among what was found."""
        self._list_rest_now()
        self.hits.move_to(self.hits.cursor + step)

    def action_page(self, direction: int) -> None:
        """Move by what is in view."""
        self._list_rest_now()
        self.hits.move_to(self.hits.cursor + direction * (self.hits.page_height - 1))

    def action_toggle_focus(self) -> None:
        """From the input to the results, and back."""
        self._list_rest_now()
        (self.field if self.hits.has_focus else self.hits).focus()

    def thing(self) -> tuple[Catalog, RecordRef] | None:
        """What is under the cursor of the list."""
        hit = self.hits.current
        if hit is None or not self.hits.has_focus:
            return None
        return self._catalog, RecordRef(hit.kind, hit.id)

    def tell(self, sentence: str) -> None:
        """Say what was done, where the count of matches stands."""
        self._told = sentence
        self._show_status()

    def clear_message(self, sentence: str) -> None:
        """Tell the count again, if `sentence` still stands there."""
        if self._told == sentence:
            self.tell("")

    def action_mark(self) -> None:
        """Mark the package under the cursor (toggle)."""
        hit = self.hits.current
        if self.hits.has_focus and hit is not None and hit.kind is RecordKind.PACKAGE:
            try:
                self.hits.marked = self._toggle_mark(hit.slug)
            except PkgtuiError as error:
                self.tell(str(error))
            self.hits.lines_changed()

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
