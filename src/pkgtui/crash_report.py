"""The report of a bug: where it happened and on what system, and nothing of anyone's.

No value is written: no locals, no arguments, no address, no path outside the program,
and an exception's words only where the interpreter chose them itself. So a report can
be sent on as it is. Imported only once there is something to report.
"""

import linecache
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from dis import opmap
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from pkgtui import __version__
from pkgtui.files import atomic_write_text
from pkgtui.text import sanitize_line

MAX_KEPT = 5
"""How many reports stay; older ones go."""
_NAME = re.compile(r"crash-\d{8}T\d{6}Z-\d+\.txt")
_MAX_FRAMES = 60
_MAX_CAUSES = 8
_MAX_VALUE_CHARS = 60
_LIBRARIES = {
    "sqlite3": "sqlite_version",
    "textual": "__version__",
    "httpx": "__version__",
}
"""Whose version is told if it was loaded, and by what."""
_RAISED_BY_CODE = opmap["RAISE_VARARGS"]
# What the interpreter says in these names types, attributes and variables.
_PLAIN_SPOKEN = (
    AttributeError,
    IndexError,
    NameError,
    RecursionError,
    TypeError,
    UnboundLocalError,
    ZeroDivisionError,
)


def write_report(error: BaseException, folder: Path, moment: datetime) -> Path:
    """Write the report of `error` into `folder`; its path. Raises OSError.

    Only its owner may read it; but for the last `MAX_KEPT`, reports are removed.
    """
    stamp = moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"crash-{stamp}-{os.getpid()}.txt"
    atomic_write_text(path, report_text(error, moment), is_private=True)
    # A clock that was ahead once dates older ones later than this one.
    others = [p for p in folder.iterdir() if _NAME.fullmatch(p.name) and p != path]
    for old in sorted(others, reverse=True)[MAX_KEPT - 1 :]:
        old.unlink(missing_ok=True)
    return path


def report_text(error: BaseException, moment: datetime) -> str:
    """The report of `error`, which happened at `moment`."""
    facts = [f"{name}: {sanitize_line(value)}" for name, value in _facts(moment)]
    return "\n".join([*facts, "", *_chain(error), ""])


def _facts(moment: datetime) -> Iterator[tuple[str, str]]:
    yield "pkgtui", __version__
    yield "time", moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield "python", f"{platform.python_implementation()} {platform.python_version()}"
    yield "platform", platform.platform()
    for library, attribute in _LIBRARIES.items():
        if library in sys.modules:
            yield library, str(getattr(sys.modules[library], attribute, "unknown"))
    yield "size", _terminal_size()
    for variable in ("TERM", "COLORTERM", "LANG", "LC_ALL"):
        yield variable, os.environ.get(variable, "not set")[:_MAX_VALUE_CHARS]
    for variable in ("TMUX", "STY", "SSH_CONNECTION"):
        yield variable, "set" if variable in os.environ else "not set"


def _terminal_size() -> str:
    for descriptor in (2, 1, 0):
        try:
            size = os.get_terminal_size(descriptor)
        except (OSError, ValueError):
            continue
        return f"{size.columns}x{size.lines}"
    return "no terminal"


def _chain(error: BaseException) -> Iterator[str]:
    """`error` with its frames, then what it came from, each in turn."""
    waiting: list[tuple[str, BaseException]] = [("", error)]
    seen: set[int] = set()
    while waiting and len(seen) < _MAX_CAUSES:
        relation, one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield f"{relation}{_name(one)}"
        yield from _frames(one.__traceback__)
        if one.__cause__ is not None:
            waiting.append(("caused by ", one.__cause__))
        elif one.__context__ is not None and not one.__suppress_context__:
            waiting.append(("while handling ", one.__context__))
        if isinstance(one, BaseExceptionGroup):
            waiting += [("one of the group: ", inner) for inner in one.exceptions]


def _name(error: BaseException) -> str:
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    name = f"{module}{kind.__qualname__}"
    if kind in _PLAIN_SPOKEN and not _is_raised_by_code(error):
        return f"{name}: {sanitize_line(str(error))}"
    return name


def _is_raised_by_code(error: BaseException) -> bool:
    """Whether a ``raise`` made it, whose words may hold anything."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return True
    return trace.tb_frame.f_code.co_code[trace.tb_lasti] == _RAISED_BY_CODE


def _frames(trace: TracebackType | None) -> Iterator[str]:
    frames = [(frame.f_code, line) for frame, line in walk_tb(trace)]
    half = _MAX_FRAMES // 2
    left_out = len(frames) - _MAX_FRAMES
    for index, (code, line) in enumerate(frames):
        if left_out > 0 and half <= index < len(frames) - half:
            if index == half:
                yield f"  … {left_out} frames …"
            continue
        yield f"  {_place(code.co_filename, sys.path)}:{line} in {code.co_qualname}"
        source = linecache.getline(code.co_filename, line).strip()
        if source:
            yield f"    {source}"


def _place(filename: str, roots: Sequence[str]) -> str:
    """A file as it is imported: whose folder the program lies in is not told."""
    path = Path(filename)
    holding = [Path(root) for root in roots if root and path.is_relative_to(root)]
    if not holding:
        return path.name
    root = max(holding, key=lambda one: len(one.parts))
    return path.relative_to(root).as_posix()
