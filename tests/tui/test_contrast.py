"""Whatever the theme and however few the colors, text stands out from its ground."""

from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from rich.style import Style

from pkgtui.config.themes import ANSI_THEMES, THEMES
from pkgtui.tui.colors import MIN_CONTRAST, contrast, legible
from pkgtui.tui.widgets.line_widget import ROW_STYLES, STYLE_NAMES, SpanWidget
from tests.support.tui import browsing

SYSTEMS = (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD)


@pytest.mark.parametrize("theme", [name for name in THEMES if name not in ANSI_THEMES])
async def test_every_style_of_every_theme_can_be_read(
    tmp_path: Path, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browsing(tmp_path, theme=theme) as browser:
        for system in SYSTEMS:
            monkeypatch.setattr(SpanWidget, "_color_system", system)
            for widget in (browser.screen.packages.table, browser.screen.status):
                widget.notify_style_update()
                for row in ("", *ROW_STYLES):
                    for name in ("", *STYLE_NAMES):
                        style = widget.span_style(name, row)
                        assert style.color is not None
                        assert style.bgcolor is not None
                        apart = contrast(style.color, style.bgcolor, system)
                        assert apart >= MIN_CONTRAST, (system, row, name)


@pytest.mark.parametrize("theme", ANSI_THEMES)
async def test_with_the_terminal_s_colors_weight_tells_what_color_may_not(
    tmp_path: Path, theme: str
) -> None:
    async with browsing(tmp_path, theme=theme) as browser:
        header = browser.screen.packages.header
        looks = {name: header.span_style(name).without_color for name in STYLE_NAMES}
        assert looks["heading-focus"].reverse
        assert looks["dim"].dim
        assert looks["heading"] != looks["title"] != looks["dim"]
        for name in ("title", "bar", "dim", "heading-focus"):
            color = header.span_style(name).color
            assert color is None or color.is_default, name


def test_black_on_white_is_twenty_one_and_a_color_on_itself_one() -> None:
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    assert contrast(black, white, ColorSystem.TRUECOLOR) == pytest.approx(21)
    assert contrast(white, black, ColorSystem.TRUECOLOR) == pytest.approx(21)
    assert contrast(white, white, ColorSystem.TRUECOLOR) == 1


def test_what_is_apart_stays_and_what_is_lost_takes_the_usual_color() -> None:
    usual = Style.parse("#eeeeee on #101010")
    fine = Style.parse("bold #80ff80 on #101010")
    lost = Style.parse("italic #202020 on #101010")
    assert legible(fine, usual, ColorSystem.TRUECOLOR) is fine
    expected = Style.parse("italic #eeeeee on #101010")
    assert legible(lost, usual, ColorSystem.TRUECOLOR) == expected
    on_light = Style.parse("#f0f0f0 on #ffffff")
    expected = Style.parse("black on #ffffff")
    assert legible(on_light, usual, ColorSystem.TRUECOLOR) == expected


def test_gray_on_blue_that_is_blue_on_blue_in_sixteen_colors_is_seen() -> None:
    style = Style.parse("#1060c0 on #0078d4")
    usual = Style.parse("#e0e0e0 on #121212")
    assert style.color is not None
    for system in SYSTEMS:
        shown = legible(style, usual, system)
        assert shown.color is not None
        assert shown.bgcolor is not None
        assert contrast(shown.color, shown.bgcolor, system) >= MIN_CONTRAST


def test_the_terminal_s_own_colors_are_left_to_it() -> None:
    usual = Style.parse("white on black")
    for text in ("default on #ffffff", "#000000 on default", "red"):
        style = Style.parse(text)
        assert legible(style, usual, ColorSystem.TRUECOLOR) is style
