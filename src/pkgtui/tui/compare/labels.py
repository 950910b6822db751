"""What the compare screen says around its table, cut to the width that there is."""

from collections.abc import Iterable
from typing import NamedTuple

from pkgtui.domain.ages import format_date
from pkgtui.domain.comparison import ComparedPackage
from pkgtui.domain.facts import FACT
from pkgtui.text import cell_width, pluralize, wrap
from pkgtui.tui.bindings import hint
from pkgtui.tui.compare.state import CompareState
from pkgtui.tui.widgets.frozen_table import VisibleColumns


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
    if not comparing.is_scale_shared:
        yield "own scales"


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
    span = f"data of {last}" if first == last else f"data of {first} to {last}"
    whole = ", ".join(filter(None, (sample, span)))
    if first == last or cell_width(whole) <= room:
        return whole
    return ", ".join(filter(None, (sample, f"data to {last}")))
