"""The log: what a run did, and how long it took; for its owner, without secrets."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pkgtui import log
from pkgtui.errors import ServerUnreachableError, SourceError, UsageError
from pkgtui.log.writing import MAX_LINE_CHARS, without_secrets
from tests.reference_server import ReferenceServer
from tests.support.cli import Cli, DeadSource
from tests.support.client import Case
from tests.support.store import FakeSource, package
from tests.support.tui import browsing, small_catalog

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \d+ (DEBUG|INFO|WARNING|CRITICAL) (.+)"
)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """Where the log is; closed after the test."""
    yield tmp_path / "run.log"
    log.close_log()


def lines(path: Path) -> list[tuple[str, str]]:
    """Level and sentence of each line."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        match = LINE.fullmatch(line)
        assert match is not None, line
        found.append((match[1], match[2]))
    return found


def sentences(path: Path) -> list[str]:
    """What the lines tell."""
    return [sentence for _, sentence in lines(path)]


def test_a_run_tells_its_begin_and_its_end(cli: Cli, path: Path) -> None:
    assert cli("paths", "--log", str(path)).exit_code == 0
    cli("show", "--offline", "no-such-thing", "--log", str(path))

    first, second, *others = sentences(path)
    assert re.fullmatch(r"pkgtui [0-9.]+ begins, Python [0-9.]+, \w+", first)
    assert re.fullmatch(r"ends with 0 after \d\.\d{3} s", second)
    assert others[0].startswith("pkgtui ")
    assert others[-1].startswith("ends with 4 after ")
    told = [sentence for level, sentence in lines(path) if level == "WARNING"]
    assert told[0].startswith("--offline: the network is not used; ")
    assert path.stat().st_mode & 0o777 == 0o600
    assert not log.is_open()


def set_log_level(log_path: Path, level: str) -> None:
    settings = log_path.parent / "config.toml"
    settings.write_text(f'log_level = "{level}"', encoding="utf-8")


def test_what_goes_well_is_no_warning(cli: Cli, path: Path) -> None:
    set_log_level(path, "warning")
    options = ("--log", str(path))
    assert cli("categories", "--sample", *options).err.startswith("pkgtui: sample")
    cli.source = FakeSource([package(1)])
    assert "packages: 1 of 1" in cli("sync", *options).err
    assert lines(path) == []


def test_nothing_is_written_unless_asked(cli: Cli, tmp_path: Path) -> None:
    cli("paths")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_appended_to_and_made_private(
    cli: Cli, path: Path
) -> None:
    path.write_text("before\n", encoding="utf-8")
    path.chmod(0o644)
    cli("paths", "--log", str(path))
    assert path.read_text(encoding="utf-8").startswith("before\n2")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("debug", {"DEBUG", "INFO", "WARNING"}),
        ("info", {"INFO", "WARNING"}),
        ("warning", {"WARNING"}),
    ],
)
def test_the_level_is_the_least_that_is_written(
    cli: Cli, path: Path, level: str, told: set[str]
) -> None:
    cli.source = FakeSource([package(1)])
    set_log_level(path, level)
    options = ("--log", str(path))
    assert cli("sync", *options).exit_code == 0
    assert cli("show", "no-such-thing", *options).exit_code == 3
    assert {name for name, _ in lines(path)} == told


def test_the_environment_and_the_file_name_it_too(
    cli: Cli, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path.parent / "config.toml").write_text('log = "run.log"', encoding="utf-8")
    cli("paths")
    assert len(lines(path)) == 2
    monkeypatch.setenv("PKGTUI_LOG", str(path.with_name("other.log")))
    set_log_level(path, "warning")
    cli("paths")
    assert len(lines(path)) == 2
    assert lines(path.with_name("other.log")) == []


def unwritable(tmp_path: Path) -> list[Path]:
    """Paths that no log can be written to."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    return [
        tmp_path,
        tmp_path / "no" / "folder",
        tmp_path / "file" / "below",
        tmp_path / "pipe",
        tmp_path / ("x" * 300),
    ]


def test_a_log_that_cannot_be_written_ends_the_run_before_it_begins(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.source = FakeSource([package(1)])
    for path in unwritable(tmp_path):
        ran = cli("sync", "--log", str(path))
        assert (ran.exit_code, ran.out) == (2, "")
        assert ran.err.startswith(f"pkgtui: cannot write the log {path}: ")
        assert ran.err.endswith("; name another file\n")
        assert ran.err.count("\n") == 1
    monkeypatch.setenv("PKGTUI_LOG", str(tmp_path))
    assert cli("sync").exit_code == 2
    assert cli.source.asked == []


def test_a_log_that_the_file_names_in_vain_is_told_and_left_out(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text('log = "no/folder"', encoding="utf-8")
    ran = cli("paths")
    assert ran.exit_code == 0
    assert f"cannot write the log {tmp_path / 'no' / 'folder'}: No such" in ran.err
    assert ran.err.endswith("; going on without\n")


@pytest.mark.parametrize(
    "name",
    [
        *("marks.json", "session.json", "config.toml", "djangopackages.org.sqlite3"),
        *("sample.sqlite3", "sample.sqlite3-journal", "sample.lock"),
        "sample.damaged-20260808-120000.sqlite3",
    ],
)
def test_a_log_does_not_go_into_a_file_of_the_programs(
    cli: Cli, tmp_path: Path, name: str
) -> None:
    own, link = tmp_path / name, tmp_path / "link"
    own.write_bytes(b"")
    link.symlink_to(own)
    for path in (own, link):
        ran = cli("paths", "--log", str(path))
        assert (ran.exit_code, ran.out) == (2, "")
        assert "pkgtui keeps other things there; name another file" in ran.err
    (tmp_path / "config.toml").write_text(f'log = "{name}"', encoding="utf-8")
    ran = cli("paths")
    assert ran.exit_code == 0
    assert ran.err.endswith("name another file; going on without\n")
    assert own.read_bytes() == (b'log = "config.toml"' if "toml" in name else b"")


def test_a_log_may_be_beside_the_programs_files(cli: Cli, tmp_path: Path) -> None:
    assert cli("paths", "--log", str(tmp_path / "run.log")).exit_code == 0
    elsewhere = tmp_path / "other"
    elsewhere.mkdir()
    assert cli("paths", "--log", str(elsewhere / "marks.json")).exit_code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk of Linux")
def test_a_disk_that_is_full_ends_nothing(cli: Cli) -> None:
    ran = cli("paths", "--log", "/dev/full")
    assert (ran.exit_code, ran.err) == (0, "")


def test_requests_are_told_with_their_status_size_and_time(
    cli: Cli, path: Path, reference_server: ReferenceServer
) -> None:
    address = reference_server.api_url.replace("://", "://me:secret@")
    options = ("--api-url", address, "--log", str(path))
    set_log_level(path, "debug")
    assert cli("sync", *options).exit_code == 0
    cli("show", "no-such-thing", *options)

    text = path.read_text(encoding="utf-8")
    assert "secret" not in text
    assert "me:" not in text
    told = "\n".join(sentences(path))
    url = re.escape(reference_server.api_url)
    pattern = r"^GET {}packages/\?limit=\d+&offset=0 200 \d\d+ bytes \d+ ms$"
    assert re.search(pattern.format(url), told, re.MULTILINE)
    pattern = r"^GET {}packages/no-such-thing/ 404 \d+ bytes \d+ ms$"
    assert re.search(pattern.format(url), told, re.MULTILINE)
    host = url.split("/")[2]
    assert re.search(f"^sync with {host} begins$", told, re.MULTILINE)
    assert re.search(r"^sync ended after [0-9.]+ s: package_count 3", told, re.M)
    assert re.search(r"^packages: \d+ of \d+ stored, pass 1$", told, re.MULTILINE)


def test_a_sync_that_fails_tells_why(cli: Cli, path: Path) -> None:
    cli.source = DeadSource(ServerUnreachableError("cannot reach it; try later"))
    assert cli("sync", "--log", str(path)).exit_code == 4
    warnings = [sentence for level, sentence in lines(path) if level == "WARNING"]
    assert re.fullmatch(
        r"sync failed after [0-9.]+ s: cannot reach it; try later", warnings[0]
    )


async def test_tries_and_redirects_are_told_without_what_their_addresses_carry(
    path: Path,
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("token") != "hush":
            location = "http://me:pw@api.example:8800/api/v4/x/?token=hush&limit=5"
            return httpx.Response(302, headers={"Location": location})
        return httpx.Response(503, headers={"Retry-After": "2"})

    log.open_log(path, "debug")
    case = Case(answer)
    await case.fails(SourceError)

    told = sentences(path)
    assert "hush" not in "".join(told)
    assert "pw@" not in "".join(told)
    base = "http://api.example:8800/api/v4"
    assert told[0] == f"GET {base}/packages/django-shop/ 302 0 bytes 0 ms"
    assert told[1] == f"GET {base}/x/?token=…&limit=5 503 0 bytes 0 ms"
    assert told[2].endswith("; try again later; again in 2.0 s")
    assert lines(path)[-1][0] == "WARNING"
    assert "503 Service Unavailable" in told[-1]


def test_what_happens_to_the_cache_file_is_told(cli: Cli, path: Path) -> None:
    cache = Path(cli("paths", "--format", "json").json["cache"])
    cache.write_bytes(b"no database" * 1000)
    cli("grids", "--offline", "--log", str(path))
    assert any(
        level == "WARNING"
        and sentence.startswith("the cache was damaged; it was moved")
        for level, sentence in lines(path)
    )


def test_a_bug_is_told_by_kind_and_place_without_its_words(
    cli: Cli, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_context: object) -> None:
        raise ValueError("somebody's secret")

    monkeypatch.delenv("PKGTUI_DEBUG", raising=False)
    monkeypatch.setattr("pkgtui.cli.commands.paths.run", fail)
    assert cli("paths", "--log", str(path)).exit_code == 1
    text = path.read_text(encoding="utf-8")
    assert "somebody" not in text
    level, told = lines(path)[1]
    assert level == "CRITICAL"
    assert re.fullmatch(r"a bug ended it: ValueError in test_log\.py:\d+", told)


async def test_the_browser_tells_of_its_requests_and_syncs(
    tmp_path: Path, path: Path
) -> None:
    source = small_catalog()
    log.open_log(path, "info")
    async with browsing(tmp_path, source) as browser:
        await browser.press("R")
        await browser.work()
        source.fail("categories:0", ServerUnreachableError("it has gone"))
        await browser.press("R")
        await browser.work()
    told = sentences(path)
    assert sum(sentence.startswith("sync ended") for sentence in told) == 2
    assert told[-1].endswith(" s: it has gone")


def test_a_line_is_one_line_whatever_it_tells(path: Path) -> None:
    log.open_log(path, "debug")
    log.info("a\x1b[2J\nb\r\u202e%s {} " + "x" * 5000)
    ((level, told),) = lines(path)
    assert level == "INFO"
    assert told.startswith("a b %s {} xxx")
    assert len(told) <= MAX_LINE_CHARS
    assert told.isprintable()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("GET https://a:b@c.d/e", "GET https://c.d/e"),
        ("https://a:b:c%40@c.d/e?f=g", "https://c.d/e?f=…"),
        (
            "http://a/?limit=5&offset=6&format=json",
            "http://a/?limit=5&offset=6&format=json",
        ),
        ("http://a/?limits=5&key=s&x= b", "http://a/?limits=…&key=…&x=… b"),
        ("mail a@b of http://c", "mail a@b of http://c"),
    ],
)
def test_addresses_lose_their_secrets(sentence: str, told: str) -> None:
    assert without_secrets(sentence) == told


def test_after_it_is_closed_nothing_is_written(path: Path) -> None:
    log.open_log(path, "info")
    log.info("one")
    log.close_log()
    log.info("two")
    assert sentences(path) == ["one"]
    with pytest.raises(UsageError):
        log.open_log(path.parent, "info")
    assert not log.is_open()


PROBE = """
import json, sys
from pkgtui.cli import main
code = main(json.loads(sys.argv[1]))
print(json.dumps([code, "logging" in sys.modules, "pkgtui.log.writing" in sys.modules]))
"""


def test_what_writes_it_is_loaded_only_if_asked(path: Path) -> None:
    for options, is_loaded in (((), False), (("--log", str(path)), True)):
        ran = subprocess.run(
            [sys.executable, "-c", PROBE, json.dumps(["paths", *options])],
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(ran.stdout.splitlines()[-1]) == [0, is_loaded, is_loaded]


def test_a_password_at_the_end_of_a_long_line_is_left_out() -> None:
    address = " https://name:hunter2@host.example/"
    for at in range(MAX_LINE_CHARS - len(address), MAX_LINE_CHARS + 1):
        assert "hunter" not in without_secrets("x" * at + address)
