"""Whatever one does and whenever answers come, the browser holds: steps at random.

Keys, text, pastes, clicks, sizes, and a server that answers late, out of order, never
or with a failure. After each step the same must be so.
"""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import chdir
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import AsyncMock, patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events

from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.models import Package
from pkgtui.errors import BadResponseError, RecordNotFoundError, ServerUnreachableError
from pkgtui.formats.copy_options import is_web_address
from pkgtui.keys import KEYS
from pkgtui.tui.browse.links import GridTarget
from pkgtui.tui.browse.screen import BrowseScreen
from tests.support.examples import examples
from tests.support.harmless import assert_harmless
from tests.support.hostile_json import PIECES
from tests.support.store import NOW, FakeClock, FakeSource, category, grid, package
from tests.support.tui import Browser, browsing, is_in_view, widget_lines

LEAVING = {"q", "ctrl+q", "ctrl+z"}
"""Keys that end the program, or stop it."""
SIZES = (
    (20, 5),
    (40, 12),
    (40, 50),
    (80, 24),
    (90, 24),
    (120, 40),
    (140, 12),
    (200, 50),
)
MAX_ESCAPES = 25
UNLISTED_GRID = 287
NAMES_UNLISTED_GRID = 3
"""The package that names the grid which is in no list."""
MAX_PAUSES = 100
STEP_TIMEOUT_S = 60.0
ERRORS = (
    ServerUnreachableError("no answer [/] from 漢字"),
    BadResponseError("not valid JSON"),
    RecordNotFoundError("no such record"),
)

keys = sorted({key for one in KEYS for key in one.keys} - LEAVING)
sizes = st.sampled_from(SIZES) | st.tuples(st.integers(20, 200), st.integers(5, 50))
pasted = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join)


class Step(NamedTuple):
    """One thing that happens: what, and with what."""

    kind: str
    value: Any = None


key_steps = st.builds(Step, st.just("key"), st.sampled_from(keys))
walking_steps = st.builds(
    Step,
    st.just("key"),
    st.sampled_from(("down", "down", "up", "G", "1", "2", "3", "3", "4", "enter")),
)
server_steps = st.one_of(
    st.just(Step("hold")),
    st.builds(Step, st.just("answer"), st.integers(0, 5)),
    st.builds(Step, st.just("fail"), st.tuples(st.integers(0, 5), st.integers(0, 2))),
    st.just(Step("free")),
    st.just(Step("change")),
    st.just(Step("later")),
)
FROM_SERVER = {"hold", "answer", "fail", "free", "change", "later"}
asking_steps = st.one_of(
    st.just(Step("refresh")),
    st.builds(Step, st.just("follow"), st.integers(0, 200)),
    st.just(Step("ask for a grid")),
)
other_steps = st.one_of(
    st.builds(Step, st.just("type"), st.text("aZ0:-_é漢/[]\\'\" ", max_size=6)),
    st.builds(Step, st.just("paste"), pasted),
    st.builds(Step, st.just("resize"), sizes),
    st.builds(
        Step,
        st.just("click"),
        st.tuples(st.integers(0, 199), st.integers(0, 49), st.integers(1, 2)),
    ),
    st.builds(Step, st.just("wheel"), st.booleans()),
    st.just(Step("escapes")),
)
one_step = st.one_of(
    *(key_steps, walking_steps, walking_steps),
    *(server_steps, asking_steps, other_steps),
).map(lambda step: [step])
asked_and_left = st.builds(
    lambda pane, asking, move, answer: [
        *(Step("escapes"), Step("key", pane), Step("key", "down"), asking),
        *(Step("key", pane), Step("key", move), answer, Step("key", "down")),
    ],
    st.sampled_from("23"),
    asking_steps,
    st.sampled_from(("down", "up", "G", "enter")),
    server_steps,
)
"""The answer comes when one looks at something else, as likely as not."""
steps = st.lists(
    st.one_of(*(one_step,) * 9, asked_and_left), min_size=5, max_size=30
).map(lambda groups: [step for group in groups for step in group])


class LateSource(FakeSource):
    """A server that can be told to hold its answers, and to give them one by one."""

    def __init__(self) -> None:
        ids = range(1, 8)
        super().__init__(
            [self._record(id_, 0) for id_ in ids],
            [
                grid(10, 1, 2, 3, 5, title="Grid [of] many"),
                grid(20, 3, 4, title="Pair"),
                grid(30, title="Empty"),
            ],
            [category(), category(2, "tools", title="Tool", title_plural="Tools")],
        )
        self.is_holding = False
        self.waiting: list[asyncio.Future[None]] = []
        self.grids_asked = 0
        self._version = 0

    @staticmethod
    def _record(id_: int, version: int) -> Package:
        grids = {1: (10,), 2: (10,), 3: (10, 20, UNLISTED_GRID), 4: (20,), 5: (10,)}
        return package(
            id_,
            *grids.get(id_, ()),
            title=f"Title {id_} v{version}",
            description=f"about-{id_}",
            contributors=("ann", f"fan-of-{id_}"),
            stars=100 - id_ + version,
            category_id=1 + id_ % 2,
            last_commit_at=NOW - timedelta(days=id_**4),
        )

    def change(self) -> None:
        """Let every record be another than before; the last package comes and goes."""
        self._version += 1
        count = 8 - self._version % 2
        self.records["packages"] = [
            self._record(id_, self._version) for id_ in range(1, count)
        ]

    def free(self) -> None:
        """Give all answers, and hold no more."""
        self.is_holding = False
        while self.waiting:
            self.settle_one(0, None)

    def settle_one(self, index: int, error: Exception | None) -> None:
        """Answer one of those who wait, or fail."""
        if not self.waiting:
            return
        future = self.waiting.pop(index % len(self.waiting))
        if future.done():
            return
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)

    async def _wait(self) -> None:
        if self.is_holding:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self.waiting.append(future)
            await future

    async def package(self, key: str) -> Any:
        """One package, when it is let go."""
        await self._wait()
        return await super().package(key)

    async def grid(self, key: str) -> Any:
        """One grid, when it is let go."""
        self.grids_asked += 1
        await self._wait()
        if key == str(UNLISTED_GRID):
            return grid(UNLISTED_GRID, 1, NAMES_UNLISTED_GRID)
        return await super().grid(key)

    async def _list(self, name: str) -> AsyncIterator[Any]:
        for page in self.pages_of(name):
            await self._wait()
            yield page


async def take(
    step: Step, browser: Browser, source: LateSource, clock: FakeClock
) -> None:
    """Let `step` happen."""
    pilot, size = browser.pilot, browser.app.size
    match step:
        case Step("key", key):
            await pilot.press(key)
        case Step("type", text):
            await pilot.press(*text)
        case Step("paste", text):
            browser.app.post_message(events.Paste(text))
        case Step("resize", (width, height)):
            await browser.resize(width, height)
        case Step("click", (x, y, times)):
            at = (x % size.width, y % size.height)
            await pilot.click(offset=at, times=times)
        case Step("wheel", is_down):
            focused = browser.app.screen.focused
            kind = events.MouseScrollDown if is_down else events.MouseScrollUp
            if focused is not None:
                focused.post_message(kind(focused, 0, 0, 0, 1, 0, False, False, False))
        case Step("escapes"):
            await go_back(browser)
        case Step("refresh"):
            source.is_holding = True
            await pilot.press("r")
        case Step("follow", index):
            await follow(browser, index)
        case Step("ask for a grid"):
            source.is_holding = True
            browser.screen.go_to(RecordKind.PACKAGE, NAMES_UNLISTED_GRID)
            await browser.settle()
            targets = [
                stop.target for stop in browser.screen.package.text.document.stops
            ]
            wanted = GridTarget(UNLISTED_GRID, is_held=False)
            if wanted in targets:
                await follow(browser, targets.index(wanted))
        case Step("hold"):
            source.is_holding = True
        case Step("answer", index):
            source.settle_one(index, None)
        case Step("fail", (index, error)):
            source.settle_one(index, ERRORS[error])
        case Step("free"):
            source.free()
        case Step("change"):
            source.change()
        case Step("later"):
            clock.advance(hours=2)


async def settle(browser: Browser, source: LateSource) -> None:
    """Let everything be done that waits for no answer, writes to the store too."""
    await browser.settle()
    for _ in range(MAX_PAUSES):
        waiting = [one for one in source.waiting if not one.done()]
        if len(browser.app.workers) <= len(waiting):
            break
        await browser.pilot.pause(0.002)
    await browser.settle()


async def follow(browser: Browser, index: int) -> None:
    """Go in at one of the stops in the text of the package."""
    text = browser.screen.package.text
    if text.document.stops and browser.app.screen is browser.screen:
        await browser.press("4")
        text.move_to_stop(index % len(text.document.stops))
        await browser.press("enter")


async def go_back(browser: Browser) -> None:
    """Escape, again and again, leads to the browse screen."""
    for _ in range(MAX_ESCAPES):
        await browser.pilot.press("escape")
        await browser.settle()
    assert isinstance(browser.app.screen, BrowseScreen)
    assert not browser.screen.is_filtering


async def check(browser: Browser) -> None:
    """What has to be so after every step."""
    app = browser.app
    assert app._exception is None
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    assert len(strips) == height
    for strip in strips:
        assert cell_len(strip.text) == width, strip.text
        assert_harmless(strip.text)
    focused = app.screen.focused
    assert focused is not None
    assert focused.is_attached
    for _ in range(MAX_PAUSES):
        if tells_of_its_package(browser):
            return
        await browser.pilot.pause(0.01)  # a busy machine lays out late
    assert tells_of_its_package(browser), browser.text()


def tells_of_its_package(browser: Browser) -> bool:
    """Whether what the pane tells is all of the package whose name stands above it."""
    pane = browser.screen.package
    view = pane.view
    if view is None or browser.app.catalog.settings.is_sample:
        return True
    if not is_in_view(pane.text) or browser.screen.too_small.display:
        return True  # a text is laid out once it is seen
    id_ = str(view.detail.package.id)
    text = "\n".join(
        "".join(text for text, _ in line) for line in pane.text.document.lines
    )
    header = ""
    if browser.app.screen is browser.screen and is_in_view(pane.header):
        (header,) = widget_lines(pane.header)
    return (
        text.startswith(f"Title {id_} v")
        and set(re.findall(r"about-(\d+)", text)) == {id_}
        and set(re.findall(r"fan-of-(\d+)", text)) <= {id_}
        and set(re.findall(r"package-(\d+)", header)) <= {id_}
    )


class Shown(NamedTuple):
    """What is looked at, and in which list."""

    package_id: int | None
    listed_id: int | None
    selection: PackageFilter

    @classmethod
    def of(cls, browser: Browser) -> "Shown":
        """What `browser` shows now."""
        screen = browser.screen
        return cls(
            screen.package.package_id,
            screen.packages.current_id,
            screen.browsing.selection,
        )


def check_not_moved(browser: Browser, before: Shown, asked_at: Shown | None) -> None:
    """An answer, early or late, moves nobody to another package.

    Unless the package is listed no more, or the answer is a grid that one asked for
    (`asked_at`) and waited for.
    """
    rows = browser.screen.packages.table.rows
    now = Shown.of(browser)
    if before.selection != now.selection:
        assert before == asked_at
        return
    if before.package_id is None:
        return
    if all(row.id != before.package_id for row in rows):
        return
    assert now == before


def check_followed(browser: Browser, before: int | None) -> None:
    """Where the cursor of the list moved, the package is the one under it."""
    screen = browser.screen
    current_id = screen.packages.current_id
    if screen.focused is screen.packages.table and current_id not in {None, before}:
        assert screen.package.package_id == current_id


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@examples(25)
@given(
    taken=steps,
    size=sizes,
    is_synced=st.booleans(),
    is_ascii=st.booleans(),
)
async def test_any_steps(
    taken: list[Step], size: tuple[int, int], is_synced: bool, is_ascii: bool
) -> None:
    source, clock = LateSource(), FakeClock()
    with (
        tempfile.TemporaryDirectory() as name,
        chdir(name),
        patch("pkgtui.tui.browse.fetching.FETCH_DELAY_S", 0),
        patch("pkgtui.tui.dialogs.copy_open.is_remote", lambda: False),
        patch("pkgtui.tui.dialogs.copy_open.open_in_browser", AsyncMock()) as opened,
    ):
        async with browsing(
            Path(name),
            source,
            size=size,
            is_synced=is_synced,
            clock=clock,
            is_ascii=is_ascii,
        ) as browser:
            await check(browser)
            asked_at = None
            for step in taken:
                before, grids_asked = Shown.of(browser), source.grids_asked
                async with asyncio.timeout(STEP_TIMEOUT_S):
                    await take(step, browser, source, clock)
                    await settle(browser, source)
                if browser.app._exit:
                    return  # the palette has an action for it, and ctrl+c twice
                await check(browser)
                if step.kind == "key":
                    check_followed(browser, before.listed_id)
                if step.kind in FROM_SERVER:
                    check_not_moved(browser, before, asked_at)
                elif source.grids_asked > grids_asked:
                    asked_at = Shown.of(browser)
            source.free()
            async with asyncio.timeout(STEP_TIMEOUT_S):
                while browser.app.workers:
                    await browser.settle()
                await go_back(browser)
            await check(browser)
    for call in opened.await_args_list:
        assert is_web_address(call.args[0])
