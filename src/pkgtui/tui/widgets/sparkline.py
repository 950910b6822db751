"""Weekly commits as one line of blocks, as the command line draws them."""

from pkgtui.formats.sparkline import BLOCKS, sparkline

__all__ = ["BLOCKS", "sparkline"]
