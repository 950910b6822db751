"""``pkgtui config``: the settings in force; ``--default`` writes a file of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pkgtui.cli.args import add_browser_options, options_of
from pkgtui.cli.context import CommandResult, Context
from pkgtui.config import without_credentials
from pkgtui.config.loader import Configuration, ResolvedSetting, resolve
from pkgtui.config.template import toml_text
from pkgtui.config.themes import AUTOMATIC
from pkgtui.errors import UsageError

if TYPE_CHECKING:
    from pkgtui.cli.args import Parser
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Table


def add_arguments(parser: Parser) -> None:
    """Take the browser's options, to tell what they change."""
    add_browser_options(parser)
    parser.add_argument(
        "--default",
        action="store_true",
        help="write a commented settings file with the defaults",
    )


def run(context: Context) -> CommandResult:
    """Tell the settings, or write the file; nothing is made."""
    options = context.options
    if not options.default:
        said = options_of(options)
        configuration = resolve(context.paths.settings, options=said)
        return CommandResult(SettingsAnswer(configuration))
    if options.format != "text":
        raise UsageError("config: --default writes TOML; leave --format out")
    from pkgtui.config.template import default_file

    context.console.write(default_file())
    return CommandResult(None)


class SettingsAnswer(NamedTuple):
    """Each setting, what it is, and who said so."""

    configuration: Configuration

    def value(self) -> object:
        """The file, and an object for each setting."""
        file = self.configuration.file
        found = self._found()
        return {
            "file": str(file.path),
            "settings": [
                {
                    "name": choice.name,
                    "value": _value(choice),
                    "in_force": found.get(choice.name, _value(choice)),
                    "source": str(choice.source),
                    "where": self.configuration.place(choice) or None,
                }
                for choice in self.configuration.choices
            ],
            "problems": list(self.configuration.problems),
        }

    def table(self) -> Table:
        """A line for each."""
        from pkgtui.formats.tables import Table

        return Table(("setting", "value", "source", "where"), self._rows())

    def markdown(self) -> str:
        """A line for each."""
        from pkgtui.formats.tables import render_markdown

        return render_markdown(self.table())

    def text(self, style: TextStyle) -> list[str]:
        """A line for each, never wrapped: what is a path stays one."""
        rows = self._rows()
        widths = [max(len(row[at]) for row in rows) for at in (0, 1)]
        return [
            f"{style.dim(name)}{' ' * (widths[0] - len(name) + 2)}{style.data(value)}"
            f"{' ' * (widths[1] - len(value) + 2)}{style.dim(where or source)}"
            for name, value, source, where in rows
        ]

    def _rows(self) -> list[list[str]]:
        return [
            [
                choice.name,
                self._told(choice),
                str(choice.source),
                self.configuration.place(choice),
            ]
            for choice in self.configuration.choices
        ]

    def _told(self, choice: ResolvedSetting) -> str:
        text = toml_text(_value(choice))
        found = self._found()
        if choice.value != AUTOMATIC or choice.name not in found:
            return text
        return f"{text}, {toml_text(found[choice.name])} here"

    def _found(self) -> dict[str, bool]:
        """What "auto" comes to on this terminal."""
        settings = self.configuration.settings
        return {"ascii": settings.is_ascii, "animations": settings.has_animations}


def _value(choice: ResolvedSetting) -> object:
    value = choice.value
    if choice.name == "api_url":
        return without_credentials(str(value))
    return list(value) if isinstance(value, tuple) else value
