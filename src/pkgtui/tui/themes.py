"""Which theme the browser has: the one asked for, the one chosen last, or a plain one.

Under NO_COLOR only themes of the terminal's own colors stay without color codes, and
what takes the colors away is chosen once, when the app is made: with the other kind of
theme it leaves black on black. So what can be chosen later depends on the first theme.
"""

import os

from textual.app import App

from pkgtui.catalog import Session
from pkgtui.config import Settings
from pkgtui.config.themes import ANSI_THEMES, THEMES

DEFAULT_THEME = "textual-dark"
SIXTEEN_COLORS = "standard"
CHOICE = "theme"
"""The name under which the session keeps the theme."""


class ThemedApp(App[None]):
    """An app whose theme comes from the settings, or is kept from run to run."""

    def __init__(self, settings: Settings, session: Session | None) -> None:
        has_no_color = "NO_COLOR" in os.environ
        chosen_last = session.choice(CHOICE) if session is not None else None
        first = first_theme(settings.theme, chosen_last, has_no_color=has_no_color)
        is_plain = has_no_color and first in ANSI_THEMES
        super().__init__(ansi_color=True if is_plain else None)
        offered = themes_to_choose(first, has_no_color=has_no_color)
        self.themes = [theme for theme in offered if theme in self.available_themes]
        """What can be chosen."""
        self.theme = first if first in self.available_themes else DEFAULT_THEME
        self._is_chosen = settings.theme is not None or chosen_last is not None
        self._asked_theme = settings.theme
        self._theme_session = session

    def suit_terminal(self) -> None:
        """Take the terminal's own colors where it has no more than sixteen."""
        has_few = not self.is_headless and self.console.color_system == SIXTEEN_COLORS
        if has_few and not self._is_chosen:
            self.theme = ANSI_THEMES[0]

    def choose_theme(self, theme: str) -> None:
        """Change the colors, for the next runs too unless the settings say which."""
        self.theme = theme
        asked = self._asked_theme
        if asked is not None:
            self.tell(f"Theme {theme} until you quit; the settings say {asked}.")
        elif self._theme_session is not None:
            self._theme_session.choose(CHOICE, theme)

    def tell(self, sentence: str) -> None:
        """Say what was done."""
        raise NotImplementedError


def first_theme(asked: str | None, chosen_last: object, *, has_no_color: bool) -> str:
    """The theme to begin with; `asked` comes from the settings."""
    if asked is not None:
        return asked
    themes = ANSI_THEMES if has_no_color else THEMES
    if isinstance(chosen_last, str) and chosen_last in themes:
        return chosen_last
    return ANSI_THEMES[0] if has_no_color else DEFAULT_THEME


def themes_to_choose(first: str, *, has_no_color: bool) -> list[str]:
    """The themes that can be changed to, having begun with `first`."""
    is_plain = first in ANSI_THEMES
    return [
        theme
        for theme in THEMES
        if not has_no_color or (theme in ANSI_THEMES) == is_plain
    ]
