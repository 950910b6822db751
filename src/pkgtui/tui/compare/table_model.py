"""A comparison as the table widget wants it: facts as lines, or turned, as columns."""

from collections.abc import Iterable
from typing import NamedTuple

from pkgtui.domain.ages import format_date
from pkgtui.domain.comparison import ComparedPackage, ComparisonRow
from pkgtui.domain.facts import FACT
from pkgtui.formats.comparison import RowText, cells_width
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width, pluralize, wrap
from pkgtui.tui.bindings import hint
from pkgtui.tui.compare.state import CompareState
from pkgtui.tui.widgets.frozen_table import SEPARATOR, VisibleColumns
from pkgtui.tui.widgets.line_widget import Span

_EASY_COLUMN, _MIN_COLUMN_WIDTH, _MAX_COLUMN_WIDTH = 20, 16, 34
_MAX_NARROW_COLUMNS = 3
_MAX_FACT_WIDTH = 60
_STYLE = TextStyle()
"""Text as it is: widgets make ASCII of it where that is asked for."""


class CompareModel:
    """Turn a `CompareState` into the lines of the table."""

    def __init__(self, comparing: CompareState, marked: frozenset[str]) -> None:
        self._comparing = comparing
        self.marked = marked
        self.heading_lines = 1
        """Lines that titles may take."""
        self.refresh()

    def refresh(self) -> None:
        """Take over what has changed."""
        comparing = self._comparing
        self._rows = comparing.rows
        self._entrants = comparing.entrants
        self._texts: dict[tuple[int, int], RowText] = {}
        self._fact_widths: dict[int, int] = {}
        facts = [f"{row.label}{self._sort_mark(row)}" for row in self._rows]
        packages = [f"{self._sign(e)}{e.title}" for e in self._entrants]
        pinned = comparing.pinned_count
        self.pinned_lines, self.pinned_columns = 0, 0
        if comparing.is_turned:
            self.labels, self.titles = packages, facts
            self.pinned_lines = pinned
        else:
            self.labels, self.titles = facts, packages
            self.pinned_columns = pinned

    def _sort_mark(self, row: ComparisonRow) -> str:
        if row.fact.key != self._comparing.sort_key:
            return ""
        return " ▼" if self._comparing.is_sort_descending else " ▲"

    def _sign(self, entrant: ComparedPackage) -> str:
        pin = "▸ " if entrant.key in self._comparing.pinned else ""
        return f"{'● ' if entrant.slug in self.marked else ''}{pin}"

    def label_width(self, room: int) -> int:
        """As wide as the labels are, up to a third of the screen."""
        widest = max(map(cell_width, self.labels), default=0)
        return min(widest, max(20, room // 3))

    def column_width(self, column: int, room: int) -> int:
        """Packages share the room evenly; facts are as wide as their values."""
        gap = len(SEPARATOR)
        if self._comparing.is_turned:
            return min(self._fact_width(column), room - gap)
        fitting = max(
            1,
            room // (_EASY_COLUMN + gap),
            min(_MAX_NARROW_COLUMNS, room // (_MIN_COLUMN_WIDTH + gap)),
        )
        share = room // min(fitting, max(1, len(self.titles)))
        return min(_MAX_COLUMN_WIDTH, share - gap)

    def _fact_width(self, column: int) -> int:
        width = self._fact_widths.get(column)
        if width is None:
            needed = max(
                cells_width(self._rows[column], _STYLE),
                _width_on_lines(self.titles[column], self.heading_lines),
            )
            width = min(_MAX_FACT_WIDTH, needed)
            self._fact_widths[column] = width
        return width

    def cell(self, line: int, column: int, width: int) -> Span:
        """The words of a cell, with a mark at the best of its row."""
        is_turned = self._comparing.is_turned
        at_row, at = (column, line) if is_turned else (line, column)
        row = self._rows[at_row]
        text = self._texts.get((at_row, width))
        if text is None:
            text = self._texts[at_row, width] = RowText(
                row,
                self._entrants,
                width,
                _STYLE,
                is_column=is_turned,
            )
        is_unknown = row.cells[at].value is None
        style = "mark" if row.is_best(at) else "dim" if is_unknown else ""
        return text.cell(at), style


def _width_on_lines(title: str, lines: int) -> int:
    """The columns that `title` needs on one line, or broken at a space on two."""
    words = title.split(" ")
    if lines == 1 or len(words) == 1:
        return cell_width(title)
    halves = ((words[:at], words[at:]) for at in range(1, len(words)))
    return min(max(cell_width(" ".join(half)) for half in pair) for pair in halves)


class TitleWords(NamedTuple):
    """The lines above the table."""

    lines: list[str]
    edges: str
    """Stands at the right of the first line; empty where all columns are in view."""


def title_words(
    comparing: CompareState, visible: VisibleColumns, total: int, width: int
) -> TitleWords:
    """Who is compared, how it is shown, and how many columns are out of view.

    On one line if that is possible, on two where it is much.
    """
    name = f"{comparing.title} · {pluralize(len(comparing.entrants), 'package')}"
    states = ", ".join(_states(comparing))
    whole = f"{name}, {states}" if states else name
    edges = _edges(visible, total)
    for edge in edges:
        if cell_width(whole) + cell_width(edge) + 2 <= width:
            return TitleWords([whole], edge)
    short = cell_width(name) + cell_width(edges[0]) + 2 > width
    return TitleWords([name, states] if states else [name], edges[-1 if short else 0])


def _states(comparing: CompareState) -> Iterable[str]:
    if comparing.is_active_only:
        yield f"active only: {comparing.hidden_count} hidden"
    if comparing.is_differences_only:
        yield "differences only"
    if comparing.sort_key is not None:
        arrow = "▼" if comparing.is_sort_descending else "▲"
        yield f"sorted by {FACT[comparing.sort_key].title} {arrow}"
    if comparing.dropped_count:
        yield f"{comparing.dropped_count} dropped"


def _edges(visible: VisibleColumns, total: int) -> tuple[str, ...]:
    """What is out of view to the left and right, in a longer and a shorter form."""
    if not visible.before and not visible.after:
        return ("",)
    left = f"◂ {visible.before}" if visible.before else ""
    right = f"{visible.after} ▸" if visible.after else ""
    columns = [column for column, _ in visible.columns]
    # Pinned columns stand before the run of those that are scrolled to.
    first = last = columns[-1]
    while first - 1 in columns:
        first -= 1
    run = f"{first + 1}" if first == last else f"{first + 1}-{last + 1}"
    words = (left, f"{run} of {total}", right)
    return "  ".join(filter(None, words)), "  ".join(filter(None, (left, right)))


def detail_lines(comparing: CompareState, width: int, most: int) -> list[str]:
    """The cell under the cursor in full, or why there is none."""
    current, rows = comparing.current, comparing.rows
    if current is None:
        return [_why_empty(comparing)]
    if not rows:
        key = hint("compare.differences")
        if len(comparing.entrants) == 1:
            return [f"One package alone differs in nothing; {key} shows all facts."]
        return [f"These packages agree in every fact; {key} shows all."]
    row = rows[comparing.row_index]
    cell = row.cells[comparing.entrant_index]
    words = f"{current.title} · {row.label}: {cell.text}"
    if cell.note:
        words += f" ({cell.note})"
    lines = wrap(words, max(1, width))
    # The last one is cut where it is drawn.
    return [*lines[: most - 1], " ".join(lines[most - 1 :])]


def _why_empty(comparing: CompareState) -> str:
    if comparing.hidden_count:
        key = hint("compare.active")
        return f"None of these packages is active; {key} shows them all."
    if comparing.dropped_count:
        key = hint("compare.undrop")
        return f"All packages were dropped; {key} brings them back."
    return f"There is nothing to compare; {hint('compare.add')} adds a package."


def data_words(
    entrants: Iterable[ComparedPackage], *, is_sample: bool, room: int
) -> str:
    """Of when the figures are, and that they are a sample's."""
    looks = [
        entrant.detail.package.fetched_at
        for entrant in entrants
        if entrant.detail and entrant.detail.package.fetched_at
    ]
    sample = "bundled sample" if is_sample else ""
    if not looks:
        return sample or "no data"
    first, last = format_date(min(looks)), format_date(max(looks))
    span = f"data from {last}" if first == last else f"data from {first} to {last}"
    whole = ", ".join(filter(None, (sample, span)))
    if first == last or cell_width(whole) <= room:
        return whole
    return ", ".join(filter(None, (sample, f"data to {last}")))
