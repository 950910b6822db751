"""Why the list of packages is empty, and what to do about it, in plain sentences."""

from pkgtui.domain.selection import PackageFilter
from pkgtui.text import pluralize
from pkgtui.tui.bindings import hint


def why_no_packages(
    selection: PackageFilter,
    *,
    held_count: int,
    narrowing: str,
    hidden_count: int,
    missing_count: int,
    is_syncing: bool,
    is_offline: bool,
    host: str,
    error: str,
) -> tuple[str, ...]:
    """The sentences for an empty list.

    `held_count` is the whole catalog's, `narrowing` says what was typed to narrow the
    list, `hidden_count` is what is hidden, `missing_count` what the grid names and the
    cache lacks.
    """
    sync = hint("browse.sync")
    if not held_count:
        if is_syncing:
            return (f"Reading the catalog from {host}.", "Rows appear as they come.")
        cause = "The network is off (--offline)." if is_offline else error
        again = () if is_offline else (f"{sync}  try {host} again",)
        return (
            "Nothing is stored yet.",
            *filter(None, (cause,)),
            "",
            f"{hint('browse.sample')}  browse the bundled sample catalog",
            *again,
        )
    if selection.text:
        return (
            f"Of {pluralize(hidden_count, 'package')} here none fits: {narrowing}.",
            f"{hint('browse.back')} undoes it",
        )
    if hidden_count:
        return (
            f"Of {pluralize(hidden_count, 'package')} here none is active.",
            f"{hint('browse.active')}  shows them all",
        )
    if missing_count:
        return (
            f"This grid names {pluralize(missing_count, 'package')} not stored here.",
            f"{sync}  brings the catalog up to date",
        )
    if selection.grid_id is not None:
        return ("This grid has no packages.",)
    if selection.contributor is not None:
        return ("Nothing else in the catalog.",)
    return ("No packages here.",)
