"""Textual's driver for POSIX terminals, which tells what ends the program from outside.

That is SIGTERM, SIGHUP, and a terminal that goes away without one: the kernel sends it
to the session that the terminal controls, and to no other. From the moment the terminal
is changed, all of them leave it as it was; and once there is none, nothing that is
written waits or fails, so that the program can end in order.
"""

import io
import select
import signal
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, TextIO

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class TerminalDriver(LinuxDriver):
    """Sends `Ended` to the app."""

    class Ended(Message):
        """The program is to end, as by the signal `by`."""

        def __init__(self, by: signal.Signals) -> None:
            super().__init__()
            self.by = by

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        if self._file is not None:
            self._file = forgiving(self._file)
        self._watcher: Thread | None = None
        for number in (signal.SIGHUP, signal.SIGTERM):
            self._loop.add_signal_handler(number, self._tell_end, number)

    def run_input_thread(self) -> None:
        """Read keys until it is told to stop, or there is no terminal to read from."""
        if self._watcher is None:
            self._watcher = Thread(
                target=self._watch, name="terminal-watcher", daemon=True
            )
            self._watcher.start()
        try:
            super().run_input_thread()
        except OSError:
            self._tell_end(signal.SIGHUP)

    def _watch(self) -> None:
        """Wait, at no cost, until the terminal's other side is closed.

        Textual's own thread reads an end without end from then on.
        """
        poll = select.poll()
        poll.register(self.fileno, 0)
        for _, seen in poll.poll():
            # What cannot be polled says POLLNVAL, and at once.
            if seen & (select.POLLHUP | select.POLLERR):
                self._tell_end(signal.SIGHUP)

    def _tell_end(self, by: signal.Signals) -> None:
        with suppress(RuntimeError):  # the program has ended by itself meanwhile
            self.send_message(self.Ended(by))


class _ForgivingOutput(io.FileIO):
    """Drops what no terminal takes any more.

    An error would end Textual's writing thread, and then its queue would fill up: the
    program would wait for ever in the middle of its own end.
    """

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write `data`, if there is a terminal; how much of it is dealt with."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def forgiving(file: TextIO) -> io.TextIOWrapper:
    """What Textual may write to in place of the terminal's `file`."""
    output = _ForgivingOutput(file.fileno(), "wb", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(output), file.encoding, file.errors)
