"""The progress of a sync on stderr: one line that changes, or a few that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkgtui.cli.console import Console

if TYPE_CHECKING:
    from pkgtui.catalog import SyncProgress


class ProgressLines:
    """Shows how far a sync has come."""

    def __init__(self, console: Console) -> None:
        """Show it on the stderr of `console`."""
        self._console = console
        self.has_begun = False
        """Whether anything arrived."""

    def show(self, progress: SyncProgress) -> None:
        """Tell of one page; where stderr cannot redraw, only of a list's end."""
        self.has_begun = True
        again = " (read again: the list moved)" if progress.pass_number > 1 else ""
        line = f"{progress.resource}: {progress.done} of {progress.total}{again}"
        if self._console.can_redraw:
            self._console.show_progress(line)
        elif progress.done >= progress.total:
            self._console.tell(line, is_trouble=False)
