"""An answer written in the format that was asked for, and with what bytes."""

from pkgtui.cli.answers import Answer
from pkgtui.cli.console import Console
from pkgtui.cli.context import Context
from pkgtui.cli.terminal import terminal_width, wants_color
from pkgtui.formats.style import TextStyle
from pkgtui.text import as_drawn


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
