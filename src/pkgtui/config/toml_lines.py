"""On which line a key of a TOML file stands, which `tomllib` does not tell.

The text is one that `tomllib` has read, so only its shape is looked at here, not
whether it is right. A line is told only where the keys that are found are the keys of
the document: a wrong line is worse than none.
"""

import re
from collections.abc import Iterator, Mapping

Path = tuple[str, ...]

_TOKEN = re.compile(
    r"(?P<blank>[ \t\r]+|\#[^\n]*)"
    r"|(?P<newline>\n)"
    r'|(?P<basic>"""(?:\\.|[^\\])*?"{3,5}|"(?:\\.|[^"\\\n])*")'
    r"|(?P<literal>'''.*?'{3,5}|'[^'\n]*')"
    r"|(?P<mark>[][{}=,.])"
    r"|(?P<word>[^][{}=,.\s\"'#]+)",
    re.DOTALL,
)
_CLOSING = {"[": "]", "{": "}"}


def lines_of_keys(text: str, document: Mapping[str, object]) -> dict[Path, int]:
    """The line of every key of `document`, which was read from `text`; first is 1.

    A key inside tables is named by its whole path. Empty where it is not sure.
    """
    try:
        lines = _Scan(text).lines()
        return lines if set(lines) == set(_paths(document, ())) else {}
    except (LookupError, ValueError, RecursionError):
        return {}


def _paths(value: object, above: Path) -> Iterator[Path]:
    if isinstance(value, list):
        for one in value:
            yield from _paths(one, above)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield (*above, name)
            yield from _paths(inner, (*above, name))


class _Scan:
    """One pass over a file."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, int]] = []
        line, at = 1, 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise ValueError(at)
            kind = match.lastgroup or ""
            if kind != "blank":
                self._tokens.append((kind, match[0], line))
            line += match[0].count("\n")
            at = match.end()
        self._tokens.append(("newline", "\n", line))
        self._at = 0
        self._lines: dict[Path, int] = {}

    def lines(self) -> dict[Path, int]:
        """The lines of all keys."""
        table: Path = ()
        while self._at < len(self._tokens):
            kind, token, _ = self._tokens[self._at]
            if kind == "newline":
                self._at += 1
            elif token == "[":
                is_array = self._tokens[self._at + 1][1] == "["
                self._at += 1 + is_array
                table = self._key((), "]")
                self._at += 1 + is_array
            else:
                self._value(self._key(table, "="))
        return self._lines

    def _key(self, table: Path, end: str) -> Path:
        """Read a key up to `end`, which stays; note the line of each of its parts."""
        path = table
        while True:
            kind, token, line = self._tokens[self._at]
            if (kind, token) == ("mark", end):
                return path
            if (kind, token) != ("mark", "."):
                path = (*path, _unquoted(kind, token))
                self._lines.setdefault(path, line)
            self._at += 1

    def _value(self, path: Path) -> None:
        """Pass over ``= value``, or an element of a list, and note the keys in it."""
        if self._tokens[self._at][1] == "=":
            self._at += 1
        kind, token, _ = self._tokens[self._at]
        if kind == "mark" and token in _CLOSING:
            self._at += 1
            self._members(path, token)
            return
        while True:
            kind, token, _ = self._tokens[self._at]
            if kind == "newline" or (kind == "mark" and token in ",]}"):
                return
            self._at += 1

    def _members(self, path: Path, opening: str) -> None:
        while True:
            kind, token, _ = self._tokens[self._at]
            if (kind, token) == ("mark", _CLOSING[opening]):
                self._at += 1
                return
            if kind == "newline" or (kind, token) == ("mark", ","):
                self._at += 1
            elif opening == "{":
                self._value(self._key(path, "="))
            else:
                self._value(path)


def _unquoted(kind: str, token: str) -> str:
    """The name that a part of a key stands for."""
    if kind == "word":
        return token
    if kind == "literal":
        return token[1:-1]
    if kind != "basic":
        raise ValueError(token)
    if "\\" not in token:
        return token[1:-1]
    import tomllib

    return str(tomllib.loads(f"name = {token}")["name"])
