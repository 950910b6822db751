"""The command palette: every action of the screen, and every package and grid.

Entries are plain `Content`: what Textual would highlight it also parses as markup, and
titles from the catalog may hold anything.
"""

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from pkgtui.keys import Key, Scope, keys_in
from pkgtui.text import as_drawn
from pkgtui.tui.bindings import hint
from pkgtui.tui.browse.screen import BrowseScreen
from pkgtui.tui.compare.screen import CompareScreen
from pkgtui.tui.themes import ThemedApp
from pkgtui.tui.widgets.line_widget import SpanWidget

MAX_MATCHES = 20


def _shown(text: str) -> Content:
    return Content(as_drawn(text, is_ascii=SpanWidget.is_ascii))


class Commands(Provider):
    """What can be done on the screen below, and where one can go."""

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for key in self._actions():
            text = self._words(key)
            yield DiscoveryHit(_shown(text), partial(self._run, key), text=text)
        for text, choose in self._themes():
            yield DiscoveryHit(_shown(text), choose, text=text)

    async def search(self, query: str) -> Hits:
        """Actions whose words match, then what the catalog's search finds."""
        words = query.casefold().split()
        for key in self._actions():
            text = self._words(key)
            if all(word in text.casefold() for word in words):
                # Actions stand before packages, which score up to 1.
                yield Hit(2, _shown(text), partial(self._run, key), text=text)
        for text, choose in self._themes():
            if all(word in text.casefold() for word in words):
                yield Hit(2, _shown(text), choose, text=text)
        screen = self.screen
        if not isinstance(screen, BrowseScreen):
            return
        found = screen.catalog.search(query, limit=MAX_MATCHES).hits
        for rank, hit in enumerate(found):
            text = f"{hit.title} ({hit.kind})"
            go = partial(screen.go_to, hit.kind, hit.id)
            yield Hit(1 - rank / (MAX_MATCHES + 1), _shown(text), go, text=text)

    def _actions(self) -> list[Key]:
        scopes = [Scope.APP]
        if isinstance(self.screen, BrowseScreen):
            scopes.insert(0, Scope.BROWSE)
        elif isinstance(self.screen, CompareScreen):
            scopes.insert(0, Scope.COMPARE)
        return [key for scope in scopes for key in keys_in(scope)]

    def _themes(self) -> Iterator[tuple[str, Callable[[], None]]]:
        app = self.app
        if isinstance(app, ThemedApp):
            for theme in app.themes:
                now = "  (now)" if theme == app.theme else ""
                yield f"Theme: {theme}{now}", partial(app.choose_theme, theme)

    def _words(self, key: Key) -> str:
        return f"{key.label}: {key.help}  [{hint(key.id)}]"

    async def _run(self, key: Key) -> None:
        scope = self.app if key.scope is Scope.APP else self.screen
        await self.app.run_action(key.action, scope)
