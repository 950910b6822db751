"""Leaves the terminal's own colors unsaid: they hold where nothing else is said.

Under NO_COLOR that is all of them, so that no color code is written; with a theme of
the terminal's colors it is most, and each was ten bytes on the line.
"""

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, TerminalTheme
from textual.color import Color
from textual.filter import LineFilter


class StripDefaultColors(LineFilter):
    """Takes the colors from styles that only say "as usual"."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments, with fewer codes."""
        return [
            Segment(text, _unsaid(style) if style is not None else None, control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def _unsaid(style: Style) -> Style:
    kept = [
        None if color is None or color.is_default else color
        for color in (style.color, style.bgcolor)
    ]
    if kept == [style.color, style.bgcolor]:
        return style
    return style.without_color + Style(color=kept[0], bgcolor=kept[1])


MIN_CONTRAST = 3.0
"""WCAG 2.2 asks this of large text and of what is no body text."""
_XTERM = TerminalTheme(
    (0, 0, 0),
    (229, 229, 229),
    [
        *((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0)),
        *((0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)),
    ],
    [
        *((127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0)),
        *((92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255)),
    ],
)
"""As xterm has them (its XTerm-col.ad)."""
_SIXTEEN_COLORS = (DEFAULT_TERMINAL_THEME, _XTERM)
"""What the sixteen may look like: the old ones of consoles, and those of xterm."""
_BLACK, _WHITE = RichColor.parse("black"), RichColor.parse("bright_white")


def legible(style: Style, usual: Style, system: ColorSystem) -> Style:
    """`style`, in the color of `usual` or in black or white where it would be lost.

    Colors that the terminal chooses itself (its defaults) are left to it.
    """
    background = style.bgcolor
    if style.color is None or background is None or _is_own(style.color, background):
        return style
    if contrast(style.color, background, system) >= MIN_CONTRAST:
        return style
    others = [one for one in (usual.color, _WHITE, _BLACK) if one is not None]
    for color in others:
        if contrast(color, background, system) >= MIN_CONTRAST:
            return style + Style(color=color)
    return style


@lru_cache(512)
def contrast(one: RichColor, other: RichColor, system: ColorSystem) -> float:
    """The least contrast of two colors as `system` shows them, from 1 to 21.

    By https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
    """
    shown = [color.downgrade(system) for color in (one, other)]
    ratios = []
    for palette in _SIXTEEN_COLORS:
        darker, lighter = sorted(_luminance(color, palette) for color in shown)
        ratios.append((lighter + 0.05) / (darker + 0.05))
    return min(ratios)


def _is_own(*colors: RichColor) -> bool:
    return any(color.is_default for color in colors)


def _luminance(color: RichColor, palette: TerminalTheme) -> float:
    shares = (value / 255 for value in color.get_truecolor(palette))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
