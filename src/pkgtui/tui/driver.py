"""Textual's driver for POSIX terminals, which tells what ends the program from outside.

That is SIGTERM, SIGHUP, and a terminal that goes away without one: the kernel sends it
to the session that the terminal controls, and to no other. From the moment the terminal
is changed, all of them leave it as it was; and once there is none, nothing that is
written waits or fails, so that the program can end in order.
"""

import io
import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from threading import Thread, Timer
from typing import TYPE_CHECKING, Any, TextIO

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from pkgtui.tui.flow_control import ASK, OutputThrottle

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


GRACE_S = 3.0
"""How long the program may take to end once it is told to."""
LAST_ANSWERS_S = 1.0
"""How long the end waits for answers; later ones would be typed into the shell."""


class TerminalDriver(LinuxDriver):
    """Sends `Ended` and `Held` to the app."""

    class Ended(Message):
        """The program is to end, as by the signal `by`."""

        def __init__(self, by: signal.Signals) -> None:
            super().__init__()
            self.by = by

    class Held(Message):
        """Nothing is to be painted for now, or everything may be again."""

        def __init__(self, is_held: bool) -> None:
            super().__init__()
            self.is_held = is_held

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._flow = OutputThrottle(self._loop, self._ask, self._hold)
        if self._file is not None:
            self._file = forgiving(self._file, self._flow.took)
        self._watcher: Thread | None = None
        self._last_resort: Timer | None = None
        for number in (signal.SIGHUP, signal.SIGTERM):
            self._loop.add_signal_handler(number, self._tell_end, number)

    def write(self, data: str) -> None:
        """Write `data`; what is painted next may have to wait for it."""
        super().write(data)
        self._flow.wrote(len(data.encode("utf-8", "replace")))

    def process_message(self, message: Message) -> None:
        """Send what came from the terminal to the app, but for answers to `_ask`."""
        if isinstance(message, events.CursorPosition):
            self._flow.heard()
        else:
            super().process_message(message)

    def disable_input(self) -> None:
        """Read no more keys, once the terminal has said all that it was asked."""
        if not self.exit_event.is_set():
            self._flow.wait_for_answers(LAST_ANSWERS_S)
        super().disable_input()

    def _ask(self) -> None:
        super().write(ASK)

    def _hold(self, is_held: bool) -> None:
        self._app.post_message(self.Held(is_held))

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
        if self._last_resort is None:
            # A terminal that is there and takes nothing would be waited for, for ever.
            self._last_resort = Timer(GRACE_S, os._exit, [128 + by])
            self._last_resort.daemon = True
            self._last_resort.start()
        with suppress(RuntimeError):  # the program has ended by itself meanwhile
            self.send_message(self.Ended(by))


class _IgnoreWriteErrors(io.FileIO):
    """Drops what no terminal takes any more.

    An error would end Textual's writing thread, and then its queue would fill up: the
    program would wait for ever in the middle of its own end.
    """

    def __init__(self, file: TextIO, took: Callable[[int], None]) -> None:
        """Write to the terminal of `file`; `took` is told how many bytes went."""
        super().__init__(file.fileno(), "wb", closefd=False)
        self._took = took

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write `data`, if there is a terminal; how much of it is dealt with."""
        try:
            count = super().write(data)
        except OSError:
            count = memoryview(data).nbytes
        self._took(count)
        return count


def forgiving(file: TextIO, took: Callable[[int], None]) -> io.TextIOWrapper:
    """What Textual may write to in place of the terminal's `file`."""
    output = _IgnoreWriteErrors(file, took)
    return io.TextIOWrapper(io.BufferedWriter(output), file.encoding, file.errors)
