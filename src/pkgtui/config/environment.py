"""What the environment tells of the terminal at the other end."""

from collections.abc import Mapping

_SET_BY_PYTHON = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})


def terminal_is_ascii(environ: Mapping[str, str]) -> bool:
    """Whether the terminal takes only ASCII, by its type or by the locale as set.

    Python itself turns ``LANG=C`` into UTF-8 (PEP 538), so the interpreter's own
    encoding does not tell, nor does the ``LC_CTYPE`` that it sets in doing so.
    """
    if environ.get("TERM") in {"linux", "dumb"}:
        return True
    all_of_it, letters, usual = map(environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))
    if letters in _SET_BY_PYTHON and usual:
        letters = None
    locale = all_of_it or letters or usual
    if not locale:
        return False
    return "utf" not in locale.lower()


def is_over_ssh(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is at the other end of a line (sshd sets either)."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def wants_tracebacks(environ: Mapping[str, str]) -> bool:
    """Whether a bug shows its traceback (``PKGTUI_DEBUG=1``) instead of one line."""
    return environ.get("PKGTUI_DEBUG", "").strip().lower() in {"1", "true", "yes", "on"}
