"""A program in a terminal of its own: what it writes, and keys for it. POSIX only.

Nothing here waits blindly: every wait is for bytes or for the end, with a deadline.
"""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

DEADLINE_S = 30.0
_CHUNK_BYTES = 1 << 16
_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


class PseudoTerminal:
    """Runs `command`; leaving the context kills it if it is still there."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 120,
        rows: int = 40,
        cwd: Path | None = None,
    ) -> None:
        self._reading, program_side = os.openpty()
        self._is_hung_up = False
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(program_side, termios.TIOCSWINSZ, size)
        self._name = os.ttyname(program_side)
        self.attributes_before = termios.tcgetattr(program_side)
        """How the terminal was set before the program."""
        self.written = bytearray()
        """All that was read of what the program wrote."""
        try:
            self.process = subprocess.Popen(
                command,
                env=environ,
                cwd=cwd,
                stdin=program_side,
                stdout=program_side,
                stderr=program_side,
                start_new_session=True,
            )
        except BaseException:
            os.close(self._reading)
            raise
        finally:
            os.close(program_side)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        self.hang_up()

    def hang_up(self) -> None:
        """Take the terminal away; nothing can be read after it.

        The program has no controlling terminal, so the kernel sends it no signal.
        """
        if not self._is_hung_up:
            os.close(self._reading)
            self._is_hung_up = True

    def press(self, keys: bytes | str) -> None:
        """Write `keys` as a keyboard would."""
        os.write(self._reading, keys.encode() if isinstance(keys, str) else keys)

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def stall(self) -> None:
        """Take nothing that the program writes from now on, as after ctrl+s."""
        program_side = os.open(self._name, os.O_RDWR | os.O_NOCTTY)
        try:
            termios.tcflow(program_side, termios.TCOOFF)
        finally:
            os.close(program_side)

    def read(self, timeout_s: float) -> bytes | None:
        """What is written next; b"" after `timeout_s` of silence, None at the end."""
        readable, _, _ = select.select([self._reading], [], [], max(0.0, timeout_s))
        if not readable:
            return b""
        try:
            data = os.read(self._reading, _CHUNK_BYTES)
        except OSError:  # how Linux tells that the program has closed its terminal
            return None
        self.written += data
        return data or None

    def wait_for(self, text: bytes | str, *, start: int = 0) -> None:
        """Read until `text` stands in `written` from `start` on."""
        wanted = text.encode() if isinstance(text, str) else text
        until = time.monotonic() + DEADLINE_S
        while self.written.find(wanted, start) < 0:
            if self.read(until - time.monotonic()):
                continue
            seen = bytes(self.written[-2000:])
            raise AssertionError(f"{wanted!r} was not written; at the end: {seen!r}")

    def read_until_quiet(self, quiet_s: float) -> bytes:
        """Read until nothing is written for `quiet_s`; all that was."""
        start = len(self.written)
        until = time.monotonic() + DEADLINE_S
        while self.read(quiet_s):
            assert time.monotonic() < until, "it never stops writing"
        return bytes(self.written[start:])

    def wait_for_end(self) -> int:
        """Read to the end; the program's exit code."""
        until = time.monotonic() + DEADLINE_S
        while (data := self.read(until - time.monotonic())) is not None:
            assert data, "it does not end"
        return self.process.wait(max(0.0, until - time.monotonic()))

    @property
    def attributes(self) -> list[object]:
        """How the terminal is set now."""
        program_side = os.open(self._name, os.O_RDWR | os.O_NOCTTY)
        try:
            return termios.tcgetattr(program_side)
        finally:
            os.close(program_side)

    def modes(self) -> dict[int, bool]:
        """The terminal's private modes by number, as they were last set."""
        return {
            int(number): change[2] == b"h"
            for change in _MODE.finditer(self.written)
            for number in change[1].split(b";")
        }
