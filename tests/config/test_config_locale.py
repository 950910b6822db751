"""Which terminals are taken to know ASCII only, by what the environment says."""

import pytest

from pkgtui.config.environment import terminal_is_ascii


@pytest.mark.parametrize(
    ("environ", "is_ascii"),
    [
        ({}, False),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "C.UTF-8", "LANG": "C"}, False),
        ({"LC_CTYPE": "de_DE.utf8", "LANG": "C"}, False),
        # Python's own doing where LANG says C; a person's where LANG says nothing.
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, True),
        ({"LC_CTYPE": "UTF-8"}, False),
        ({"TERM": "linux", "LANG": "en_US.UTF-8"}, True),
        ({"TERM": "dumb"}, True),
        ({"TERM": "xterm-256color"}, False),
    ],
)
def test_the_locale_decides(environ: dict[str, str], is_ascii: bool) -> None:
    assert terminal_is_ascii(environ) is is_ascii
