"""The full-screen face, and the only part that imports Textual."""

from collections.abc import Sequence

from pkgtui.catalog import Catalog, open_marks, open_session
from pkgtui.paths import user_paths


def run_browser(
    catalog: Catalog, target: str | None = None, problems: Sequence[str] = ()
) -> int:
    """Browse `catalog` until the person quits, opened at `target`; the exit code.

    What `problems` the settings have is told at the start.
    The catalog is closed at the end. The terminal has to be one (see `cli`). What
    ends the browser unexpectedly is raised once the terminal is as it was before.
    """
    from pkgtui.tui.app import PkgtuiApp

    def open_sample() -> Catalog:
        return Catalog.open(catalog.settings._replace(is_sample=True), user_paths())

    paths = user_paths()
    app = PkgtuiApp(
        catalog,
        open_marks(paths),
        open_sample,
        target,
        session=open_session(paths),
        problems=problems,
    )
    app.run(mouse=catalog.settings.has_mouse)
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
