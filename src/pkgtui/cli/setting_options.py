"""The options that are settings: how a command line says them, by a setting's name."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkgtui.cli.arguments import Parser


def add_browser_options(parser: Parser) -> None:
    """Take what only the browser heeds."""
    add = parser.add_argument
    add("--theme", metavar="THEME", help="the browser's colors; see 'pkgtui config'")
    add("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    add("--no-animation", action="store_true", help="let nothing slide")


def options_of(options: Namespace) -> dict[str, object]:
    """What `options` say of settings; None for what they leave to others."""
    return {
        "api_url": options.api_url,
        "offline": options.offline or None,
        "sample": options.sample or None,
        "ascii": options.ascii or None,
        "log": options.log or None,
        "log_level": options.log_level,
        "theme": getattr(options, "theme", None),
        "mouse": False if getattr(options, "no_mouse", False) else None,
        "animations": False if getattr(options, "no_animation", False) else None,
    }
