"""What commands answer with: one value, and how it is written in each format.

A command computes an answer and prints nothing; only the form that was asked for is
ever made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Cell, Table


class Answer(Protocol):
    """One answer in every format."""

    def value(self) -> object:
        """The JSON document."""

    def table(self) -> Table:
        """The lines of the CSV."""

    def markdown(self) -> str:
        """The Markdown."""

    def text(self, style: TextStyle) -> list[str]:
        """The lines for a person."""


class FactsAnswer(NamedTuple):
    """Some facts by name: of the program itself, not of a package."""

    facts: Mapping[str, object]
    """The JSON document; may hold one more level of facts."""
    lines: Sequence[tuple[str, str]]
    """Labels and sentences for a person."""

    def value(self) -> object:
        """One object."""
        return self.facts

    def table(self) -> Table:
        """One line, a column for each fact."""
        from pkgtui.formats.tables import Table

        flat: dict[str, object] = {}
        for name, value in self.facts.items():
            flat |= value if isinstance(value, Mapping) else {name: value}
        labels = tuple(name.replace("_", " ") for name in flat)
        return Table(labels, [[_cell(value) for value in flat.values()]])

    def markdown(self) -> str:
        """A line for each fact."""
        from pkgtui.formats.tables import Table, render_markdown

        table = self.table()
        pairs = list(zip(table.labels, table.rows[0], strict=True))
        return render_markdown(Table(("fact", "value"), pairs))

    def text(self, style: TextStyle) -> list[str]:
        """A line for each; never wrapped, since a path that is cut is of no use."""
        width = max(len(label) for label, _ in self.lines)
        return [
            f"{style.dim(label)}{' ' * (width - len(label) + 2)}{style.data(sentence)}"
            for label, sentence in self.lines
        ]


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return cast("Cell", value)
