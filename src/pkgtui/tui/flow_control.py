"""Keeps what is painted near what the terminal has shown, on lines slower than keys.

Between the program and the eyes lie buffers: the kernel's, sshd's, the network's. A key
held down would fill them with pictures that are out of date. So the terminal is asked
now and then where its cursor is: its answer says that all before has arrived, and
painting waits while too much has not. A terminal that never answers is left alone, but
what the kernel has not taken counts all the same.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable

ASK = "\x1b[6n"
"""ECMA-48's device status report for the cursor's position."""
ASK_EVERY = 2_048
"""Bytes between two questions."""
WINDOW = 4_096
"""Bytes that may be under way: a dozen moves in a list, or two packages."""
PATIENCE_S = 3.0
"""After so long without an answer the terminal counts as one that gives none."""


class OutputThrottle:
    """Counts bytes; all but `took` and `heard` run on the loop's thread."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        ask: Callable[[], None],
        hold: Callable[[bool], None],
    ) -> None:
        """`ask` writes the question; `hold` stops the painting, or lets it go on."""
        self._loop, self._ask, self._hold = loop, ask, hold
        self._written = 0
        self._taken = 0
        self._shown = 0
        self._asked: deque[int] = deque()
        """How much was written before each question that is not answered yet."""
        self._last_asked = 0
        self._answers = False
        self._is_held = False
        self._patience: asyncio.TimerHandle | None = None
        self._all_heard = threading.Event()
        self._all_heard.set()

    def wrote(self, count: int) -> None:
        """Note `count` bytes more that are to be written."""
        self._written += count
        if self._written - self._last_asked >= ASK_EVERY and (
            self._answers or not self._asked
        ):
            self._last_asked = self._written
            self._asked.append(self._written)
            self._all_heard.clear()
            self._ask()
        self._check()

    def took(self, count: int) -> None:
        """Note `count` bytes that the kernel took; from any thread."""
        self._taken += count
        if self._is_held:
            self._loop.call_soon_threadsafe(self._check)

    def heard(self) -> None:
        """Note an answer of the terminal; from any thread."""
        if len(self._asked) <= 1:
            self._all_heard.set()
        self._loop.call_soon_threadsafe(self._answered)

    def wait_for_answers(self, timeout_s: float) -> None:
        """Wait for what was asked, so that no answer comes when nobody listens."""
        if self._answers:
            self._all_heard.wait(timeout_s)

    def _answered(self) -> None:
        if self._asked:  # some keys look like an answer
            self._answers = True
            self._shown = self._asked.popleft()
            self._check()

    def _check(self) -> None:
        arrived = self._shown if self._answers else self._taken
        is_held = self._written - arrived > WINDOW
        if is_held == self._is_held:
            return
        self._is_held = is_held
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        if is_held:
            self._patience = self._loop.call_later(PATIENCE_S, self._lose_patience)
        self._hold(is_held)

    def _lose_patience(self) -> None:
        self._answers = False
        self._asked.clear()
        self._check()
