"""What the tests of the full-screen face share: the app at work, read as text."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.widget import Widget

from pkgtui.catalog import Catalog, open_marks, open_session
from pkgtui.domain.models import Grid, Package
from pkgtui.errors import PkgtuiError
from pkgtui.sources.djangopackages.decode import decode_package
from pkgtui.tui.app import PkgtuiApp
from pkgtui.tui.browse.screen import BrowseScreen
from pkgtui.tui.widgets.inputs import LineInput
from pkgtui.tui.widgets.line_widget import Line
from tests.support.store import (
    NOW,
    FakeClock,
    FakeSource,
    category,
    grid,
    open_catalog,
    package,
    paths_in,
)

_SEEDS = Path(__file__).parents[1] / "data" / "seeds"


SEEDED = (
    "django-organizations",
    "django-dbsettings-new",
    "django-modelcluster",
    "mongodb-engine",
    "django-shop",
)
"""The slugs of the recorded packages."""


def seed(slug: str) -> Package:
    """A record as the live API gave it, by its slug."""
    for path in _SEEDS.glob("*.json"):
        package = decode_package(json.loads(path.read_text(encoding="utf-8")))
        if package.slug == slug:
            return package
    raise LookupError(slug)


def line_texts(lines: Iterable[Line]) -> list[str]:
    """Lines as one reads them, without styles."""
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def widget_lines(widget: Widget) -> list[str]:
    """What stands on the screen where `widget` is, a string a line."""
    region = widget.region
    lines = []
    for strip in widget.screen._compositor.render_strips()[region.y : region.bottom]:
        cut = strip.crop(region.x, region.right)
        assert cut.cell_length == region.width
        lines.append(cut.text)
    return lines


def scroll(widget: Widget, *, down: bool) -> MouseScrollDown | MouseScrollUp:
    """A turn of the wheel over `widget`."""
    kind = MouseScrollDown if down else MouseScrollUp
    return kind(widget, 0, 0, 0, 1 if down else -1, 0, False, False, False)


class ScriptedSource(FakeSource):
    """A source whose answers wait or fail as told.

    What is asked for is named ``packages/SLUG``, ``grids/KEY``, or ``packages:1`` for
    the second page of a list.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.begun: list[str] = []
        """What was asked for so far, whether it was answered or not."""
        self._gates: dict[str, asyncio.Event] = {}
        self._errors: dict[str, PkgtuiError] = {}
        self.unlisted_grids: list[Grid] = []
        """Grids that are given when asked for, but are in no list."""

    def hold(self, name: str) -> asyncio.Event:
        """Let the answer to `name` wait until the event is set."""
        return self._gates.setdefault(name, asyncio.Event())

    def fail(self, name: str, error: PkgtuiError | None) -> None:
        """Answer `name` with `error`; None takes that back."""
        self._errors.pop(name, None)
        if error is not None:
            self._errors[name] = error

    async def package(self, key: str) -> Package:
        """One package, when its time has come."""
        await self._wait_for(f"packages/{key}")
        return await super().package(key)

    async def grid(self, key: str) -> Grid:
        """One grid, when its time has come."""
        await self._wait_for(f"grids/{key}")
        for unlisted in self.unlisted_grids:
            if key == str(unlisted.id):
                return unlisted
        return await super().grid(key)

    async def _list(self, name: str) -> AsyncIterator[Any]:
        for number, page in enumerate(self.pages_of(name)):
            await self._wait_for(f"{name}:{number}")
            yield page

    async def _wait_for(self, name: str) -> None:
        self.begun.append(name)
        if name in self._gates:
            await self._gates[name].wait()
        if name in self._errors:
            raise self._errors[name]


def small_catalog(**fields: Any) -> ScriptedSource:
    """Six packages in two held grids, and a grid that is named but not held.

    ``fields`` change every package.
    """
    long_ago = NOW - timedelta(days=5 * 365)
    records: list[tuple[tuple[int, ...], dict[str, Any]]] = [
        ((1, 10), {"title": "Alpha", "stars": 60, "contributors": ("ann", "bob")}),
        ((2, 10), {"title": "Beta", "stars": 50, "contributors": ("ann",)}),
        ((3, 10, 20, 287), {"title": "Gamma", "stars": 40}),
        ((4, 20), {"title": "Delta", "stars": 30, "contributors": ("cyd",)}),
        ((5,), {"title": "Old", "stars": 20, "last_commit_at": long_ago}),
        ((6,), {"title": "Frame", "stars": 10, "category_id": 2}),
    ]
    return ScriptedSource(
        [package(*ids, **{**own, **fields}) for ids, own in records],
        [
            grid(10, 1, 2, 3, title="Authentication"),
            grid(20, 3, 4, title="Caching"),
            grid(30, title="Empty Grid"),
        ],
        [
            category(),
            category(2, "frameworks", title="Framework", title_plural="Frameworks"),
        ],
    )


DEADLINE_S = 30.0
"""How long a busy machine may take to get anywhere."""


class Browser:
    """The app at work, driven and read as a person does."""

    def __init__(self, app: PkgtuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> BrowseScreen:
        """The browse screen, whatever lies over it."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, BrowseScreen)
        return screen

    @property
    def focus(self) -> str:
        """The pane whose body has the focus and is in view; "" for none."""
        for pane in self.screen.panes:
            if pane.body is self.screen.focused:
                assert is_in_view(pane.body)
                return pane.id or ""
        return ""

    @property
    def titles(self) -> list[str]:
        """The packages that are listed."""
        return [row.title for row in self.screen.packages.table.rows]

    @property
    def shown(self) -> str:
        """The title of the package that is shown; "" for none."""
        view = self.screen.package.view
        return view.detail.package.title if view else ""

    def target(self) -> object:
        """What the cursor in the package's text is on."""
        stop = self.screen.package.text.stop
        return stop.target if stop else None

    async def go_to_row(self, title: str) -> None:
        """Put the cursor of the packages on `title`, and the focus beside it."""
        self.screen.packages.table.move_to(self.titles.index(title))
        await self.press("3")

    async def go_to_stop(self, target: object) -> None:
        """Put the cursor in the package's text on `target`."""
        text = self.screen.package.text
        places = [stop.target for stop in text.document.stops]
        text.move_to_stop(places.index(target))
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, everything following each."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type `text` into a line."""
        await self.press(*text)

    async def click(self, widget: Widget, x: int, y: int) -> None:
        """Click at a cell of `widget`."""
        await self.pilot.click(widget, offset=(x, y))
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.until(lambda: self.screen._compositor.size == (width, height))
        await self.settle()

    async def settle(self) -> None:
        """Let what was begun be done and drawn, as far as it needs no network."""
        await idle()
        if isinstance(self.app.focused, LineInput):
            self.app.focused.tell_now()
        self.screen.flush_cursor()
        is_drawn = False
        while not is_drawn:
            # What is drawn may lay out again what has another size then.
            await self.pilot.pause()
            await idle()
            screen = self.app.screen
            is_drawn = not (screen._layout_required or screen._dirty_widgets)

    async def work(self) -> None:
        """Let everything be done, what needs the network included."""
        await self.app.workers.wait_for_complete()
        await self.settle()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Let the program go on until something is so; fail if it never gets there."""
        loop = asyncio.get_running_loop()
        end = loop.time() + DEADLINE_S
        while not is_so():
            assert loop.time() < end, "it did not come to be"
            await self.pilot.pause(0.001)

    def lines(self) -> list[str]:
        """The whole screen."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    def text(self) -> str:
        """The whole screen in one string."""
        return "\n".join(self.lines())

    def headers(self) -> list[str]:
        """The titles of the panes in view, with what stands beside them."""
        shown = [pane for pane in self.screen.panes if is_in_view(pane)]
        return [" ".join(widget_lines(pane.header)[0].split()) for pane in shown]

    def package_text(self) -> str:
        """What the package pane has in view."""
        return "\n".join(widget_lines(self.screen.package.text))

    def rows(self) -> list[str]:
        """The packages in view, by the first words of their lines."""
        return [line.rstrip() for line in widget_lines(self.screen.packages.table)]

    def status(self) -> str:
        """The status line."""
        return widget_lines(self.screen.status)[0].strip()

    def message(self) -> str:
        """The line of errors; "" where there is none."""
        if not is_in_view(self.screen.message):
            return ""
        return " ".join(" ".join(widget_lines(self.screen.message)).split())


async def idle() -> None:
    """Wait until nothing is left to do but for timers, files and the network."""
    loop: Any = asyncio.get_running_loop()
    idle_count = 0
    while idle_count < 2:
        await asyncio.sleep(0)
        idle_count = 0 if loop._ready else idle_count + 1


def is_in_view(widget: Widget) -> bool:
    """Whether `widget` takes any room on the screen."""
    return bool(widget.display and widget.region.area and widget.is_on_screen)


@asynccontextmanager
async def browsing(
    folder: Path,
    source: FakeSource | None = None,
    *,
    size: tuple[int, int] = (120, 40),
    is_synced: bool = True,
    clock: FakeClock | None = None,
    target: str | None = None,
    remembers: bool = False,
    problems: Sequence[str] = (),
    **settings: Any,
) -> AsyncIterator[Browser]:
    """The app over a catalog in `folder`, synced before unless told otherwise.

    With `remembers` it opens where it was left in `folder`, and keeps that at its end.
    """
    source = source or small_catalog()
    clock = clock or FakeClock()
    catalog = open_catalog(folder, source, now=clock, **settings)
    if is_synced:
        await catalog.sync()

    def open_sample() -> Catalog:
        return open_catalog(folder, now=clock, is_sample=True)

    paths = paths_in(folder)
    session = open_session(paths) if remembers else None
    app = PkgtuiApp(
        catalog,
        open_marks(paths),
        open_sample,
        target,
        session=session,
        problems=problems,
    )
    # Textual waits a while after each key; `idle` knows when nothing is left to do.
    at_once = patch.multiple("textual._wait", SLEEP_GRANULARITY=0, SLEEP_IDLE=1)
    with at_once:
        async with app.run_test(size=size) as pilot:
            browser = Browser(app, pilot)
            await browser.settle()
            yield browser


async def sync_before(
    folder: Path,
    source: FakeSource | None = None,
    *,
    clock: FakeClock | None = None,
    **settings: Any,
) -> None:
    """Fill the cache in `folder`, as an earlier run of the program did."""
    source = source or small_catalog()
    catalog = open_catalog(folder, source, now=clock, **settings)
    await catalog.sync()
    await catalog.aclose()
