"""The list of lines: the cursor, the window on the rows, keys, clicks and the wheel."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.line_widget import Line
from tests.support.tui import scroll, widget_lines

WIDTH, HEIGHT = 30, 10


class Numbers(LineList[int]):
    """Shows numbers, and notes which ones it was asked to draw."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def row_line(self, row: int, width: int) -> Line:
        """A number at both ends."""
        self.asked.append(row)
        return ((f"{row}".ljust(width - 8), "title"), (f"{row:>8}", "dim"))


class ListApp(App[None]):
    """One list, and what it told."""

    def __init__(self, rows: Sequence[int]) -> None:
        super().__init__()
        self.list = Numbers()
        self.rows = rows
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        """Only the list."""
        yield self.list

    def on_mount(self) -> None:
        """Fill it."""
        self.list.set_rows(self.rows)
        self.list.focus()

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """Note it."""
        self.told.append(event)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Note it."""
        self.told.append(event)


@asynccontextmanager
async def shown(
    rows: Sequence[int],
) -> AsyncIterator[tuple[Numbers, Pilot[None], ListApp]]:
    app = ListApp(rows)
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await pilot.pause()
        yield app.list, pilot, app


def cursor_lines(numbers: Numbers) -> list[str]:
    return [line for line in widget_lines(numbers) if line.startswith("›")]


async def test_keys_move_the_cursor_and_it_stays_in_view() -> None:
    async with shown(range(100)) as (numbers, pilot, app):
        for key, cursor in (
            ("j", 1),
            ("down", 2),
            ("k", 1),
            ("up", 0),
            ("up", 0),
            ("ctrl+d", 9),
            ("pagedown", 18),
            ("ctrl+u", 9),
            ("G", 99),
            ("down", 99),
            ("pageup", 90),
            ("home", 0),
            ("end", 99),
            ("g", 0),
        ):
            await pilot.press(key)
            assert numbers.cursor == cursor, key
            assert numbers.current == cursor
            (line,) = cursor_lines(numbers)
            assert line.split()[0].removeprefix("›") == str(cursor)
        assert all(isinstance(event, LineList.Moved) for event in app.told)


async def test_enter_and_right_go_in() -> None:
    async with shown(range(3)) as (_, pilot, app):
        await pilot.press("enter", "l", "right")
        assert [type(event) for event in app.told] == [LineList.Chosen] * 3


async def test_a_million_rows_cost_what_is_visible() -> None:
    async with shown(range(1_000_000)) as (numbers, pilot, _):
        numbers.asked.clear()
        await pilot.press("G")
        assert numbers.current == 999_999
        assert len(set(numbers.asked)) <= 3 * HEIGHT


async def test_a_move_within_the_window_draws_two_rows() -> None:
    async with shown(range(100)) as (numbers, pilot, _):
        numbers.asked.clear()
        await pilot.press("down")
        assert set(numbers.asked) == {0, 1}


async def test_a_burst_of_moves_is_told_in_few_messages() -> None:
    async with shown(range(1000)) as (numbers, pilot, app):
        for _ in range(200):
            numbers.action_cursor_down()
        await pilot.pause()
        assert numbers.cursor == 200
        assert len(app.told) < 200


async def test_a_click_moves_and_a_second_one_goes_in() -> None:
    async with shown(range(100)) as (numbers, pilot, app):
        await pilot.press("G")
        app.told.clear()
        await pilot.click(numbers, offset=(5, 3))
        assert numbers.current == 93
        assert [type(event) for event in app.told] == [LineList.Moved]
        await pilot.click(numbers, offset=(5, 3))
        assert [type(event) for event in app.told] == [LineList.Moved, LineList.Chosen]


async def test_a_click_below_the_rows_does_nothing() -> None:
    async with shown(range(3)) as (numbers, pilot, app):
        await pilot.click(numbers, offset=(5, 7))
        assert (numbers.cursor, app.told) == (0, [])


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with shown(range(100)) as (numbers, pilot, app):
        await pilot.hover(numbers)
        numbers.post_message(scroll(numbers, down=True))
        await pilot.pause()
        assert (numbers.top, numbers.cursor) == (3, 0)
        assert widget_lines(numbers)[0].split()[0] == "3"
        numbers.post_message(scroll(numbers, down=False))
        numbers.post_message(scroll(numbers, down=False))
        await pilot.pause()
        assert (numbers.top, app.told) == (0, [])


async def test_other_rows_keep_the_window_and_send_nothing() -> None:
    async with shown(range(100)) as (numbers, pilot, app):
        await pilot.press("ctrl+d", "ctrl+d", "up", "up", "up")
        await pilot.pause()
        top = numbers.top
        app.told.clear()

        numbers.set_rows(range(50, 150), 17)
        await pilot.pause()

        assert (numbers.top, numbers.cursor, app.told) == (top, 17, [])
        assert widget_lines(numbers)[0].split()[0] == str(50 + top)


async def test_fewer_rows_leave_neither_cursor_nor_window_outside() -> None:
    async with shown(range(100)) as (numbers, pilot, _):
        await pilot.press("G")
        numbers.set_rows(range(4), 80)
        await pilot.pause()
        assert (numbers.cursor, numbers.top) == (3, 0)
        assert [line.split()[0].strip("›") for line in widget_lines(numbers)[:4]] == [
            *"0123"
        ]


async def test_an_empty_list_says_why_and_wraps_it() -> None:
    async with shown(()) as (numbers, pilot, app):
        numbers.set_empty_lines("Nothing is stored yet, and that is why.", "R  retry")
        await pilot.pause()
        told = [line.strip() for line in widget_lines(numbers)]
        assert told[:3] == ["Nothing is stored yet, and", "that is why.", "R  retry"]
        await pilot.press("down", "G", "enter", "ctrl+d")
        await pilot.click(numbers, offset=(3, 0))
        assert (numbers.current, app.told) == (None, [])


async def test_the_cursor_shows_without_focus_only_where_others_follow_it() -> None:
    async with shown(range(5)) as (numbers, pilot, app):
        app.screen.set_focus(None)
        await pilot.pause()
        assert len(cursor_lines(numbers)) == 1
        numbers.is_source = False
        await pilot.pause()
        assert cursor_lines(numbers) == []
        numbers.focus()
        await pilot.pause()
        assert len(cursor_lines(numbers)) == 1


async def test_the_thumb_tells_where_in_the_rows_one_is() -> None:
    async with shown(range(100)) as (numbers, pilot, _):
        lines = widget_lines(numbers)
        assert [line.endswith("┃") for line in lines] == [True] + [False] * 9
        await pilot.press("G")
        lines = widget_lines(numbers)
        assert [line.endswith("┃") for line in lines] == [False] * 9 + [True]
        numbers.set_rows(range(10))
        await pilot.pause()
        assert not any("┃" in line for line in widget_lines(numbers))


async def test_resizing_keeps_the_cursor_in_view() -> None:
    async with shown(range(100)) as (numbers, pilot, _):
        await pilot.press("ctrl+d", "up")
        await pilot.resize_terminal(WIDTH, 3)
        await pilot.pause()
        assert numbers.top <= numbers.cursor < numbers.top + 3
        assert len(cursor_lines(numbers)) == 1
