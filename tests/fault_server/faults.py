"""Faults by name, for tests that go through all of them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from types import MappingProxyType

from tests.fault_server import wrong
from tests.fault_server.breakages import (
    MIB,
    Answer,
    Cut,
    Drip,
    Endless,
    Hang,
    HangUp,
    Raw,
    Reset,
)
from tests.fault_server.replies import (
    Reply,
    html_reply,
    json_reply,
    redirect,
    too_many_requests,
    unavailable,
)

_GOOD = json_reply({"count": 0, "next": None, "previous": None, "results": []})


def _http_date(seconds: float) -> str:
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    return format_datetime(moment, usegmt=True)


def _encoded(body: bytes, encoding: str = "gzip") -> Reply:
    return Reply(body=body, headers=(("Content-Encoding", encoding),))


@cache
def _bomb() -> Reply:
    """Return a small body that becomes a large one when it is unpacked."""
    return _encoded(gzip.compress(b" " * (64 * MIB), compresslevel=1))


FAULTS: Mapping[str, Callable[[], Answer]] = MappingProxyType(
    {
        # The connection.
        "hang": Hang,
        "hang_in_body": lambda: Hang(_GOOD, sent=10),
        "hang_up": HangUp,
        "reset": Reset,
        "reset_in_body": lambda: Reset(_GOOD, sent=10),
        "cut_body": lambda: Cut(_GOOD, missing=10),
        "cut_head": lambda: Raw(b"HTTP/1.1 200 OK\r\nContent-Ty"),
        "cut_chunk": lambda: Raw(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"
        ),
        "slow": lambda: Drip(_GOOD, size=4, pause=0.02),
        "not_http": lambda: Raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
        "flood_of_headers": lambda: Raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200_000),
        "two_lengths": lambda: Raw(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}"
        ),
        # The body.
        "endless": Endless,
        "endless_announced": lambda: Endless(announced=True),
        "bad_gzip": lambda: _encoded(b"this is no gzip"),
        "cut_gzip": lambda: _encoded(gzip.compress(_GOOD.body)[:-12]),
        "bad_deflate": lambda: _encoded(zlib.compress(_GOOD.body)[4:], "deflate"),
        "gzip_bomb": _bomb,
        "html": html_reply,
        "html_as_json": lambda: Reply(body=html_reply().body),
        "json_as_html": lambda: Reply(body=_GOOD.body, content_type="text/html"),
        "json_as_bytes": lambda: Reply(
            body=_GOOD.body, content_type="application/octet-stream"
        ),
        "no_type": lambda: Reply(body=_GOOD.body, content_type=None),
        "wrong_charset": lambda: Reply(
            body=_GOOD.body, content_type="application/json; charset=no-such"
        ),
        "no_content": lambda: Reply(204, b"", None),
        # The status.
        "throttled": lambda: too_many_requests("1"),
        "throttled_date": lambda: too_many_requests(_http_date(2)),
        "throttled_past": lambda: too_many_requests(_http_date(-3600)),
        "throttled_for_ages": lambda: too_many_requests("99999999999"),
        "throttled_bare": lambda: too_many_requests(None),
        "throttled_junk": lambda: too_many_requests("soon"),
        "throttled_negative": lambda: too_many_requests("-5"),
        "error": lambda: unavailable(500, None),
        "bad_gateway": lambda: unavailable(502, None),
        "maintenance": unavailable,
        "gateway_timeout": lambda: unavailable(504, None),
        "forbidden": lambda: html_reply(403, title="Attention Required!"),
        "gone": lambda: html_reply(410),
        "login_page": lambda: redirect("/accounts/login/?next=/api/v4/"),
        "unheard_of": lambda: Reply(599, b"", None),
        "redirect_nowhere": lambda: Reply(302, b"", None),
        "redirect_host": lambda: redirect("http://127.0.0.2:9/api/v4/packages/"),
        "redirect_scheme": lambda: redirect("https://127.0.0.1:9/api/v4/packages/"),
        "redirect_file": lambda: redirect("file:///etc/passwd"),
        "redirect_junk": lambda: redirect("http://[::1/"),
        "redirect_loop": lambda: redirect(""),
    }
)
"""What can be wrong with an answer, apart from the data in it.

``redirect_loop`` has an empty Location, which is the address that was asked for.
"""

WRONG_BODIES: Mapping[str, bytes] = MappingProxyType(
    {f"not_json_{name}": body for name, body in wrong.NOT_JSON.items()}
    | {f"not_a_page_{name}": body for name, body in wrong.NOT_A_PAGE.items()}
    | {
        f"not_a_record_{name}": wrong.page(value)
        for name, value in wrong.NOT_A_RECORD.items()
    }
)
"""Bodies with the right status and type and the wrong content."""


def fault(name: str) -> Answer:
    """Return the fault, or the answer with the wrong body, of a name.

    Raises:
        KeyError: if there is none of that name.
    """
    if name in WRONG_BODIES:
        return Reply(body=WRONG_BODIES[name])
    return FAULTS[name]()
