"""Whole HTTP answers: whatever is wrong with them, they arrive in one piece."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from tests.fault_server.breakages import Answer
from tests.fault_server.request import Request
from tests.fault_server.wire import Wire

JSON = "application/json"
HTML = "text/html; charset=utf-8"

PAGE = "<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{body}</body>"
"""What a proxy or the site sends when something is wrong."""


@dataclass(frozen=True, slots=True)
class Reply(Answer):
    """An answer with a status, headers and a body.

    Attributes:
        status: the status code.
        body: the body's bytes, sent as they are.
        content_type: the type that is claimed, or None to claim none.
        headers: more headers.
        length: the claimed length, where it shall not be the body's.
        keep_alive: whether the connection is kept for further requests.
    """

    status: int = 200
    body: bytes = b""
    content_type: str | None = JSON
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None
    keep_alive: bool = True

    def head(self) -> bytes:
        """Return the status line and the headers."""
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Unheard Of"
        length = len(self.body) if self.length is None else self.length
        lines = [f"HTTP/1.1 {self.status} {phrase}", f"Content-Length: {length}"]
        if self.content_type is not None:
            lines.append(f"Content-Type: {self.content_type}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        if not self.keep_alive:
            lines.append("Connection: close")
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    async def give(self, wire: Wire, request: Request) -> bool:
        """Send everything at once."""
        body = b"" if request.method == "HEAD" else self.body
        await wire.send(self.head() + body)
        return self.keep_alive


def json_reply(data: Any, status: int = 200, *headers: tuple[str, str]) -> Reply:
    """Return data as compact JSON; it may be anything that ``json`` can print."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        body = text.encode()
    except UnicodeEncodeError:
        # Half a surrogate pair can be sent as an escape, and only so.
        body = json.dumps(data, separators=(",", ":")).encode()
    return Reply(status, body, headers=headers)


def html_reply(
    status: int = 200, *headers: tuple[str, str], title: str = "Just a moment"
) -> Reply:
    """Return a page of 20 kB, as proxies and the site's own errors are."""
    body = PAGE.format(title=title, body="<p>Please stand by.</p>\n" * 850)
    return Reply(status, body.encode(), HTML, headers)


def too_many_requests(retry_after: str | None = "1") -> Reply:
    """Return a 429 as Django REST framework's throttles give it."""
    headers = () if retry_after is None else (("Retry-After", retry_after),)
    return json_reply({"detail": "Request was throttled."}, 429, *headers)


def unavailable(status: int = 503, retry_after: str | None = "3600") -> Reply:
    """Return the site's maintenance page, or another error of 5xx."""
    headers = () if retry_after is None else (("Retry-After", retry_after),)
    return html_reply(status, *headers, title="Down for maintenance")


def redirect(location: str, status: int = 302) -> Reply:
    """Return a redirect to anywhere."""
    return Reply(status, b"", None, (("Location", location),))
