"""What the tests of the full-screen face share: the app at work, read as text."""

import json
from collections.abc import Iterable
from pathlib import Path

from textual.events import MouseScrollDown, MouseScrollUp
from textual.widget import Widget

from pkgtui.domain.models import Package
from pkgtui.sources.decode import decode_package
from pkgtui.tui.widgets.spans import Line

_SEEDS = Path(__file__).parent / "data" / "seeds"


SEEDED = (
    "django-organizations",
    "django-dbsettings-new",
    "django-modelcluster",
    "mongodb-engine",
    "django-shop",
)
"""The slugs of the recorded packages."""


def seed(slug: str) -> Package:
    """A record as the live API gave it, by its slug."""
    for path in _SEEDS.glob("*.json"):
        package = decode_package(json.loads(path.read_text(encoding="utf-8")))
        if package.slug == slug:
            return package
    raise LookupError(slug)


def line_texts(lines: Iterable[Line]) -> list[str]:
    """Lines as one reads them, without styles."""
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def widget_lines(widget: Widget) -> list[str]:
    """What stands on the screen where `widget` is, a string a line."""
    region = widget.region
    lines = []
    for strip in widget.screen._compositor.render_strips()[region.y : region.bottom]:
        cut = strip.crop(region.x, region.right)
        assert cut.cell_length == region.width
        lines.append(cut.text)
    return lines


def scroll(widget: Widget, *, down: bool) -> MouseScrollDown | MouseScrollUp:
    """A turn of the wheel over `widget`."""
    kind = MouseScrollDown if down else MouseScrollUp
    return kind(widget, 0, 0, 0, 1 if down else -1, 0, False, False, False)
