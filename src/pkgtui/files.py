"""Files of the user's: read without waiting, written whole or not at all."""

import errno
import os
import stat
from pathlib import Path


class NotARegularFileError(OSError):
    """What is there is nothing to read; `strerror` says why, to follow the path."""

    def __init__(self, path: Path, reason: str) -> None:
        """Tell that `path` is not a plain file, or too large a one."""
        super().__init__(errno.EINVAL, reason, str(path))


def read_regular_file(path: Path, most_bytes: int) -> bytes:
    """Read the file at `path`, which may have at most so many bytes.

    Where it is a pipe nobody is waited for, and nothing endless is read. Raises OSError
    and, for what is no plain file or too large, `NotARegularFileError`.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise NotARegularFileError(path, "is a directory; it has to be a file")
        if not stat.S_ISREG(mode):
            raise NotARegularFileError(path, "is no plain file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(most_bytes + 1)
    finally:
        os.close(descriptor)
    if len(content) > most_bytes:
        raise NotARegularFileError(path, f"is larger than {most_bytes // 1024} KiB")
    return content


def atomic_write_text(path: Path, text: str, *, is_private: bool = False) -> None:
    """Write `text` (UTF-8) to `path` in one step: a failure leaves the old file.

    A link is followed, and a file that exists keeps its permissions. `is_private` makes
    a new folder, and the file, readable by their owner only. Raises OSError, and
    `NotARegularFileError` where there is a pipe or a device.
    """
    # Imported here: it costs every start 8 ms, and few runs write such a file.
    import tempfile

    path = Path(os.path.realpath(path))
    # In whose place a file would go: for the superuser even in that of /dev/null.
    if path.exists() and not path.is_file() and not path.is_dir():
        raise NotARegularFileError(path, "is no plain file")
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
