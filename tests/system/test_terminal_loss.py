"""The browser whose terminal goes away, or that a signal ends: in order, every time."""

import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

pytest.importorskip("termios", reason="a terminal of POSIX")

from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from pkgtui.tui.driver import forgiving
from tests.support.pseudo_terminal import DEADLINE_S, PseudoTerminal
from tests.system.test_terminal import COMMAND, assert_is_restored, environment

HUNG_UP = 128 + signal.SIGHUP
SECOND = "django-oauth-toolkit"
"""The package below the first one."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[PseudoTerminal]:
    """A terminal in which the browser has gone to the sample's second package."""
    command = [*COMMAND, "--sample"]
    with PseudoTerminal(command, environment(), cwd=tmp_path) as terminal:
        terminal.wait_for("bundled sample, data from")
        terminal.press("3j")
        terminal.wait_for(f"Package · {SECOND}")
        yield terminal


def assert_all_is_kept(folder: Path) -> None:
    """The place is kept that the browser was at, and the cache was closed."""
    document = json.loads((folder / "session.json").read_text(encoding="utf-8"))
    id_ = document["catalogs"]["sample"]["package_id"]
    with closing(sqlite3.connect(folder / "sample.sqlite3")) as connection:
        ask = connection.execute
        assert ask("SELECT slug FROM package WHERE id = ?", [id_]).fetchone() == (
            SECOND,
        )
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
    left = {path.name for path in folder.iterdir()}
    assert left <= {"session.json", "sample.sqlite3", "sample.lock"}


def test_a_terminal_that_goes_away_ends_it(
    terminal: PseudoTerminal, tmp_path: Path
) -> None:
    terminal.hang_up()

    assert terminal.process.wait(DEADLINE_S) == HUNG_UP
    assert_all_is_kept(tmp_path)


def test_a_terminal_that_goes_away_while_it_is_suspended_ends_it(
    terminal: PseudoTerminal, tmp_path: Path
) -> None:
    terminal.press(b"\x1a")
    os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)

    # What a shell does to its stopped jobs when its own terminal has gone.
    terminal.hang_up()
    terminal.send_signal(signal.SIGHUP)
    terminal.send_signal(signal.SIGCONT)

    assert terminal.process.wait(DEADLINE_S) == HUNG_UP
    assert_all_is_kept(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_and_leaves_the_terminal_whole(
    terminal: PseudoTerminal, tmp_path: Path, number: signal.Signals
) -> None:
    terminal.send_signal(number)

    assert terminal.wait_for_end() == 128 + number
    assert_is_restored(terminal)
    assert_all_is_kept(tmp_path)


def test_a_terminal_that_takes_nothing_any_more_is_not_waited_for(
    terminal: PseudoTerminal, tmp_path: Path
) -> None:
    terminal.stall()
    terminal.send_signal(signal.SIGTERM)

    assert terminal.process.wait(DEADLINE_S) == 128 + signal.SIGTERM
    assert (tmp_path / "session.json").exists()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_at_the_first_screen_ends_it(
    tmp_path: Path, number: signal.Signals
) -> None:
    command = [*COMMAND, "--sample"]
    with PseudoTerminal(command, environment(), cwd=tmp_path) as terminal:
        terminal.wait_for("\x1b[?1049h")
        terminal.send_signal(number)

        assert terminal.wait_for_end() == 128 + number
        assert_is_restored(terminal)


def test_what_waits_for_a_terminal_that_goes_away_waits_no_longer() -> None:
    far_side, program_side = os.openpty()
    taken: list[int] = []
    with os.fdopen(program_side, "w") as file:
        output = WriterThread(forgiving(file, taken.append))
        output.start()

        def write_more_than_is_taken() -> None:
            for _ in range(2 * MAX_QUEUED_WRITES):
                output.write("x" * 100_000)
            output.stop()

        loop = Thread(target=write_more_than_is_taken, daemon=True)
        loop.start()
        assert os.read(far_side, 1) == b"x"

        os.close(far_side)

        loop.join(DEADLINE_S)
        assert not loop.is_alive()
        assert not output.is_alive()
        assert sum(taken) == 2 * MAX_QUEUED_WRITES * 100_000
