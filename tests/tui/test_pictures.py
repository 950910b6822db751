"""Pictures of the screen: every text where its first letter stands."""

import re
from pathlib import Path

from pkgtui.tui.pictures import CELL_WIDTH, with_texts_in_place
from tests.support.tui import browsing

TEXT = re.compile(r'<text class="[^"]*" x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>')


def test_a_text_that_begins_with_blanks_is_moved_to_its_first_letter() -> None:
    svg = (
        '<text class="a-r1" x="100" y="20" textLength="61" clip-path="url(#a)">'
        "&#160;&#160;esc</text>"
    )
    assert with_texts_in_place(svg) == (
        '<text class="a-r1" x="124.4" y="20" textLength="36.6" clip-path="url(#a)">'
        "esc</text>"
    )
    assert with_texts_in_place(svg.replace("esc", "")) == ""


def test_a_text_begins_anew_behind_a_gap() -> None:
    svg = (
        '<text class="a-r1" x="0" y="20" textLength="122" clip-path="url(#a)">'
        "&lt;★&#160;b&#160;&#160;&#160;c&#160;&#160;</text>"
    )
    assert with_texts_in_place(svg) == (
        '<text class="a-r1" x="0" y="20" textLength="48.8" clip-path="url(#a)">'
        "&lt;★&#160;b</text>"
        '<text class="a-r1" x="85.4" y="20" textLength="12.2" clip-path="url(#a)">'
        "c</text>"
    )


async def test_what_stands_in_a_column_does_so_in_the_picture(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3")
        lines = browser.lines()
        texts = TEXT.findall(browser.app.export_screenshot(title="x"))
    placed = 0
    for x, y, text in texts:
        row = round((float(y) - 20) / 24.4)
        shown = text.replace("&#160;", " ").rstrip()
        if not 0 <= row < len(lines) or not shown.isascii() or "&" in shown:
            continue
        column = round(float(x) / CELL_WIDTH)
        assert not shown.startswith(" ")
        assert lines[row][column : column + len(shown)] == shown
        placed += 1
    assert placed > 20
