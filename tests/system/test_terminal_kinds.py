"""Every byte that is written, by the kind of terminal: ASCII, no colors, sixteen."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

pytest.importorskip("termios", reason="a terminal of POSIX")

from tests.support.pseudo_terminal import PseudoTerminal
from tests.system.test_terminal import environment

WALK = (
    *("\t", "2", "j", "f", "c", "\r", "3", "s", "a", "a", " ", "y", "\x1b", "o", "w"),
    *("\x1b", "4", "j", "l", "G", "z", "z", "?", "G", "\x1b", "/", "a", "m", "\x1b"),
    *("2", "g", "\r", "c", "e", "\x1b", "+", "a", "\x1b", "\x1b", "\x10", "t", "\x1b"),
)
"""Through all panes, dialogs and screens."""
QUIET_S = 0.02
# A key that comes sooner after escape would be read as one with alt.
AFTER_ESCAPE_S = 0.12
SGR = re.compile(rb"\x1b\[([0-9;]*)m")


@contextmanager
def walked(**environ: str) -> Iterator[bytes]:
    """All that is written on a walk through the sample, by somebody over SSH."""
    command = [sys.executable, "-m", "pkgtui", "--sample"]
    with PseudoTerminal(
        command,
        environment() | {"SSH_TTY": "/dev/pts/0"} | environ,
        columns=100,
        rows=24,
    ) as terminal:
        terminal.wait_for("sample, data from")
        terminal.read_until_quiet(QUIET_S)
        for key in WALK:
            terminal.press(key)
            terminal.read_until_quiet(AFTER_ESCAPE_S if key == "\x1b" else QUIET_S)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        yield bytes(terminal.written)


def codes(written: bytes) -> set[int]:
    """The numbers in all codes of looks."""
    return {int(n) for code in SGR.findall(written) for n in code.split(b";") if n}


@pytest.mark.parametrize(
    "environ",
    [{"TERM": "linux"}, {"LC_ALL": "C", "TERM": "xterm-256color"}],
    ids=["linux", "locale"],
)
def test_where_only_ascii_is_taken_every_byte_is_ascii(environ: dict[str, str]) -> None:
    with walked(**environ) as written:
        assert written.isascii()
        assert b"esc cancel" in written


def test_without_colors_looks_are_bold_dim_underlined_or_reversed() -> None:
    with walked(NO_COLOR="1") as written:
        assert codes(written) <= {0, 1, 2, 3, 4, 7}
        assert {1, 2, 7} <= codes(written)


def test_with_sixteen_colors_there_are_no_others() -> None:
    with walked(TERM="xterm") as written:
        assert not codes(written) & {38, 48}
        assert codes(written) & {*range(30, 38), *range(40, 48)}


def test_with_256_colors_there_are_no_others() -> None:
    with walked(TERM="xterm-256color") as written:
        assert b"38;5;" in written
        assert b"38;2;" not in written
