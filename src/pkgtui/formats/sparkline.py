"""Weekly commits as one line of blocks: baseline zero, sums, nothing for no commits."""

from collections.abc import Sequence

from pkgtui.domain.commits import bar_eighths, bucket_sums

BLOCKS = " ▁▂▃▄▅▆▇█"


def sparkline(
    commits: Sequence[int] | None, width: int, maximum: int | None = None
) -> str:
    """`commits` (per week, oldest first) in `width` cells.

    Neighboring weeks are summed where there are more than cells. The tallest bar is
    the row's own largest, or `maximum` to compare rows. A chart that is not known is a
    dash, one of zeros is blank.
    """
    if commits is None:
        return "–".rjust(width)
    sums = bucket_sums(commits, width)
    top = max(sums, default=0) if maximum is None else maximum
    bars = bar_eighths(sums, top)
    return "".join(BLOCKS[bar[0]] for bar in bars).rjust(width)
