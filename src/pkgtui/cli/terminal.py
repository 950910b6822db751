"""What the terminal at the other end is: how wide, a terminal at all, in color."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from pkgtui.formats.style import NARROWEST

_USUAL_WIDTH = 80


def terminal_width(environ: Mapping[str, str] = os.environ) -> int:
    """Columns of the terminal on stdout; ``COLUMNS`` overrides, 80 without either.

    The same answer as `shutil.get_terminal_size`, which costs 4 ms to import.
    """
    try:
        width = int(environ.get("COLUMNS", "0"))
    except ValueError:
        width = 0
    if width <= 0:
        try:
            stdout = sys.__stdout__
            width = os.get_terminal_size(stdout.fileno()).columns if stdout else 0
        except (OSError, ValueError):
            width = 0
    return max(NARROWEST, width or _USUAL_WIDTH)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is there, open, and a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def wants_color(when: str, stream: TextIO | None, environ: Mapping[str, str]) -> bool:
    """Whether to color: ``always`` and ``never`` hold whatever else is set.

    ``auto`` means a terminal that can, and no ``NO_COLOR`` (https://no-color.org).
    """
    if when != "auto":
        return when == "always"
    return (
        is_terminal(stream)
        and not environ.get("NO_COLOR")
        and environ.get("TERM") != "dumb"
    )
