"""Fixtures that start the servers of the tests, and stop them for sure.

``reference_server`` is one server for the whole session: read from it only. For one
of its own a test calls ``serve``, for a misbehaving one ``misbehave``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.fault_server import Answer, FaultServer, GoodApi, Script
from tests.reference_server import ReferenceServer

Serve = Callable[..., ReferenceServer]
"""Takes what ``ReferenceServer`` takes, and returns it running."""

Misbehave = Callable[[Script | Answer], FaultServer]
"""Takes a script or an answer, and returns a running server."""


@pytest.fixture(scope="session")
def reference_server() -> Iterator[ReferenceServer]:
    """Return a server of 300 packages with every oddity, shared and never changed."""
    with ReferenceServer(packages=300) as server:
        yield server


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that starts reference servers for one test."""
    with ExitStack() as stack:

        def start(*args: Any, **options: Any) -> ReferenceServer:
            return stack.enter_context(ReferenceServer(*args, **options))

        yield start


@pytest.fixture
def misbehave() -> Iterator[Misbehave]:
    """Return a function that starts fault servers for one test."""
    with ExitStack() as stack:

        def start(script: Script | Answer) -> FaultServer:
            return stack.enter_context(FaultServer(script))

        yield start


@pytest.fixture
def good_api() -> GoodApi:
    """Return a small valid API to build scripts around."""
    return GoodApi()
