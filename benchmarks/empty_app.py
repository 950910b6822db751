"""The floor of the first paint: the least that a Textual program can be."""

from textual.app import App, ComposeResult
from textual.widgets import Static

MARKER = "nothing but this line"


class EmptyApp(App[None]):
    """Shows one line."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(MARKER)


if __name__ == "__main__":
    EmptyApp().run()
