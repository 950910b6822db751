"""An answer's body, read as it arrives and never beyond a limit.

Compressed bodies are unpacked here and not by httpx, which unpacks whatever arrives at
once: 64 kB on the wire can be 64 MB of memory.
"""

import asyncio
import zlib

import httpx

from pkgtui.sources.djangopackages.decode import DecodeError

MAX_TOTAL_BYTES = 32 * 2**20
"""What an unpacked body may have at most."""
ACCEPT_ENCODING = "gzip"
"""What `read_body` can unpack."""
_STEP_BYTES = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS


async def read_body(response: httpx.Response) -> bytes:
    """The unpacked body; raises `DecodeError` and httpx's errors."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return await _read_plain(response)
    if encoding == "gzip":
        return await _read_gzip(response)
    raise DecodeError("packed in a way that was not asked for")


async def _read_plain(response: httpx.Response) -> bytes:
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MAX_TOTAL_BYTES:
        raise _too_long()
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MAX_TOTAL_BYTES:
            raise _too_long()
    return bytes(body)


async def _read_gzip(response: httpx.Response) -> bytes:
    body = bytearray()
    unpacker = zlib.decompressobj(_GZIP)
    try:
        async for piece in response.aiter_raw():
            packed = piece
            while packed and not unpacker.eof:
                body += unpacker.decompress(packed, _STEP_BYTES)
                if len(body) > MAX_TOTAL_BYTES:
                    raise _too_long()
                packed = unpacker.unconsumed_tail
                if packed:
                    await asyncio.sleep(
                        0
                    )  # Let others run between the steps of a bomb.
    except zlib.error as error:
        raise DecodeError("not valid gzip") from error
    if not unpacker.eof:
        raise DecodeError("gzip that ends too early")
    return bytes(body)


def _too_long() -> DecodeError:
    return DecodeError(f"longer than {MAX_TOTAL_BYTES // 2**20} MiB")
