"""Lines drawn by ourselves: cut and filled to the cell, in ASCII where asked for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from pkgtui.text import cell_width, sanitize_line, to_ascii_in_place, truncate
from pkgtui.tui.widgets.labels import OneLine
from pkgtui.tui.widgets.line_widget import Line, SpanWidget, spread
from tests.reference_server import hostile
from tests.support.tui import widget_lines


class CountedLine(OneLine):
    """A line that counts how often it is drawn."""

    drawn_count = 0

    def render_line(self, y: int) -> Strip:
        """Draw and count."""
        self.drawn_count += 1
        return super().render_line(y)


class LineApp(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        """Only the line."""
        yield CountedLine()


@asynccontextmanager
async def one_line() -> AsyncIterator[tuple[CountedLine, Pilot[None]]]:
    app = LineApp()
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        yield app.query_one(CountedLine), pilot


def read(spans: Line) -> str:
    return "".join(text for text, _ in spans)


@pytest.mark.parametrize("is_ascii", [False, True])
async def test_every_line_is_exactly_as_wide_as_it_is_asked_to_be(
    is_ascii: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpanWidget, "is_ascii", is_ascii)
    async with one_line() as (widget, _):
        for title in hostile.TITLES:
            text = sanitize_line(title)
            for width in (1, 2, 7, 20, 39, 120):
                line = ((text, "title"), ("  ", ""), (text, "dim"), ("end", ""))
                strip = widget.strip(line, width)
                assert strip.cell_length == width
                assert cell_width(strip.text) == width
                assert strip.text.isascii() or not is_ascii


async def test_blanks_take_the_style_beside_them_where_they_look_alike() -> None:
    async with one_line() as (widget, _):
        plain, bold = Style.parse("white on black"), Style.parse("bold red on black")
        under, on_blue = Style.parse("underline on black"), Style.parse("white on blue")
        widget._styles_by_name = {
            (name, ""): style
            for name, style in zip(
                ("", "title", "link", "bar"), (plain, bold, under, on_blue), strict=True
            )
        }

        def looks(*line: tuple[str, str]) -> list[tuple[str, Style | None]]:
            return [(text, style) for text, style, _ in widget.strip(line, 6)]

        assert looks(("  ", ""), ("ab", "title")) == [("  ab  ", bold)]
        assert looks(("ab", "title"), ("  ", ""), ("cd", "title")) == [("ab  cd", bold)]
        assert looks((" ", ""), ("ab", "link")) == [
            (" ", plain),
            ("ab", under),
            ("   ", plain),
        ]
        assert looks(("ab", ""), ("  ", "bar")) == [
            ("ab", plain),
            ("  ", on_blue),
            ("  ", plain),
        ]


async def test_what_looks_like_markup_is_shown_as_it_is() -> None:
    async with one_line() as (widget, _):
        for text in ("[/]", "[bold]x[/bold]", "[@click=app.quit]quit[/]"):
            assert widget.strip(((text, "title"),), 40).text.rstrip() == text


async def test_a_line_is_drawn_again_only_if_it_changed() -> None:
    async with one_line() as (widget, pilot):
        widget.show((("left", ""),), (("right", ""),))
        await pilot.pause()
        assert widget_lines(widget) == ["left" + " " * 31 + "right"]
        drawn_count = widget.drawn_count

        widget.show((("left", ""),), (("right", ""),))
        await pilot.pause()
        assert widget.drawn_count == drawn_count

        widget.show((("left", ""),), (("other", ""),))
        await pilot.pause()
        assert widget.drawn_count == drawn_count + 1


@pytest.mark.parametrize("width", range(1, 40))
def test_the_right_end_stays_where_there_is_room_and_goes_whole(width: int) -> None:
    left, right = (("Packages · Authentication", ""),), (("stars ▼", ""),)
    text = read(spread(left, right, width))
    if "▼" in text:
        assert text.endswith("stars ▼")
        assert cell_width(text) == width
        assert text.startswith("Packa")
    else:
        assert width < 17
        assert text.rstrip() == truncate("Packages · Authentication", width)


def test_ascii_takes_the_same_cells_and_keeps_the_cut_visible() -> None:
    assert to_ascii_in_place("django-rest-fram…") == "django-rest-fr..."
    assert to_ascii_in_place("漢字 app") == "?? app  "
    assert to_ascii_in_place("▁▃█ ★ 3\u00a0310 ┃") == "_:# * 3 310 |"


@given(st.text())
def test_ascii_in_place_is_ascii_in_place(text: str) -> None:
    text = sanitize_line(text)
    ascii_text = to_ascii_in_place(text)
    assert ascii_text.isascii()
    assert len(ascii_text) == cell_width(text)
