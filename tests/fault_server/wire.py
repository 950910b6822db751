"""One connection: bytes out, and the ways to end it."""

from __future__ import annotations

import asyncio
import socket
import struct

RESET = struct.pack("ii", 1, 0)
"""Linger for no time: closing then sends a reset instead of an orderly end."""


class Wire:
    """The server's end of a connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Take over a connection's streams."""
        self._reader = reader
        self._writer = writer

    async def read_head(self) -> bytes:
        """Return the next request's head, or b"" when the client is done."""
        try:
            head = await self._reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return b""
        return head.removesuffix(b"\r\n\r\n")

    async def skip(self, length: int) -> None:
        """Read past a request's body."""
        await self._reader.readexactly(length)

    async def send(self, data: bytes) -> None:
        """Send bytes, waiting while the client does not take them."""
        self._writer.write(data)
        await self._writer.drain()

    async def gone(self) -> None:
        """Wait until the client has gone, reading what it sends until then."""
        more = True
        while more:
            more = bool(await self._reader.read(65_536))

    def reset(self) -> None:
        """End the connection with a reset."""
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self._writer.transport.abort()

    async def close(self) -> None:
        """End the connection in order, once everything was sent."""
        self._writer.close()
        await self._writer.wait_closed()

    def abort(self) -> None:
        """Drop the connection, whatever is left to send."""
        self._writer.transport.abort()
