"""One run of the command line, from its arguments to its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from pkgtui import __version__, log
from pkgtui.cli.args import PrintAndExit, options_of, read_command_line
from pkgtui.cli.console import Console
from pkgtui.cli.context import Context, Now
from pkgtui.config import Settings, settings_of_run, wants_tracebacks
from pkgtui.errors import ExitCode, PkgtuiError, UsageError
from pkgtui.paths import Paths, user_paths

if TYPE_CHECKING:
    from pathlib import Path

    from pkgtui.catalog import Connect


def _utc_now() -> datetime:
    return datetime.now(UTC)


def run(
    argv: Sequence[str],
    *,
    now: Now = _utc_now,
    connect: Connect | None = None,
) -> int:
    """Answer `argv` on the process's streams; the exit code.

    `now` and `connect` are a clock and a source to use instead of the real ones.
    """
    began = monotonic()
    try:
        exit_code = _exit_code(argv, now, connect)
        log.info(f"ends with {exit_code:d} after {monotonic() - began:.3f} s")
    finally:
        log.close_log()
    return exit_code


def _exit_code(argv: Sequence[str], now: Now, connect: Connect | None) -> int:
    console = Console()
    try:
        return _answer(argv, console, now, connect)
    except PkgtuiError as error:
        console.tell(str(error))
        return error.exit_code
    except BrokenPipeError:
        console.abandon_stdout()
        return ExitCode.OK
    except KeyboardInterrupt:
        console.clear_line()
        console.abandon_stdout()
        return ExitCode.INTERRUPTED
    except Exception as error:
        log.crash(error)
        if wants_tracebacks(os.environ):
            raise
        console.tell(_report(error, now))
        return ExitCode.FAILED


def _open_log(settings: Settings, paths: Paths, console: Console) -> None:
    """Open the log that `settings` name; without it nothing that asked for it runs."""
    if settings.log_path is None:
        return
    try:
        _check_place(settings.log_path, paths)
        log.open_log(settings.log_path, settings.log_level)
    except UsageError as error:
        if settings.is_log_asked:
            raise
        console.tell(f"{error}; going on without")
    else:
        python = ".".join(map(str, sys.version_info[:3]))
        log.info(f"pkgtui {__version__} begins, Python {python}, {sys.platform}")


def _check_place(log_path: Path, paths: Paths) -> None:
    if paths.are_for(log_path):
        raise UsageError(
            f"cannot write the log {log_path}: pkgtui keeps other things there; name "
            "another file"
        )


def _report(error: Exception, now: Now) -> str:
    """Write a report of a bug; what to tell of it."""
    kind = type(error).__name__
    try:
        from pkgtui.crash_report import write_report

        path = write_report(error, user_paths().state, now())
    except Exception as failure:
        reason = type(failure).__name__
        if isinstance(failure, OSError):
            reason = failure.strerror or reason
        return (
            f"internal error: {kind}; its report could not be written "
            f"({reason}); PKGTUI_DEBUG=1 shows the traceback"
        )
    return f"internal error: {kind}. Report saved to {path}"


def _answer(
    argv: Sequence[str],
    console: Console,
    now: Now,
    connect: Connect | None,
) -> int:
    try:
        module, options = read_command_line(argv)
    except PrintAndExit as printed:
        console.write(printed.text)
        return ExitCode.OK
    paths = user_paths()
    settings, problems = settings_of_run(paths.settings, options=options_of(options))
    console.is_ascii = settings.is_ascii
    for problem in problems:
        console.tell(problem)
    _open_log(settings, paths, console)
    context = Context(options, settings, paths, console, now, connect, problems)
    answer, exit_code = module.run(context)
    if answer is not None:
        from pkgtui.cli.output import print_answer

        print_answer(answer, context)
    return exit_code
