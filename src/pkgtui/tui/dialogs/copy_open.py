"""Copying and opening, as every screen has them that shows packages.

A screen says what is under its cursor and where a sentence is told; the rest is here.
"""

from asyncio import shield
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from textual import work
from textual.screen import Screen
from textual.worker import WorkerCancelled

from pkgtui.catalog import Catalog
from pkgtui.domain.identifiers import RecordKind
from pkgtui.text import truncate
from pkgtui.tui.clipboard import (
    MAX_TERMINAL_CLIPBOARD_BYTES,
    is_remote,
    open_in_browser,
)
from pkgtui.tui.errors import ReportsStoreErrors

if TYPE_CHECKING:
    from pkgtui.formats.copy_options import CopyOption

NOTHING_THERE = "There is no package or grid under the cursor."
MAX_MESSAGE_CHARS = 60
CLIPBOARD_GROUP = "clipboard"
"""The app's workers that give what is copied to programs; the result is their names."""


class RecordRef(NamedTuple):
    """What is under a cursor."""

    kind: RecordKind
    id: int


class Taking(ReportsStoreErrors, Screen[Any]):
    """Adds the actions ``copy`` and ``open_address`` to a screen."""

    def thing(self) -> tuple[Catalog, RecordRef] | None:
        """What is under the cursor, and the catalog that holds it."""
        raise NotImplementedError

    def tell(self, sentence: str) -> None:
        """Say what was done."""
        raise NotImplementedError

    def clear_message(self, sentence: str) -> None:
        """Say `sentence` no more, if it is what was said last."""
        raise NotImplementedError

    def action_copy(self) -> None:
        """Ask what to copy, and copy it."""
        offered = self._offered()
        if offered is not None:
            title, copies, _ = offered
            self._choose(f"Copy of {title}", copies, self.copy_choice)

    def action_open_address(self) -> None:
        """Ask what to open, and open it."""
        offered = self._offered()
        if offered is not None:
            title, _, addresses = offered
            self._choose(f"Open a page of {title}", addresses, self._open_choice)

    def _offered(
        self,
    ) -> "tuple[str, Sequence[CopyOption], Sequence[CopyOption]] | None":
        """The title of what is under the cursor, what it has to copy and to open."""
        from pkgtui.formats import copy_options as taking
        from pkgtui.formats.package_text import PackagePage

        found = self.thing()
        if found is None:
            self.tell(NOTHING_THERE)
            return None
        catalog, thing = found
        if thing.kind is RecordKind.PACKAGE:
            detail = catalog.package(thing.id)
            if detail is not None:
                package = detail.package
                page = PackagePage(
                    detail,
                    catalog.web_url(RecordKind.PACKAGE, package.slug),
                    catalog.now(),
                    catalog.settings.is_sample,
                )
                copies = taking.package_copies(page)
                return package.title, copies, taking.package_addresses(page)
        grids = (grid for grid in catalog.grids() if grid.id == thing.id)
        grid = next(grids, None) if thing.kind is RecordKind.GRID else None
        if grid is None:
            self.tell(NOTHING_THERE)
            return None
        url = catalog.web_url(RecordKind.GRID, grid.slug)
        return grid.title, taking.grid_copies(grid, url), taking.grid_addresses(url)

    def _choose(
        self,
        title: str,
        choices: "Sequence[CopyOption]",
        then: "Callable[[CopyOption], object]",
    ) -> None:
        from pkgtui.tui.dialogs.picker import PickerDialog

        def take(choice: "CopyOption | None") -> None:
            if choice is not None:
                then(choice)

        self.app.push_screen(PickerDialog(title, choices), take)

    @work(group="copy", exclusive=True)
    async def copy_choice(self, choice: "CopyOption") -> None:
        """Copy one thing, and say so."""
        sentence = await copied(self, choice.text)
        lines = choice.text.splitlines()
        words = (
            choice.label if len(lines) > 1 else truncate(lines[0], MAX_MESSAGE_CHARS)
        )
        self.tell(f"{sentence}: {words}")

    def _open_choice(self, choice: "CopyOption") -> None:
        self.open_address(choice.text)

    @work(group="open", exclusive=True)
    async def open_address(self, url: str) -> None:
        """Open `url` where the person sits; else show it, and copy it."""
        from pkgtui.formats.copy_options import is_web_address

        if not is_web_address(url):
            self.tell(f"Not opened, as it is no web address: {url}")
            return
        reason = "This program runs on a remote host or without a display."
        if not is_remote():
            if await open_in_browser(url):
                self.tell(f"Opened in your browser: {truncate(url, MAX_MESSAGE_CHARS)}")
                return
            reason = "No web browser was found here."
        from pkgtui.tui.dialogs.link import LinkDialog

        sentence = await copied(self, url)
        await self.app.push_screen(LinkDialog(url, reason, f"{sentence}."))


async def copied(screen: Screen[Any], text: str) -> str:
    """Copy `text` every way there is; what is known of it, without a full stop."""
    screen.app.copy_to_clipboard(text)
    took: list[str] = []
    workers = [one for one in screen.app.workers if one.group == CLIPBOARD_GROUP]
    if workers:
        # Shielded: to Textual a waiting that ends is the end of what is waited for.
        with suppress(WorkerCancelled):  # something else was copied since
            took = await shield(workers[-1].wait())
    targets = " and ".join([*took, "the terminal's clipboard"])
    sentence = f"Copied to {targets}"
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_TERMINAL_CLIPBOARD_BYTES and not took:
        sentence += f" ({size // 1000} kB: if nothing arrives, copy less)"
    return sentence
