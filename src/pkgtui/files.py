"""Files of the user's, written whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, text: str, *, is_private: bool = False) -> None:
    """Write `text` (UTF-8) to `path` in one step: a failure leaves the old file.

    `is_private` makes the folder and the file readable by their owner only. Raises
    OSError.
    """
    # Imported here: it costs every start 8 ms, and few runs write such a file.
    import tempfile

    folder = path.parent
    if is_private:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not is_private:
            # mkstemp keeps the file from others; here the user's own umask decides.
            umask = os.umask(0)
            os.umask(umask)
            Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
