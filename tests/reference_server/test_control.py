"""Tests can start, watch, change and stop reference servers."""

from __future__ import annotations

import asyncio
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import httpx
import pytest

from tests.reference_server import Catalog, ReferenceServer
from tests.reference_server.loading import ROOT
from tests.reference_server.shapes import BASE_URL
from tests.support.server_fixtures import Serve


def test_requests_are_recorded(serve: Serve) -> None:
    server = serve(packages=3)
    with httpx.Client(headers={"User-Agent": "pkgtui-test"}) as client:
        client.get(f"{server.api_url}packages/?limit=2&offset=1")
        client.get(f"{server.api_url}grids/")
    first, second = server.requests
    assert (first.method, first.path) == ("GET", "/api/v4/packages/")
    assert first.query == {"limit": "2", "offset": "1"}
    assert first.headers["user-agent"] == "pkgtui-test"
    assert second.resource == "grids/"
    assert server.asked("grids/") == [second]
    assert server.max_in_flight == 1


async def test_the_catalog_can_change_between_pages(serve: Serve) -> None:
    server = serve(packages=6, hostile=False)
    newest = [package["id"] for package in server.catalog.packages]

    def change(number: int, server: ReferenceServer) -> None:
        if number == 1:
            server.insert_package(title="late", grids=[])
        elif number == 2:
            server.delete_package(newest[0])
            server.delete_package(newest[1])

    server.after_request(change)
    pages = []
    async with httpx.AsyncClient(base_url=server.api_url) as client:
        for offset in (0, 2, 4):
            url = f"packages/?limit=2&offset={offset}"
            pages.append((await client.get(url)).json())
    got = [[record["id"] for record in page["results"]] for page in pages]
    # The insert repeats a record on the second page; the deletes skip one.
    assert got == [newest[0:2], newest[1:3], newest[5:6]]
    assert [page["count"] for page in pages] == [6, 7, 5]


async def test_packages_and_grids_can_be_inserted_changed_and_deleted(
    serve: Serve,
) -> None:
    server = serve(packages=4, grids=2)
    grid = server.insert_grid(title="New grid")
    number = server.insert_package(
        slug="brand-new",
        category=f"{BASE_URL}categories/2/?format=api",
        grids=[grid],
        last_updated="2026-02-04T09:50:50-05:00",
        commits_over_52=[1, 2],
    )
    server.update_package(number, title="\x1b[31mred", repo_watchers=7)
    async with httpx.AsyncClient(base_url=server.api_url) as client:
        record = (await client.get("packages/brand-new/")).json()
        assert record["title"] == "\x1b[31mred"
        assert record["repo_watchers"] == 7
        assert record["category"] == f"{server.api_url}categories/2/"
        assert record["grids"] == [f"{server.api_url}grids/{grid}/"]
        assert record["last_updated"] == "2026-02-04T09:50:50-05:00"
        assert record["commits_over_52"] == [1, 2]
        server.delete_package(number)
        assert (await client.get(f"packages/{number}/")).status_code == 404
        assert (await client.get(f"grids/{grid}/")).json()["packages"] == []
        server.delete_grid(grid)
        assert (await client.get(f"grids/{grid}/")).status_code == 404


def test_several_servers_have_catalogs_of_their_own(serve: Serve) -> None:
    servers = [serve(packages=number) for number in (2, 5)]
    counts = [
        httpx.get(f"{server.api_url}packages/").json()["count"] for server in servers
    ]
    assert counts == [2, 5]


async def test_many_clients_at_once_are_served(serve: Serve) -> None:
    server = serve(packages=40)
    async with httpx.AsyncClient(base_url=server.api_url) as client:
        answers = await asyncio.gather(
            *(client.get(f"packages/?limit=5&offset={n}") for n in range(12))
        )
    assert [answer.status_code for answer in answers] == [200] * 12
    assert server.max_in_flight >= 1


def test_nothing_is_left_of_a_server_that_has_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    threads = threading.active_count()
    with httpx.Client() as client:
        with ReferenceServer(packages=2) as server:
            url = server.api_url
            client.get(url)
            assert list(tmp_path.iterdir())
        # The connection was kept alive, and is ended all the same.
        with pytest.raises(httpx.TransportError):
            client.get(url)
    assert threading.active_count() == threads
    assert not list(tmp_path.iterdir())


def test_clients_that_go_away_are_no_error() -> None:
    request = b"GET /api/v4/packages/?limit=300 HTTP/1.1\r\nHost: x\r\n\r\n"
    with ReferenceServer(packages=300) as server:
        address = ("127.0.0.1", httpx.URL(server.url).port or 0)
        for _ in range(3):
            with socket.create_connection(address) as sock:
                sock.sendall(request)
                linger = struct.pack("ii", 1, 0)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        assert httpx.get(server.api_url).status_code == 200


def test_an_empty_catalog_can_be_served(serve: Serve) -> None:
    server = serve(catalog=Catalog())
    for resource in ("packages/", "grids/", "categories/"):
        got = httpx.get(f"{server.api_url}{resource}").json()
        assert got == {"count": 0, "next": None, "previous": None, "results": []}


def test_it_starts_by_hand_and_ends_quietly() -> None:
    command = ["-m", "tests.reference_server", "--packages", "3", "--port", "0"]
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            assert httpx.get(f"{url}packages/").json()["count"] == 3
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=30)
        finally:
            # Else leaving the block would wait for a server that does not end.
            process.kill()
    assert (process.returncode, output, errors) == (0, "", "")
