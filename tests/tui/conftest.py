"""Fixtures of the interface's tests."""

import pytest

from pkgtui.tui.widgets.line_widget import SpanWidget


@pytest.fixture(autouse=True)
def drawn_in_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what an app that was run in ASCII before left on the class."""
    monkeypatch.setattr(SpanWidget, "is_ascii", False)
