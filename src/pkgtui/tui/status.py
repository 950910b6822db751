"""The words of the status line: where the data is from, how old, what is going on."""

from collections.abc import Sequence
from datetime import datetime

from pkgtui.catalog import CacheStatus, SyncProgress
from pkgtui.domain.ages import format_month, long_age
from pkgtui.keys import key_by_id
from pkgtui.text import cell_width, group_thousands, pluralize, truncate
from pkgtui.tui.bindings import hint
from pkgtui.tui.browse.navigation import Level
from pkgtui.tui.widgets.line_widget import Span

BAR_WIDTH = 12
MAX_PROBLEMS, MAX_PROBLEM_CHARS = 2, 110

HINTS = {
    Level.NAVIGATION: (
        "list.enter",
        "browse.search",
        "app.help",
        "browse.filter",
        "browse.next_pane",
        "browse.compare",
        "browse.sync",
        "app.quit",
    ),
    Level.PACKAGES: (
        "list.enter",
        "browse.back",
        "browse.search",
        "app.help",
        "browse.mark",
        "browse.compare",
        "browse.sort",
        "browse.filter",
        "browse.copy",
        "browse.open_address",
        "browse.active",
        "app.quit",
    ),
    Level.PACKAGE: (
        "package.down",
        "package.enter",
        "browse.back",
        "browse.search",
        "app.help",
        "browse.mark",
        "browse.compare",
        "browse.copy",
        "browse.open_address",
        "browse.refresh",
        "browse.filter",
        "browse.zoom",
        "app.quit",
    ),
}
"""The keys that are worth a word at each level, by their ids."""


FILTER_HINTS = ("filter.undo", "filter.keep")
"""The same while one types to narrow a list."""


def hinted_actions(
    level: Level, *, is_filtering: bool, is_on_stop: bool
) -> tuple[str, ...]:
    """The actions worth a word; enter in a package only where it goes somewhere."""
    if is_filtering:
        return FILTER_HINTS
    ids = HINTS[level]
    if level is Level.PACKAGE and not is_on_stop:
        return tuple(id_ for id_ in ids if id_ != "package.enter")
    return ids


def source_words(
    freshness: CacheStatus, now: datetime, *, is_offline: bool, is_short: bool = False
) -> str:
    """Where the rows on the screen come from, and how old they are.

    The short form leaves out the host; that it is the sample is always told.
    """
    if freshness.is_sample:
        sample = "sample" if is_short else "bundled sample"
        if freshness.data_as_of is None:
            return sample
        return f"{sample}, data from {format_month(freshness.data_as_of)}"
    if freshness.synced_at is not None:
        age = f"synced {long_age(freshness.synced_at, now)}"
    elif freshness.package_count:
        age = (
            f"{pluralize(freshness.package_count, 'package')}, first sync not finished"
        )
    else:
        age = "nothing cached yet"
    parts = ("offline" if is_offline else "", "" if is_short else freshness.host, age)
    return " · ".join(filter(None, parts))


def first_problems(problems: Sequence[str]) -> list[str]:
    """The beginnings of the first `problems`, and where the rest is told."""
    shown = [truncate(one, MAX_PROBLEM_CHARS) for one in problems[:MAX_PROBLEMS]]
    if shown != list(problems):
        shown.append("pkgtui config shows the rest")
    return shown


def marked_words(count: int, *, is_short: bool = False) -> str:
    """How many packages are marked, to stand before the source; "" for none."""
    if not count:
        return ""
    return f"● {count} · " if is_short else f"● {count} marked · "


def progress_words(progress: SyncProgress, *, is_short: bool = False) -> str:
    """How far a sync is: a bar and rows."""
    done, total = progress.done, max(progress.total, 1)
    filled = min(BAR_WIDTH, done * BAR_WIDTH // total)
    bar = "█" * filled + "·" * (BAR_WIDTH - filled)
    rows = f"{bar} {group_thousands(done)} of {group_thousands(progress.total)}"
    if is_short:
        return f"{progress.resource} {rows}"
    again = " again, as rows moved" if progress.pass_number > 1 else ""
    return f"syncing {progress.resource}{again} {rows}"


def hints(action_ids: tuple[str, ...], room: int) -> list[Span]:
    """Keys with their labels, the first ones that fit into `room` cells.

    Help tells all the others, so it is the last to go.
    """
    fitting = list(action_ids)
    while fitting and _hint_cells(fitting) > room:
        optional = [id_ for id_ in fitting if id_ != "app.help"] or fitting
        fitting.remove(optional[-1])
    spans: list[Span] = []
    for action_id in fitting:
        name, label = _hint(action_id)
        gap = "  " if spans else ""
        spans += [(f"{gap}{name}", "heading"), (f" {label}", "dim")]
    return spans


def _hint(action_id: str) -> tuple[str, str]:
    return hint(action_id), key_by_id(action_id).label


def _hint_cells(action_ids: list[str]) -> int:
    words = (" ".join(_hint(action_id)) for action_id in action_ids)
    return cell_width("  ".join(words))
