"""A log of what the program does, for when something is slow or goes wrong.

Off unless a file was named; until then telling costs a comparison, and what writes it
is not loaded. No value of the catalog or of a person is told to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkgtui.log.writing import LogFile

_file: LogFile | None = None


def debug(sentence: str) -> None:
    """Tell what only matters to find out how it works."""
    _tell("DEBUG", sentence)


def info(sentence: str) -> None:
    """Tell what is being done."""
    _tell("INFO", sentence)


def warning(sentence: str) -> None:
    """Tell what went wrong."""
    _tell("WARNING", sentence)


def crash(error: BaseException) -> None:
    """Tell of a bug: its kind and place, not its words, which may hold anything."""
    if _file is None:
        return
    trace, place = error.__traceback__, ""
    while trace is not None:
        name = Path(trace.tb_frame.f_code.co_filename).name
        place = f" in {name}:{trace.tb_lineno}"
        trace = trace.tb_next
    _tell("CRITICAL", f"a bug ended it: {type(error).__name__}{place}")


def is_open() -> bool:
    """Whether what is told is written anywhere."""
    return _file is not None


def open_log(path: Path, level: str) -> None:
    """Append what is told from now on to `path`; `level` is the least to write.

    Only its owner may read the file. Raises `UsageError` where it cannot be written.
    """
    global _file
    from pkgtui.log.writing import LogFile

    file = LogFile(path, level)
    close_log()
    _file = file


def close_log() -> None:
    """Give the file back; what is told from now on goes nowhere."""
    global _file
    file, _file = _file, None
    if file is not None:
        file.close()


def _tell(level: str, sentence: str) -> None:
    if _file is not None:
        _file.write(level, sentence)
