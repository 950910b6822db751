"""Single packages fetched behind what is looked at, and the thing one started for."""

from pathlib import Path
from typing import Any

import pytest
from textual.worker import WorkerFailed

from pkgtui.domain.models import Package
from pkgtui.errors import RecordNotFoundError, ServerUnreachableError
from pkgtui.tui.browse import fetching as browse_fetching
from pkgtui.tui.browse import screen as browse
from tests.support.harmless import assert_harmless
from tests.support.store import FakeClock, FakeSource, package
from tests.support.tui import (
    Browser,
    ScriptedSource,
    browsing,
    idle,
    small_catalog,
    sync_before,
)

SIZES = [(40, 12), (120, 40)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages are fetched without delay."""
    monkeypatch.setattr(browse_fetching, "FETCH_DELAY_S", 0)


async def two_hours_later(folder: Path) -> FakeClock:
    """A cache that was filled two hours ago, and the time now."""
    clock = FakeClock()
    await sync_before(folder, clock=clock)
    clock.advance(hours=2)
    return clock


def changed(source: ScriptedSource, slug: str, **fields: Any) -> None:
    """Let the source tell something new of a package."""
    records: list[Package] = list(source.records["packages"])
    source.records["packages"] = [
        record._replace(**fields) if record.slug == slug else record
        for record in records
    ]


def fetched(source: ScriptedSource) -> list[str]:
    """The single packages that were asked for."""
    return [name for name in source.begun if name.startswith("packages/")]


async def test_a_package_over_an_hour_old_is_fetched_alone(tmp_path: Path) -> None:
    clock = await two_hours_later(tmp_path)
    source = small_catalog()
    changed(source, "package-1", description="Quite new", stars=61)
    gate = source.hold("packages/package-1")
    async with browsing(tmp_path, source, clock=clock, is_synced=False) as browser:
        assert "Does something" in browser.package_text()
        await browser.until(lambda: bool(fetched(source)))
        gate.set()
        await browser.work()
        assert "Quite new" in browser.package_text()
        assert "cached just now" in browser.package_text()
        assert " 61 " in browser.rows()[0]
        assert source.begun == ["packages/package-1"]


async def test_a_package_under_an_hour_old_is_not(tmp_path: Path) -> None:
    clock = FakeClock()
    await sync_before(tmp_path, clock=clock)
    clock.advance(minutes=59)
    source = small_catalog()
    async with browsing(tmp_path, source, clock=clock, is_synced=False) as browser:
        await browser.press("3", "down", "down")
        await browser.work()
        assert source.begun == []


async def test_moving_on_before_the_delay_asks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse_fetching, "FETCH_DELAY_S", 3600)
    clock = await two_hours_later(tmp_path)
    source = small_catalog()
    async with browsing(tmp_path, source, clock=clock, is_synced=False) as browser:
        await browser.press("3", "down")
        monkeypatch.setattr(browse_fetching, "FETCH_DELAY_S", 0)
        await browser.press("down")
        await browser.work()
        assert fetched(source) == ["packages/package-3"]


async def test_moving_on_cancels_what_is_under_way(tmp_path: Path) -> None:
    clock = await two_hours_later(tmp_path)
    source = small_catalog()
    changed(source, "package-1", description="Came too late")
    gate = source.hold("packages/package-1")
    async with browsing(tmp_path, source, clock=clock, is_synced=False) as browser:
        await browser.until(lambda: bool(fetched(source)))
        await browser.press("3", "down")
        await browser.work()
        gate.set()
        await browser.work()
        assert browser.shown == "Beta"
        assert "packages/package-1" not in source.asked
        detail = browser.screen.catalog.package(1)
        assert detail is not None
        assert detail.package.description == "Does something"


async def test_moving_on_to_a_fresh_package_cancels_it_as_well(tmp_path: Path) -> None:
    clock = await two_hours_later(tmp_path)
    source = small_catalog()
    gate = source.hold("packages/package-1")
    async with browsing(tmp_path, source, clock=clock, is_synced=False) as browser:
        await browser.press("3", "down")
        await browser.until(lambda: "packages/package-2" in source.asked)
        await browser.press("up")
        await browser.until(lambda: source.begun.count("packages/package-1") > 1)
        await browser.press("down")
        gate.set()
        await browser.work()
        assert "packages/package-1" not in source.asked


async def test_a_late_failure_of_another_package_is_not_told(tmp_path: Path) -> None:
    clock = await two_hours_later(tmp_path)
    source = small_catalog()
    gate = source.hold("packages/package-1")
    source.fail("packages/package-1", ServerUnreachableError("too late"))
    async with browsing(tmp_path, source, clock=clock, is_synced=False) as browser:
        await browser.until(lambda: bool(fetched(source)))
        await browser.press("3", "down")
        gate.set()
        await browser.work()
        assert browser.message() == ""


async def test_an_answer_in_time_leaves_cursor_and_scroll(tmp_path: Path) -> None:
    clock = await two_hours_later(tmp_path)
    source = small_catalog()
    changed(source, "package-1", description="New words " * 30)
    gate = source.hold("packages/package-1")
    async with browsing(
        tmp_path, source, clock=clock, is_synced=False, size=(80, 24)
    ) as browser:
        await browser.press("4", "down", "down", "down")
        target = browser.target()
        assert target is not None
        await browser.until(lambda: bool(fetched(source)))
        gate.set()
        await browser.work()
        assert (browser.focus, browser.target()) == ("package", target)
        await browser.press("g")
        assert "New words" in browser.package_text()


@pytest.mark.parametrize("size", SIZES)
async def test_r_fetches_the_package_whatever_its_age(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source, size=size) as browser:
        await browser.press("4")
        changed(source, "package-1", title="Renamed", stars=1)
        await browser.press("r")
        await browser.work()
        assert fetched(source) == ["packages/package-1"]
        assert browser.shown == "Renamed"
        assert "Renamed" in browser.package_text()
        assert browser.titles[-1] == "Renamed"
        assert browser.screen.packages.current_id == 1


@pytest.mark.parametrize(
    "error",
    [
        ServerUnreachableError("djangopackages.org: no route [/]"),
        RecordNotFoundError("the site has no package 'package-1' [bold]"),
    ],
)
async def test_a_failure_is_told_in_words_and_the_cached_stays(
    tmp_path: Path, error: ServerUnreachableError | RecordNotFoundError
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        source.fail("packages/package-1", error)
        await browser.press("4", "r")
        await browser.work()
        assert browser.message() == str(error)
        assert browser.shown == "Alpha"
        source.fail("packages/package-1", None)
        await browser.press("r")
        await browser.work()
        assert browser.message() == ""


async def test_an_answer_that_nobody_asked_for_takes_no_sentence_away(
    tmp_path: Path,
) -> None:
    clock = await two_hours_later(tmp_path)
    source = small_catalog()
    async with browsing(
        tmp_path, source, is_synced=False, clock=clock, problems=["a wrong setting"]
    ) as browser:
        await browser.until(lambda: "cached just now" in browser.package_text())
        assert browser.message() == "a wrong setting"


async def test_offline_a_package_is_not_fetched_and_r_says_why(tmp_path: Path) -> None:
    clock = await two_hours_later(tmp_path)
    source = small_catalog()
    async with browsing(
        tmp_path, source, clock=clock, is_synced=False, is_offline=True
    ) as browser:
        await browser.press("3", "down")
        await browser.work()
        assert browser.message() == ""
        await browser.press("r")
        await browser.work()
        assert "--offline" in browser.message()
        assert source.begun == []


async def test_panes_follow_once_the_keys_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse, "FOLLOW_DELAY_S", 0.001)
    async with browsing(tmp_path, size=(150, 40)) as browser:
        await browser.pilot.press("3", "down", "down")
        await browser.until(lambda: browser.shown == "Gamma")


async def test_while_keys_come_fast_nothing_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse, "FOLLOW_DELAY_S", 3600)
    async with browsing(tmp_path, size=(150, 40)) as browser:
        for key, shown in (
            *(("3", "Alpha"), ("down", "Alpha"), ("down", "Alpha")),
            # What depends on the cursor does not wait.
            ("4", "Gamma"),
        ):
            await browser.pilot.press(key)
            await idle()
            assert browser.shown == shown


async def test_a_bug_in_fetching_is_not_hidden(tmp_path: Path) -> None:
    class Broken(FakeSource):
        async def package(self, key: str) -> Package:
            raise ValueError(f"a bug in fetching {key}")

    small = small_catalog()
    source = Broken()
    source.records = small.records

    async def refresh() -> None:
        async with browsing(tmp_path, source) as browser:
            await browser.press("4", "r")
            await browser.until(lambda: not browser.app.is_running)

    with pytest.raises(WorkerFailed, match="a bug in fetching package-1"):
        await refresh()


# What one started for


async def start_at(browser: Browser, source: ScriptedSource, name: str) -> None:
    """Wait until the source is asked for `name`."""
    await browser.until(lambda: name in source.begun)
    await browser.settle()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("target", "focus", "shown"),
    [
        ("package-4", "package", "Delta"),
        ("package:4", "package", "Delta"),
        ("grid-20", "packages", "Gamma"),
        ("grid:20", "packages", "Gamma"),
    ],
)
async def test_a_held_target_is_opened_at_once(
    tmp_path: Path, size: tuple[int, int], target: str, focus: str, shown: str
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source, size=size, target=target) as browser:
        assert (browser.focus, browser.shown) == (focus, shown)
        assert fetched(source) == []


async def test_a_target_that_is_not_held_is_fetched(tmp_path: Path) -> None:
    source = small_catalog()
    source.hold("categories:0")
    gate = source.hold("packages/package-4")
    async with browsing(
        tmp_path, source, is_synced=False, target="package-4"
    ) as browser:
        await start_at(browser, source, "packages/package-4")
        assert "asking djangopackages.org for package-4" in browser.status()
        gate.set()
        await browser.until(lambda: browser.focus == "package")
        await browser.settle()
        assert browser.shown == "Delta"
        assert "Delta" in browser.package_text()
        assert "asking" not in browser.status()


@pytest.mark.parametrize(
    "keys", [("3", "f", "x"), ("2",), ("1", "j"), ("2", "tab", "enter")]
)
async def test_a_target_that_comes_late_does_not_pull_one_away(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        pass
    gate = source.hold("packages/package-7")
    source.records["packages"] = [*source.records["packages"], package(7)]
    async with browsing(
        tmp_path, source, is_synced=False, target="package-7"
    ) as browser:
        await start_at(browser, source, "packages/package-7")
        await browser.press(*keys)
        focused, shown = browser.screen.focused, browser.shown
        gate.set()
        await browser.until(lambda: "package-7 has come" in browser.message())
        assert (browser.screen.focused, browser.shown) == (focused, shown)
        assert "asking" not in browser.status()


async def test_a_target_acts_on_no_terminal(tmp_path: Path) -> None:
    source = small_catalog()
    target = "x\x1b]0;mine\x07y\x9b31m"
    gate = source.hold(f"packages/{target}")
    async with browsing(tmp_path, source, target=target) as browser:
        await start_at(browser, source, f"packages/{target}")
        assert_harmless(browser.text())
        gate.set()
        await browser.work()
        assert "no package or grid" in browser.message()
        assert_harmless(browser.text())


async def test_a_target_that_nobody_knows_is_told_with_what_comes_near(
    tmp_path: Path,
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source, target="pakage-4") as browser:
        await browser.work()
        assert browser.message().startswith("no package or grid is called 'pakage-4'")
        assert "did you mean package-4" in browser.message()
        assert browser.focus == "categories"
