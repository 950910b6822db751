"""What commands answer with: one value, and how it is written in each format.

A command computes an answer and prints nothing; only the form that was asked for is
ever made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from pkgtui.cli.console import Console, terminal_width, wants_color
from pkgtui.cli.context import Context

if TYPE_CHECKING:
    from pkgtui.cli.context import Answer
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Cell, Table


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


def print_answer(answer: Answer, context: Context) -> None:
    """Write `answer` to stdout."""
    options, console = context.options, context.console
    if options.format == "text":
        console.write(_text(answer, context))
    elif options.format == "json":
        from pkgtui.formats.json_text import render_json

        text = render_json(
            answer.value(),
            is_indented=console.is_stdout_terminal,
            is_ascii=context.settings.is_ascii,
        )
        console.write(text, "json")
    else:
        is_ascii = context.settings.is_ascii_asked
        _print_table(answer, options.format, console, is_ascii=is_ascii)


def _text(answer: Answer, context: Context) -> str:
    import os

    # JSON does without them.
    from pkgtui.formats.style import TextStyle
    from pkgtui.text import as_drawn

    is_ascii = context.settings.is_ascii
    style = TextStyle(
        width=terminal_width(),
        is_color=wants_color(context.options.color, context.console.stdout, os.environ),
        is_ascii=is_ascii,
    )
    text = "".join(f"{line}\n" for line in answer.text(style))
    return as_drawn(text, is_ascii=is_ascii)


def _print_table(
    answer: Answer, form: str, console: Console, *, is_ascii: bool
) -> None:
    """CSV and Markdown are data: a locale without Unicode alone costs them nothing."""
    if form == "csv":
        from pkgtui.formats.tables import ascii_table, render_csv

        table = answer.table()
        text = render_csv(ascii_table(table) if is_ascii else table)
    else:
        text = answer.markdown()
        if is_ascii:
            from pkgtui.formats.tables import ascii_markdown

            text = ascii_markdown(text)
    console.write(text, "utf-8")
