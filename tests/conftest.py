"""Every test starts from the same ground: no settings of the machine, its own home."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.support.cli_fixtures",
    "tests.support.server_fixtures",
    "tests.support.store_fixtures",
]

_SCRUBBED = frozenset(
    {
        *("NO_COLOR", "FORCE_COLOR", "COLORTERM", "SSL_CERT_FILE"),
        *("COLUMNS", "LINES"),
        # No test copies to the clipboard of whoever runs it, or opens pages there.
        *("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY"),
    }
)
# In CI the same examples every time; `nightly` looks for new ones, and many more.
_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile(
    "nightly",
    max_examples=10_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW_IS_FINE,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

_SCRUBBED_PREFIXES = ("PKGTUI_", "SSH_", "TEXTUAL")
_SCRUBBED_SUFFIXES = ("_proxy",)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away what the machine sets, and keep every file below `tmp_path`."""
    for name in list(os.environ):
        if (
            name in _SCRUBBED
            or name.startswith(_SCRUBBED_PREFIXES)
            or name.lower().endswith(_SCRUBBED_SUFFIXES)
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PKGTUI_HOME", str(tmp_path))


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the programs that the test starts load and write nothing but their own.

    Where coverage is measured they would load it, and write what they found.
    """
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
