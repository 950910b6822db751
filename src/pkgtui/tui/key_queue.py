"""Keys in the order in which they were typed, each to whatever the one before led to.

On a slow line many keys arrive at once. Textual gives each to the widget in focus when
it is read, before anything has come of the last one: of ``/otp`` the letters would be
taken as commands by the screen that is about to be covered.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump

PATIENCE_S = 1.0
"""How long a key waits for one whose widget has gone, and will not say that it is done.
"""

TEXT_CLASS = "-takes-text"
"""The class of widgets that take every letter as text."""


class SequentialKeys(App[None]):
    """An app that hands on what is typed only once what was typed before is done."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._typed: deque[events.Key | events.Paste] = deque()
        self._settling: asyncio.Task[None] | None = None
        self._is_settled = True
        """Whether all that was handed on has done what it does."""
        self._receiver: DOMNode = self

    async def on_unmount(self) -> None:
        """Wait for no key any more."""
        if self._settling is not None:
            self._settling.cancel()

    async def on_event(self, event: events.Event) -> None:
        """Put what is typed in line; other events do not wait."""
        if event.is_forwarded or not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
            return
        self._typed.append(event)
        if self._settling is not None and not self._settling.done():
            return
        if not self._is_settled and not self._goes_on(event):
            self._settling = asyncio.create_task(self._hand_on_the_rest())
            return
        await self._hand_on()
        self._is_settled = False
        if not self._goes_on(event):
            self._settling = asyncio.create_task(self._hand_on_the_rest())

    def _goes_on(self, event: events.Key | events.Paste) -> bool:
        """Whether `event` is a letter for the line that takes letters already.

        Letters need not wait for each other: what follows from them is worked out once.
        """
        is_text = isinstance(event, events.Key) and event.is_printable
        return (
            is_text
            and self._receiver is self.focused
            and self._receiver.has_class(TEXT_CLASS)
        )

    async def _hand_on(self) -> None:
        self._receiver = self.focused or self.screen
        event = self._typed.popleft()
        await super().on_event(event)
        while self._goes_on(event) and self._typed and self._goes_on(self._typed[0]):
            event = self._typed.popleft()
            await super().on_event(event)

    async def _hand_on_the_rest(self) -> None:
        await self._settle()
        while self._typed and await _do_within(self, self._hand_on):
            await self._settle()
        self._is_settled = True

    async def _settle(self) -> None:
        """Wait until what was handed on last has done what it does."""
        # What a widget does not take is taken by those around it, the app last. The
        # focus moves in the app's next turn, and that of a new screen once that screen
        # is there.
        for node in self._receiver.ancestors_with_self:
            await _do_within(node)
        await _do_within(self)
        if self.screen_stack:
            await _do_within(self.screen)
        await _do_within(self)


async def _nothing() -> None:
    pass


async def _do_within(
    pump: MessagePump, action: Callable[[], Awaitable[None]] = _nothing
) -> bool:
    """Wait until `pump` has dealt with all it was sent, and then has done `action`.

    Whether it takes anything at all: one that is closing does not. What it has not
    begun in time it will not do.
    """
    done = asyncio.Event()
    is_waiting = True

    async def act() -> None:
        if not is_waiting:
            return
        try:
            await action()
        finally:
            done.set()

    if not pump.call_later(act):
        return False
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            await done.wait()
    is_waiting = False
    return True
