"""Files of the user's, written whole or not at all."""

import os
import stat
from pathlib import Path


def write_whole(path: Path, text: str, *, is_private: bool = False) -> None:
    """Write `text` (UTF-8) to `path` in one step: a failure leaves the old file.

    A link is followed, and a file that exists keeps its permissions. `is_private` makes
    a new folder, and the file, readable by their owner only. Raises OSError.
    """
    # Imported here: it costs every start 8 ms, and few runs write such a file.
    import tempfile

    path = Path(os.path.realpath(path))
    folder = path.parent
    if is_private:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".pkgtui-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not is_private:
            Path(name).chmod(_mode_for(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode_for(path: Path) -> int:
    """The permissions of `path`, or those that the user's umask gives a new file."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
