"""The browser in a real pseudo-terminal: it paints, rests, and leaves all as it was."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="a terminal of POSIX")

from tests.fault_server import Hang
from tests.support.pseudo_terminal import DEADLINE_S, PseudoTerminal
from tests.support.server_fixtures import Misbehave

COMMAND = [sys.executable, "-m", "pkgtui"]
TITLE = "django SHOP"
"""The package with the most stars in the sample: the first one listed."""
SHOWN_AT_REST = {25: True, 7: True}
"""Modes that are set in a fresh terminal: a cursor, and lines that wrap."""
SETTLED_S = 0.3
IDLE_S = 1.0


def environment() -> dict[str, str]:
    """The environment of a usual terminal."""
    kept = {name: value for name, value in os.environ.items() if name[:3] != "LC_"}
    return kept | {"LANG": "C.UTF-8", "TERM": "xterm-256color"}


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[PseudoTerminal]:
    """A terminal of 120 by 40 in which the browser shows the sample, at rest."""
    with PseudoTerminal(
        [*COMMAND, "--sample"], environment(), cwd=tmp_path
    ) as terminal:
        terminal.wait_for("bundled sample, data from")
        terminal.wait_for(TITLE)
        terminal.read_until_quiet(SETTLED_S)
        yield terminal


def assert_is_restored(terminal: PseudoTerminal) -> None:
    """Every mode is as before, and so is what the terminal makes of keys."""
    modes = terminal.modes()
    assert {1049, 25, 1000, 1003, 1006, 2004, 7} <= modes.keys()
    assert modes == {mode: SHOWN_AT_REST.get(mode, False) for mode in modes}
    pushed = re.findall(rb"\x1b\[>\d+u", terminal.written)
    popped = re.findall(rb"\x1b\[<u", terminal.written)
    assert len(pushed) == len(popped) == 1
    assert terminal.attributes == terminal.attributes_before


def test_q_quits(terminal: PseudoTerminal) -> None:
    assert terminal.modes()[1049]
    assert terminal.attributes != terminal.attributes_before

    terminal.press("q")

    assert terminal.wait_for_end() == 0
    assert_is_restored(terminal)


def test_keys_are_answered(terminal: PseudoTerminal) -> None:
    start = len(terminal.written)

    terminal.press("?")

    terminal.wait_for("Show all keys", start=start)


def test_a_change_of_focus_writes_little(terminal: PseudoTerminal) -> None:
    whole_screen = len(terminal.written)

    terminal.press("\t")

    written = terminal.read_until_quiet(SETTLED_S)
    assert 0 < len(written) < whole_screen / 10


def test_q_quits_whatever_is_typed_after_it(terminal: PseudoTerminal) -> None:
    terminal.press("jjqjj/x\rq")

    assert terminal.wait_for_end() == 0
    assert_is_restored(terminal)


def test_control_c_quits_at_the_second_time(terminal: PseudoTerminal) -> None:
    terminal.press(b"\x03")
    terminal.wait_for("Press ctrl+c again to quit.")
    terminal.press(b"\x03")

    assert terminal.wait_for_end() == 0
    assert_is_restored(terminal)


def test_being_terminated_leaves_the_terminal_whole(terminal: PseudoTerminal) -> None:
    terminal.send_signal(signal.SIGTERM)

    assert terminal.wait_for_end() == 128 + signal.SIGTERM
    assert_is_restored(terminal)


def test_quits_while_the_server_is_silent(misbehave: Misbehave) -> None:
    server = misbehave(Hang())
    command = [*COMMAND, "--api-url", server.api_url]
    with PseudoTerminal(command, environment()) as terminal:
        server.wait_for_requests(1, timeout=DEADLINE_S)
        terminal.wait_for("syncing with")

        terminal.press("q")

        assert terminal.wait_for_end() == 0
        assert_is_restored(terminal)


def test_control_z_gives_the_terminal_back_until_it_is_continued(
    terminal: PseudoTerminal,
) -> None:
    terminal.press(b"\x1a")

    stopped = os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
    assert stopped is not None
    assert stopped.si_status == signal.SIGSTOP
    terminal.wait_for("\x1b[?1004l")
    assert_is_restored(terminal)

    start = len(terminal.written)
    terminal.send_signal(signal.SIGCONT)
    terminal.wait_for(TITLE, start=start)
    assert terminal.modes()[1049]


def test_the_first_screen_is_not_painted_over_and_over(
    terminal: PseudoTerminal, tmp_path: Path
) -> None:
    start = len(terminal.written)
    terminal.press(b"\x1a")
    os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
    terminal.send_signal(signal.SIGCONT)
    terminal.wait_for(TITLE, start=start)
    terminal.read_until_quiet(SETTLED_S)
    whole_screen = len(terminal.written) - start
    with PseudoTerminal([*COMMAND, "--sample"], environment(), cwd=tmp_path) as again:
        again.wait_for(TITLE)
        again.read_until_quiet(SETTLED_S)

        assert len(again.written) < 3 * whole_screen


def test_nothing_is_written_at_rest(terminal: PseudoTerminal) -> None:
    assert terminal.read(IDLE_S) == b""


def test_nothing_follows_the_terminal_s_restoring(terminal: PseudoTerminal) -> None:
    terminal.press("q")
    terminal.wait_for_end()

    _, _, after = bytes(terminal.written).rpartition(b"\x1b[?1049l")
    assert re.fullmatch(rb"(?:\x1b\[\?\d+[hl])*", after), after


def test_the_mouse_is_left_to_the_terminal_where_asked(tmp_path: Path) -> None:
    command = [*COMMAND, "--sample", "--no-mouse"]
    with PseudoTerminal(command, environment(), cwd=tmp_path) as terminal:
        terminal.wait_for(TITLE)
        terminal.read_until_quiet(SETTLED_S)
        assert not {1000, 1003, 1006} & {
            mode for mode, is_set in terminal.modes().items() if is_set
        }
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        modes = terminal.modes()
        assert modes == {mode: SHOWN_AT_REST.get(mode, False) for mode in modes}
        assert terminal.attributes == terminal.attributes_before
