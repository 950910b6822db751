"""The line to type in: a burst is told once, and nothing is laid out anew for it."""

from textual import on
from textual.app import App, ComposeResult

from pkgtui.tui.widgets.inputs import LineInput
from tests.support.tui import idle


class TypingApp(App[None]):
    """One line, and what it tells."""

    def __init__(self) -> None:
        super().__init__()
        self.field = LineInput(max_length=100)
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        """Only the line."""
        yield self.field

    @on(LineInput.Typed)
    def note(self, event: LineInput.Typed) -> None:
        """Note what is told."""
        self.told.append(event.text)


async def test_a_burst_is_told_once_and_whole() -> None:
    app = TypingApp()
    async with app.run_test():
        await idle()
        for text in ("o", "ot", "otp"):
            app.field.value = text
        await idle()
        assert app.told == []
        app.field.tell_now()
        await idle()
        assert app.told == ["otp"]
        app.field.tell_now()
        await idle()
        assert app.told == ["otp"]


async def test_it_is_told_without_asking_once_the_burst_is_over() -> None:
    app = TypingApp()
    async with app.run_test() as pilot:
        await pilot.press("a")
        for _ in range(1000):
            if app.told:
                break
            await pilot.pause(0.001)
        assert app.told == ["a"]


async def test_a_letter_lays_nothing_out_and_long_text_still_scrolls() -> None:
    app = TypingApp()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        layouts: list[object] = []
        app.screen.screen_layout_refresh_signal.subscribe(app.screen, layouts.append)
        for letter in "abcdefghijklmnopqrstuvwxyz":
            await pilot.press(letter)
        await pilot.pause()
        assert layouts == []
        shown = app.field.render_line(0).text
        assert "xyz" in shown
        assert "abc" not in shown
        await pilot.press("home")
        assert "abc" in app.field.render_line(0).text
