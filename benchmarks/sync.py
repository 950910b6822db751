"""A whole sync into an empty cache, against a plain download of the same pages."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from benchmarks.api_server import reference_server, requests_of, served
from benchmarks.measuring import Finding, in_turns, ratio
from benchmarks.stock import DEFAULT_COUNT, LARGE_COUNT
from pkgtui.catalog import Catalog, SyncReport
from pkgtui.config import Settings
from pkgtui.paths import user_paths

TARGET = 2.0
REQUESTS_TARGET = 40
MEMORY_TARGET = 1.5
"""Flat would be 1; memory that grows with the catalog would be `MORE`."""
RUNS = 7
MORE = 4
"""How many times the usual catalog the large one is that memory is compared on."""


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """Time, requests and memory of a sync over loopback.

    The reference server renders each page as the site does (Django REST framework);
    pages that lie ready in memory show the client alone.
    """
    with served(DEFAULT_COUNT) as api_url:
        _sync(api_url)
        urls = requests_of(api_url)
        name = f"sync, {DEFAULT_COUNT:,} packages"
        with reference_server(DEFAULT_COUNT) as reference_url:
            reference_urls = [url.replace(api_url, reference_url) for url in urls]
            yield _against_download(name, reference_url, reference_urls, TARGET)
        in_memory = f"{name}, pages ready in memory"
        yield _against_download(in_memory, api_url, urls, TARGET)
        yield Finding("sync, requests", len(urls), "", REQUESTS_TARGET)
        usual = _peak_bytes(api_url)
    count = LARGE_COUNT if is_large else DEFAULT_COUNT * MORE
    with served(count) as api_url:
        large = _peak_bytes(api_url)
    detail = f"{large / 1e6:.0f} MB; {DEFAULT_COUNT:,}: {usual / 1e6:.0f} MB"
    yield Finding(
        f"sync, peak memory, {count:,}", large / usual, "x", MEMORY_TARGET, detail
    )


def _against_download(
    name: str, api_url: str, urls: Sequence[str], target: float
) -> Finding:
    seconds = in_turns(
        {"sync": partial(_sync, api_url), "download": partial(_download, urls)}, RUNS
    )
    floor = "httpx and json.loads"
    return ratio(name, seconds["sync"], seconds["download"], floor, target)


def _sync(api_url: str) -> float:
    with TemporaryDirectory(prefix="pkgtui-benchmark-") as home:
        start = perf_counter()
        report = asyncio.run(_sync_into(Path(home), api_url))
        seconds = perf_counter() - start
    assert report.is_whole
    return seconds


async def _sync_into(home: Path, api_url: str) -> SyncReport:
    catalog = Catalog.open(Settings(api_url=api_url), user_paths(str(home)))
    try:
        return await catalog.sync()
    finally:
        await catalog.aclose()


def _download(urls: Sequence[str]) -> float:
    start = perf_counter()
    with httpx.Client() as client:
        for url in urls:
            json.loads(client.get(url).content)
    return perf_counter() - start


def _peak_bytes(api_url: str) -> int:
    """The most that a process which only syncs held at once."""
    command = [sys.executable, "-m", __spec__.name, api_url]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return int(told)


def main() -> None:
    """Sync once and print the peak of resident memory, in bytes."""
    import resource

    _sync(sys.argv[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak if sys.platform == "darwin" else peak * 1024)


if __name__ == "__main__":
    main()
