"""What a command gets to work with, and what it gives back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pkgtui.cli.console import Console
from pkgtui.config import Settings
from pkgtui.errors import ExitCode
from pkgtui.paths import Paths

if TYPE_CHECKING:
    from typing import Protocol

    from pkgtui.catalog import Connect
    from pkgtui.formats.style import TextStyle
    from pkgtui.formats.tables import Table

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


Now = Callable[[], datetime]


class Context(NamedTuple):
    """One run of one command."""

    options: argparse.Namespace
    settings: Settings
    paths: Paths
    console: Console
    now: Now
    connect: Connect | None = None
    """Makes the source instead of the API or the sample; for tests."""
    problems: tuple[str, ...] = ()
    """What is wrong in the settings; told on stderr before the command ran."""


class CommandResult(NamedTuple):
    """What a command came to."""

    answer: Answer | None
    """None where there is nothing to print."""
    exit_code: int = ExitCode.OK
