"""The full-screen program: the catalog in use, its sync, and how one leaves."""

import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual import constants, events, on, work
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from textual.worker import WorkerError, WorkerFailed

from pkgtui.catalog import Catalog, Marks, Session
from pkgtui.config import without_credentials
from pkgtui.errors import PkgtuiError, StoreError
from pkgtui.keys import Scope
from pkgtui.text import sanitize_text
from pkgtui.tui.bindings import bindings_in, hint, set_user_keymap
from pkgtui.tui.browse.screen import BrowseScreen
from pkgtui.tui.clipboard import clipboard_sequences, copy_with_commands
from pkgtui.tui.colors import StripDefaultColors
from pkgtui.tui.css import stylesheet_paths
from pkgtui.tui.dialogs.copy_open import CLIPBOARD_GROUP, Taking
from pkgtui.tui.errors import ReportsStoreErrors, StoreFailed
from pkgtui.tui.key_queue import SequentialKeys
from pkgtui.tui.session_state import SessionState, read_session_state, session_values
from pkgtui.tui.themes import ThemedApp
from pkgtui.tui.widgets.line_widget import SpanWidget

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.command import Provider

    from pkgtui.tui.driver import TerminalDriver

LOCKED_PATIENCE_S = 1.0
"""How long keys wait, once, for another program that keeps the cache locked."""
INTERRUPT_WINDOW_S = 3.0
"""How soon the second ctrl+c has to follow the first to quit."""


def _collect_garbage_again() -> None:
    """End the pause that `pkgtui.cli.main` began; what the start made is no garbage."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _palette_commands() -> "type[Provider]":
    # Imported when the palette is first opened.
    from pkgtui.tui.palette import Commands

    return Commands


class PkgtuiApp(ReportsStoreErrors, SequentialKeys, ThemedApp):
    """Shows one catalog at a time; `open_sample` makes the bundled one."""

    CSS_PATH: ClassVar[list[str | PurePath]] = [*stylesheet_paths()]
    TITLE = "pkgtui"
    COMMANDS: ClassVar[set[type["Provider"] | Callable[[], type["Provider"]]]] = {
        _palette_commands
    }
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.APP)]

    def __init__(
        self,
        catalog: Catalog,
        marks: Marks,
        open_sample: Callable[[], Catalog],
        target: str | None = None,
        *,
        session: Session | None = None,
        problems: Sequence[str] = (),
    ) -> None:
        """Browse `catalog`; `problems` of the settings are told at the start."""
        settings = catalog.settings
        super().__init__(settings, session)
        # What is to be told has its line: every screen would hold two widgets for it.
        self._disable_tooltips = self._disable_notifications = True
        if not settings.has_animations:
            self.animation_level = "none"
        self.set_keymap(set_user_keymap(dict(settings.keymap)))
        self._interrupt_notice = f"Press {hint('app.interrupt')} again to quit."
        SpanWidget.is_ascii = settings.is_ascii
        self.set_class(settings.is_ascii, "-ascii")
        catalog.wait_at_most(LOCKED_PATIENCE_S)
        self.catalog = catalog
        self._marks = marks
        self._open_sample = open_sample
        self._target = target
        self._session = session
        self._unsaid = StripDefaultColors()
        self._held = ExitStack()
        self._has_unpainted = False
        self._is_interrupted = False
        self._browse_screen = BrowseScreen(catalog, marks, target, self._start())
        self._browse_screen.problems = problems

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What lines go through before they are written."""
        filters = super().get_line_filters()
        if self.native_ansi_color:
            return [*filters, self._unsaid]
        # Nothing is drawn in the terminal's colors then: none is to be made another.
        return [one for one in filters if not isinstance(one, ANSIToTruecolor)]

    def get_default_screen(self) -> Screen[None]:
        """The browse screen."""
        return self._browse_screen

    def _start(self) -> SessionState | None:
        if self._session is None or self._target is not None:
            return None
        return read_session_state(self._session.read(self._catalog_name))

    @property
    def _catalog_name(self) -> str:
        settings = self.catalog.settings
        return "sample" if settings.is_sample else without_credentials(settings.api_url)

    @on(BrowseScreen.SyncRequested)
    def start_sync(self) -> None:
        """Begin a sync, unless one is under way."""
        if not any(worker.group == "sync" for worker in self.workers):
            # Told once it has begun: telling may fail, and then nothing would end it.
            self.sync()
            self._browse_screen.sync_started()

    @work(group="sync", exclusive=True)
    async def sync(self) -> None:
        """Bring the catalog up to date; it outlives whatever screen is on top."""
        catalog, screen = self.catalog, self._browse_screen
        try:
            report = await catalog.sync(screen.sync_progressed)
        except PkgtuiError as error:
            screen.sync_ended(None, error)
        else:
            screen.sync_ended(report, None)

    @on(BrowseScreen.SampleAsked)
    async def switch_to_sample(self) -> None:
        """Browse the bundled sample instead of a catalog that holds nothing."""
        try:
            sample = self._open_sample()
        except PkgtuiError as error:
            self._browse_screen.show_error(str(error))
            return
        for worker in self.workers.cancel_group(self, "sync"):
            # It may be writing: its file is closed only after it has let go.
            with suppress(WorkerError):
                await worker.wait()
        sample.wait_at_most(LOCKED_PATIENCE_S)
        former, self.catalog = self.catalog, sample
        self._browse_screen.browse(sample)
        await former.aclose()

    async def on_event(self, event: events.Event) -> None:
        """Take the terminal's events; what is pasted is text from outside."""
        if isinstance(event, events.Paste):
            event.text = sanitize_text(event.text)
        await super().on_event(event)

    def get_driver_class(self) -> type[Driver]:
        """Textual's choice; on POSIX, one that ends in order whatever ends it."""
        if constants.DRIVER is not None or sys.platform == "win32":
            return super().get_driver_class()
        from pkgtui.tui.driver import TerminalDriver

        return TerminalDriver

    def on_mount(self) -> None:
        """Begin what has to wait for the first screen."""
        self.suit_terminal()
        # Textual writes nothing once it is in the foreground again.
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self.call_after_refresh(_collect_garbage_again)

    def on_terminal_driver_ended(self, ended: "TerminalDriver.Ended") -> None:
        """Quit, with the exit code of a program that the signal has killed."""
        self.exit(return_code=128 + ended.by)

    def on_terminal_driver_held(self, held: "TerminalDriver.Held") -> None:
        """Paint nothing while the terminal is behind: then paint what is so by then."""
        if held.is_held:
            self._held.enter_context(self.batch_update())
        else:
            self._held.close()
            if self._has_unpainted:
                self._has_unpainted = False
                self.screen.refresh()
            self.screen.check_idle()

    def _display(
        self, screen: Screen[Any], renderable: "RenderableType | None"
    ) -> None:
        """Paint; a layout's picture that is held back Textual takes for painted."""
        if renderable is not None and self._batch_count:
            self._has_unpainted = True
        super()._display(screen, renderable)

    async def on_unmount(self) -> None:
        """Keep where one was; give back connections and the database."""
        try:
            if self._session is not None:
                values = session_values(self._browse_screen.session_state())
                self._session.write(self._catalog_name, values)
        finally:
            set_user_keymap({})
            await self.catalog.aclose()

    @property
    def failure(self) -> BaseException | None:
        """The exception that ended the program; None where it ended as it should."""
        if isinstance(self._exception, WorkerFailed):
            return self._exception.error
        return self._exception

    @on(StoreFailed)
    def tell_trouble(self, trouble: StoreFailed) -> None:
        """Say why something was not done; go on with a new cache if it was damaged."""
        self.tell(trouble.reason)
        self._browse_screen.begin_where_nothing_is_left()

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, StoreError):
            self.post_message(StoreFailed(str(cause)))
        else:
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End; who runs the app tells why.

        Textual would print the traceback with local variables: catalog data.
        """
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:  # noqa: ARG002  Textual's signature
        """End, whatever an exception would have shown of itself."""
        self._close_messages_no_wait()

    async def action_help(self) -> None:
        """Show all keys."""
        from pkgtui.tui.dialogs.help import HelpDialog

        await self.push_screen(HelpDialog())

    def export_screenshot(
        self, *, title: str | None = None, simplify: bool = False
    ) -> str:
        """A picture of the screen, as SVG."""
        from pkgtui.tui.pictures import with_texts_in_place

        picture = super().export_screenshot(title=title, simplify=simplify)
        return with_texts_in_place(picture)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy `text` by the terminal, and by the programs that reach a clipboard."""
        self._clipboard = text
        if self._driver is not None:
            self._driver.write(clipboard_sequences(text))
        self.give_to_programs(text)

    @work(group=CLIPBOARD_GROUP, exclusive=True)
    async def give_to_programs(self, text: str) -> list[str]:
        """Let programs put `text` on their clipboards; the names of those that did."""
        return await copy_with_commands(text)

    def action_command_palette(self) -> None:
        """Offer every action, and what the search finds, by name."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="an action, package or grid"))

    def tell(self, sentence: str) -> None:
        """Say `sentence` on the topmost screen that can."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Taking):
                screen.tell(sentence)
                break

    def action_interrupt(self) -> None:
        """Quit at the second ctrl+c within a short while."""
        if self._is_interrupted:
            self.exit()
            return
        self._is_interrupted = True
        self.tell(self._interrupt_notice)
        self.set_timer(INTERRUPT_WINDOW_S, self._forget_interrupt)

    def _forget_interrupt(self) -> None:
        self._is_interrupted = False
        for screen in self.screen_stack:
            if isinstance(screen, Taking):
                screen.clear_message(self._interrupt_notice)
