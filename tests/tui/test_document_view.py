"""Text with things to stop at: the cursor, the scroll, the pointer, other widths."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from pkgtui.text import cell_width
from pkgtui.tui.widgets.document_view import Document, DocumentView, Stop, highlight
from pkgtui.tui.widgets.line_widget import SPAN_CLASSES, Line
from tests.support.tui import scroll, widget_lines

WIDTH, HEIGHT = 40, 10
LINKS = {2: (0, 10), 3: (0, 10, 20), 6: (5,), 30: (0, 10), 38: (0,)}
"""Where each line of the text has links, five cells long."""
BAR_LINE, BAR_X = 9, 30
"""A bar of a chart: three lines high, at one cell."""


def text_of(width: int, target: object) -> Document:
    """Forty lines; the first tells the width and what is under the cursor."""
    lines: list[Line] = [((f"{width} {target}", "title"),)]
    stops: list[Stop] = []
    for number in range(1, 40):
        spans = [(f"line {number}".ljust(40), "")]
        if number in LINKS:
            spans = []
            x = 0
            for start in LINKS[number]:
                spans += [(" " * (start - x), ""), ("[/li]", "link")]
                stops.append(Stop(number, start, start + 5, f"{number}.{start}"))
                x = start + 5
        lines.append(spans)
        if number == BAR_LINE:
            stops.append(Stop(number, BAR_X, BAR_X + 1, "bar", height=3))
    return Document(tuple(lines), tuple(stops))


class TextScreen(Screen[None]):
    """A screen that has the styles of spans."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*SPAN_CLASSES}


class TextApp(App[None]):
    """One text, and what was chosen in it."""

    CSS = "Screen > .span--cursor { text-style: reverse; }"

    def __init__(self) -> None:
        super().__init__()
        self.text = DocumentView()
        self.chosen: list[object] = []

    def get_default_screen(self) -> Screen[None]:
        """The screen with the styles."""
        return TextScreen()

    def compose(self) -> ComposeResult:
        """Only the text."""
        yield self.text

    def on_mount(self) -> None:
        """Fill it."""
        self.text.show(text_of)
        self.text.focus()

    def on_document_view_link_activated(
        self, event: DocumentView.LinkActivated
    ) -> None:
        """Note it."""
        self.chosen.append(event.target)


@asynccontextmanager
async def shown() -> AsyncIterator[tuple[DocumentView, Pilot[None], TextApp]]:
    app = TextApp()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await pilot.pause()
        yield app.text, pilot, app


def target(text: DocumentView) -> object:
    return text.stop.target if text.stop else None


def reversed_text(text: DocumentView) -> str:
    """What is drawn in the cursor's style."""
    strips = text.screen._compositor.render_strips()
    return "".join(
        segment.text
        for strip in strips
        for segment in strip
        if segment.style and segment.style.reverse
    )


async def test_it_is_made_for_its_width() -> None:
    async with shown() as (text, pilot, _):
        assert widget_lines(text)[0].startswith("39 None")
        await pilot.resize_terminal(60, HEIGHT)
        await pilot.pause()
        assert widget_lines(text)[0].startswith("59 None")


async def test_arrows_go_from_stop_to_stop_by_line_and_by_order() -> None:
    async with shown() as (text, pilot, _):
        for key, wanted in (
            ("down", "2.0"),
            ("right", "2.10"),
            ("j", "3.10"),
            ("l", "3.20"),
            ("right", "6.5"),
            ("left", "3.20"),
            ("up", "2.10"),
            ("h", "2.0"),
            ("k", "2.0"),
            ("h", "2.0"),
        ):
            await pilot.press(key)
            assert target(text) == wanted, key
            assert widget_lines(text)[0].startswith(f"39 {wanted}")
            assert reversed_text(text) == "[/li]"


async def test_where_no_stop_is_near_one_scrolls_on_a_line() -> None:
    async with shown() as (text, pilot, _):
        await pilot.press("down", "down", "down", "down")
        assert target(text) == "bar"
        top = text.top
        await pilot.press("down")
        assert (target(text), text.top) == ("bar", top + 1)
        for _ in range(30):
            await pilot.press("down")
        assert target(text) == "38.0"
        assert widget_lines(text)[-1].startswith("line 39")


async def test_stops_stay_in_view_and_lines_to_the_very_end_can_be_read() -> None:
    async with shown() as (text, pilot, _):
        for _ in range(40):
            await pilot.press("right")
            stop = text.stop
            assert stop is not None
            assert text.top <= stop.line < text.top + HEIGHT
        assert target(text) == "38.0"
        await pilot.press("G")
        assert widget_lines(text)[-1].startswith("line 39")


async def test_pages_and_ends_scroll_and_leave_the_stop() -> None:
    async with shown() as (text, pilot, _):
        await pilot.press("down", "ctrl+d")
        assert (target(text), text.top) == (None, 9)
        await pilot.press("ctrl+u")
        assert text.top == 0
        await pilot.press("G")
        assert text.top == 30
        # The next step starts from what is in view.
        await pilot.press("up")
        assert target(text) == "38.0"
        await pilot.press("g")
        assert (target(text), text.top) == (None, 0)


async def test_enter_and_a_click_follow_a_stop() -> None:
    async with shown() as (text, pilot, app):
        await pilot.press("enter")
        assert app.chosen == []
        await pilot.press("down", "enter")
        await pilot.click(text, offset=(22, 3))
        await pilot.click(text, offset=(4, 6))
        await pilot.click(text, offset=(30, 5))
        assert app.chosen == ["2.0", "3.20"]
        assert target(text) == "3.20"


async def test_the_pointer_tells_of_a_bar_but_not_of_a_link() -> None:
    async with shown() as (text, pilot, app):
        await pilot.hover(text, offset=(2, 2))
        assert target(text) is None
        await pilot.hover(text, offset=(BAR_X, BAR_LINE - 2))
        assert target(text) == "bar"
        assert app.chosen == []


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with shown() as (text, pilot, _):
        await pilot.press("down")
        text.post_message(scroll(text, down=True))
        await pilot.pause()
        assert (text.top, target(text)) == (3, "2.0")


async def test_a_replaced_text_keeps_stop_and_scroll_a_new_one_starts_anew() -> None:
    async with shown() as (text, pilot, _):
        await pilot.press("ctrl+d", "ctrl+d", "down", "down", "down")
        await pilot.press("right")
        before = (target(text), text.top)
        assert before[0] is not None
        assert before[1] > 0

        text.replace(lambda width, at: text_of(width, at))
        await pilot.pause()
        assert (target(text), text.top) == before

        text.show(text_of)
        await pilot.pause()
        assert (target(text), text.top) == (None, 0)


async def test_a_stop_that_is_gone_leaves_no_cursor() -> None:
    async with shown() as (text, pilot, app):
        await pilot.press("down")
        text.replace(lambda _width, _target: Document((((" short", ""),),)))
        await pilot.press("enter", "left", "right", "up", "down", "G")
        assert (target(text), text.top, app.chosen) == (None, 0, [])


async def test_the_cursor_is_drawn_only_with_the_focus() -> None:
    async with shown() as (text, pilot, app):
        await pilot.press("down")
        assert reversed_text(text)
        app.screen.set_focus(None)
        await pilot.pause()
        assert reversed_text(text) == ""


@pytest.mark.parametrize(
    "spans",
    [
        (("abc", ""), ("漢字", "link"), ("def", "")),
        (("ab", ""), ("c", "x"), ("de\u0301", "link"), ("fg", ""), ("h", "")),
    ],
)
def test_highlighting_keeps_text_and_width(spans: Line) -> None:
    marked = highlight(spans, 3, 7)
    assert [part for part, _ in marked] == [part for part, _ in spans]
    inside = "".join(part for part, style in marked if style == "cursor")
    assert cell_width(inside) == 4
