"""Finds the stylesheets: beside the package when installed, at the top of a checkout.

Textual needs real paths and ends at start where one is missing, so a folder counts
only if it holds the base stylesheet.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_BASE = "app.tcss"
_SHEETS = (_BASE, "browse.tcss", "compare.tcss", "search.tcss")


def stylesheet_paths() -> list[Path]:
    """The stylesheets in the order in which they apply.

    Raises FileNotFoundError naming both places where they were looked for.
    """
    places = (_PACKAGE / "styles", _PACKAGE.parents[1] / "styles")
    for place in places:
        if (place / _BASE).is_file():
            return [place / sheet for sheet in _SHEETS]
    looked = " or ".join(str(place) for place in places)
    raise FileNotFoundError(f"the stylesheets are missing: no {_BASE} in {looked}")
