"""A settings file that says what holds anyhow, to be changed where one likes."""

from textwrap import wrap

from pkgtui.config.table import SETTINGS, Setting
from pkgtui.config.toml_text import toml_text

_WIDTH = 88


def default_file() -> str:
    """The commented file, in TOML: its values are the defaults."""
    blocks = [_HEAD, *(_setting(one) for one in SETTINGS if one.is_in_file)]
    return "\n\n".join(blocks) + "\n"


_HEAD = """\
# The settings of pkgtui. All are optional, and these are the defaults.
# An environment variable goes before this file, and an option before both;
# "pkgtui config" tells what holds and why."""


def _setting(setting: Setting) -> str:
    spoken = " or ".join(filter(None, (setting.option, setting.environment)))
    lines = wrap(f"{setting.about} Also: {spoken}.", _WIDTH - 2)
    comment = "\n".join(f"# {line}" for line in lines)
    return f"{comment}\n{setting.name} = {toml_text(setting.default)}"
