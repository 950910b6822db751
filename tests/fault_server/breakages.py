"""Answers that go wrong on the wire."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fault_server.replies import Reply
    from tests.fault_server.request import Request
    from tests.fault_server.wire import Wire

MIB = 1 << 20


class Answer(ABC):
    """What the server does about a request."""

    __slots__ = ()

    @abstractmethod
    async def give(self, wire: Wire, request: Request) -> bool:
        """Answer over a wire, and say whether it may be used again."""


@dataclass(frozen=True, slots=True)
class Raw(Answer):
    """Bytes that may not be HTTP at all, and an orderly end."""

    data: bytes

    async def give(self, wire: Wire, request: Request) -> bool:  # noqa: ARG002
        """Send the bytes."""
        await wire.send(self.data)
        return False


@dataclass(frozen=True, slots=True)
class HangUp(Answer):
    """No answer but the end of the connection."""

    async def give(self, wire: Wire, request: Request) -> bool:  # noqa: ARG002
        """End it."""
        return False


@dataclass(frozen=True, slots=True)
class Reset(Answer):
    """A reset: before any answer, or after a part of one.

    Attributes:
        reply: the answer that is begun, or None for a reset at once.
        sent: how many bytes of its body get through.
    """

    reply: Reply | None = None
    sent: int = 0

    async def give(self, wire: Wire, request: Request) -> bool:  # noqa: ARG002
        """Send the part, and reset."""
        if self.reply is not None:
            await wire.send(self.reply.head() + self.reply.body[: self.sent])
        wire.reset()
        return False


@dataclass(frozen=True, slots=True)
class Cut(Answer):
    """An answer whose body ends, in order, before its announced length.

    Attributes:
        reply: the answer that is cut.
        missing: how many bytes are left off at the end.
    """

    reply: Reply
    missing: int = 10

    async def give(self, wire: Wire, request: Request) -> bool:  # noqa: ARG002
        """Send all but the missing bytes."""
        body = self.reply.body
        await wire.send(self.reply.head() + body[: max(0, len(body) - self.missing)])
        return False


@dataclass(frozen=True, slots=True)
class Drip(Answer):
    """An answer that comes in small pieces with pauses between them.

    Attributes:
        reply: the answer.
        size: bytes in a piece.
        pause: seconds between pieces.
    """

    reply: Reply
    size: int = 1
    pause: float = 0.02

    async def give(self, wire: Wire, request: Request) -> bool:  # noqa: ARG002
        """Send piece after piece."""
        data = self.reply.head() + self.reply.body
        for start in range(0, len(data), self.size):
            await wire.send(data[start : start + self.size])
            await asyncio.sleep(self.pause)
        return self.reply.keep_alive


@dataclass(frozen=True, slots=True)
class Hang(Answer):
    """Silence until the client goes away.

    Attributes:
        reply: an answer of which the head and ``sent`` bytes come first, or None.
        sent: how many bytes of its body get through.
    """

    reply: Reply | None = None
    sent: int = 0

    async def give(self, wire: Wire, request: Request) -> bool:  # noqa: ARG002
        """Wait, after the part that comes."""
        if self.reply is not None:
            await wire.send(self.reply.head() + self.reply.body[: self.sent])
        await wire.gone()
        return False


@dataclass(frozen=True, slots=True)
class Endless(Answer):
    """A body far beyond any limit, of white space that JSON allows.

    It ends in the end, so that a client without a limit fails instead of hanging.

    Attributes:
        total: bytes of the body.
        announced: whether its length is told; else it comes in chunks.
    """

    total: int = 64 * MIB
    announced: bool = False

    async def give(self, wire: Wire, request: Request) -> bool:  # noqa: ARG002
        """Send until the client has enough."""
        length = (
            f"Content-Length: {self.total}"
            if self.announced
            else "Transfer-Encoding: chunked"
        )
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
        await wire.send(head.encode())
        piece = b" " * 65_536
        chunk = piece if self.announced else b"10000\r\n" + piece + b"\r\n"
        for _ in range(self.total // len(piece)):
            await wire.send(chunk)
        if not self.announced:
            await wire.send(b"0\r\n\r\n")
        return False


class Gate:
    """Holds answers back until a test lets them go.

    ``gate.holds(answer)`` is an answer that waits for ``gate.open()``, which may be
    called from any thread.
    """

    def __init__(self) -> None:
        """Make a gate that is shut."""
        self.opened: Future[None] = Future()

    def open(self) -> None:
        """Let all answers go, for good."""
        if not self.opened.done():
            self.opened.set_result(None)

    def holds(self, answer: Answer) -> Answer:
        """Return the answer, behind the gate."""
        return _Held(self, answer)


@dataclass(frozen=True, slots=True)
class _Held(Answer):
    gate: Gate
    answer: Answer

    async def give(self, wire: Wire, request: Request) -> bool:
        # Shielded, because a stopping server must not cancel what others wait for.
        await asyncio.shield(asyncio.wrap_future(self.gate.opened))
        return await self.answer.give(wire, request)
