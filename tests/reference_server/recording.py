"""What clients asked of the server, kept for tests to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request as it came in; header names are lower-case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def resource(self) -> str:
        """The path below the API's base: ``packages/``, ``grids/cms/``."""
        return self.path.partition("/api/v4/")[2]


def recorded(environ: Mapping[str, Any]) -> RecordedRequest:
    """Return the request that a WSGI environment stands for."""
    headers = {
        key.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for key, value in environ.items()
        if key.startswith("HTTP_") or (key in _BARE_HEADERS and value)
    }
    query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    return RecordedRequest(
        environ["REQUEST_METHOD"], environ["PATH_INFO"], query, headers
    )


_BARE_HEADERS = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})
