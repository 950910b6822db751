"""The words of the status line: where the data is from, how old, what is going on."""

from datetime import datetime

from pkgtui.catalog import Freshness, SyncProgress
from pkgtui.domain.ages import format_date, long_age
from pkgtui.keys import key_by_id, key_name
from pkgtui.text import cell_width, group_thousands
from pkgtui.tui.places import Level
from pkgtui.tui.widgets.spans import Span

BAR_WIDTH = 12

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
        "browse.active",
        "app.quit",
    ),
    Level.PACKAGE: (
        "package.enter",
        "browse.back",
        "browse.search",
        "app.help",
        "browse.mark",
        "browse.compare",
        "browse.refresh",
        "browse.filter",
        "browse.zoom",
        "app.quit",
    ),
}
"""The keys that are worth a word at each level, by their ids."""


def source_words(freshness: Freshness, now: datetime, *, is_offline: bool) -> str:
    """Where the rows on the screen come from, and how old they are."""
    if freshness.is_sample:
        if freshness.data_as_of is None:
            return "bundled sample"
        return f"bundled sample, data of {format_date(freshness.data_as_of)}"
    if freshness.synced_at is not None:
        age = f"synced {long_age(freshness.synced_at, now)}"
    elif freshness.package_count:
        age = f"{group_thousands(freshness.package_count)} packages, never synced whole"
    else:
        age = "nothing stored yet"
    return f"{'offline · ' if is_offline else ''}{freshness.host} · {age}"


def progress_words(progress: SyncProgress) -> str:
    """How far a sync is: a bar and rows."""
    done, total = progress.done, max(progress.total, 1)
    filled = min(BAR_WIDTH, done * BAR_WIDTH // total)
    bar = "█" * filled + "·" * (BAR_WIDTH - filled)
    again = " again, as rows moved" if progress.pass_number > 1 else ""
    return (
        f"syncing {progress.resource}{again} {bar} "
        f"{group_thousands(done)} of {group_thousands(progress.total)}"
    )


def hints(action_ids: tuple[str, ...], room: int) -> list[Span]:
    """Keys with their labels, from the first on, as many as fit into `room` cells."""
    spans: list[Span] = []
    used = 0
    for action_id in action_ids:
        key = key_by_id(action_id)
        name = key_name(key.keys[0])
        gap = "  " if spans else ""
        cells = cell_width(f"{gap}{name} {key.label}")
        if used + cells > room:
            break
        used += cells
        spans += [(f"{gap}{name}", "heading"), (f" {key.label}", "dim")]
    return spans
