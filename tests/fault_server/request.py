"""A request as it came over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, unquote, urlsplit

API_PATH = "/api/v4/"
"""Where the API is on any server."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; header names are lower-case.

    Attributes:
        method: ``GET`` and so on.
        target: path and query as they were sent.
        headers: the last value of each header.
        number: how many requests the server got so far, from 1.
        number_on_path: how many of them were for this path, from 1.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    number: int = 1
    number_on_path: int = 1

    @property
    def path(self) -> str:
        """The path, without the query, percent-decoded."""
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        """The query's values; of a repeated name the last."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def resource(self) -> str:
        """The path below the API's base: ``packages/``, ``grids/cms/``."""
        return self.path.removeprefix(API_PATH)

    @property
    def base_url(self) -> str:
        """The API's base as the client addressed it."""
        return f"http://{self.headers.get('host', '127.0.0.1')}{API_PATH}"

    def natural(self, name: str, default: int) -> int:
        """Return a query value as a number, or a default for junk and negatives."""
        text = self.query.get(name, "")
        return int(text) if text.isascii() and text.isdigit() else default

    def numbered(self, number: int, number_on_path: int) -> Request:
        """Return the request with its place in the order of arrival."""
        return replace(self, number=number, number_on_path=number_on_path)


def parse(head: bytes) -> Request:
    """Return the request whose head this is.

    Raises:
        ValueError: if it is not HTTP.
    """
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _version = first.split(" ")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Request(method, target, headers)
