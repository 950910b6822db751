"""Draws the README's pictures: the real program on the bundled sample, no terminal.

Run from the checkout: ``python docs/make_screenshots.py``.
"""

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from pkgtui.catalog import Catalog, open_marks
from pkgtui.config import Settings
from pkgtui.paths import user_paths
from pkgtui.tui.app import PkgtuiApp

FOLDER = Path(__file__).parent
NOW = datetime(2026, 2, 16, 12, tzinfo=UTC)
"""The day after the site's look at most of the sample, so that ages are plain."""
PICTURES = {
    "browse": ((120, 36), "authentication", ("j",)),
    "compare": ((120, 26), "authentication", ("c", "j", "j", "j", "j", "j", "s")),
}
_FONT_FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def draw(name: str, home: str) -> None:
    """Start at a grid, press keys, and write what stands on the screen."""
    size, target, keys = PICTURES[name]
    paths = user_paths(home)

    def open_sample() -> Catalog:
        return Catalog.open(Settings(is_sample=True), paths, now=lambda: NOW)

    catalog = open_sample()
    await catalog.sync()
    app = PkgtuiApp(catalog, open_marks(paths), open_sample, target)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause(0.5)
        # Fonts come from the reader's machine, not from a host that the file names.
        picture = _FONT_FACES.sub("", app.export_screenshot(title="pkgtui"))
        (FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")


def main() -> None:
    """Draw all."""
    for name in PICTURES:
        with tempfile.TemporaryDirectory() as home:
            asyncio.run(draw(name, home))


if __name__ == "__main__":
    main()
