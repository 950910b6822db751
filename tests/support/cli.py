"""What the tests of the command line share: one run of it, and what came of it."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from pkgtui.cli.program import run
from pkgtui.sources.base import CatalogSource
from tests.support.store import FakeClock, FakeSource

PACKAGE_KEYS = [
    "id",
    "slug",
    "title",
    "description",
    "category",
    "grids",
    "stars",
    "forks",
    "contributors",
    "contributor_count",
    "commits_52w",
    "commits_total",
    "commits_last_13w",
    "weeks_active",
    "weeks_since_commit",
    "last_commit_at",
    "pypi_name",
    "pypi_version",
    "repo_url",
    "owner",
    "pypi_url",
    "documentation_url",
    "web_url",
    "added_at",
    "fetched_at",
    "cached_at",
    "activity",
    "activity_as_of",
]
"""The public interface: keys may be added here, never removed or renamed."""


class Ran(NamedTuple):
    """The outcome of one command line."""

    exit_code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer, read as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines of the answer."""
        return self.out.splitlines()


class Cli:
    """Runs command lines in this process, with a source and a clock of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.clock = FakeClock()
        self.source: FakeSource | None = None
        self._capsys = capsys

    @property
    def asked(self) -> list[str]:
        """What the source was asked for, since it was set."""
        return [] if self.source is None else self.source.asked

    def sync_with(self, source: FakeSource) -> None:
        """Fill the cache from `source`, and watch it from then on."""
        self.source = source
        assert self("sync").exit_code == 0
        source.asked.clear()

    def __call__(self, *argv: str) -> Ran:
        """Run `argv`; without a source the real ones are used."""
        source = self.source
        connect: Callable[[], CatalogSource] | None = None
        if source is not None:

            def connect() -> CatalogSource:
                return source

        exit_code = run(argv, now=self.clock, connect=connect)
        captured = self._capsys.readouterr()
        return Ran(exit_code, captured.out, captured.err)


class DeadSource(FakeSource):
    """A source whose every request fails with one error."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def pages_of(self, _name: str) -> Any:
        """Fail."""
        raise self.error

    def _one(self, name: str, key: str) -> Any:
        self.asked.append(f"{name}/{key}")
        raise self.error
