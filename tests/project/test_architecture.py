"""The arrows between the parts: facts flow from sources to the faces, nothing back.

Read from the source text, so imports inside functions and those made for types only
count too: a part that names another one's types depends on it.
"""

import ast
import re
from collections.abc import Callable, Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import pkgtui

PACKAGE = Path(pkgtui.__file__).parent

FOUNDATIONS = {"domain", "errors", "key_names", "keys", "log", "text"}
"""What everything may stand on; they know only each other."""

ALLOWED: dict[str, set[str]] = {
    **dict.fromkeys(FOUNDATIONS, FOUNDATIONS),
    "files": set(),
    "paths": {"errors"},
    "crash_report": {"", "files", "text"},
    "config": {"domain", "errors", "files", "key_names", "keys", "text"},
    "formats": {"domain", "text"},
    "sources": {"", "domain", "errors", "log", "text"},
    "store": {"domain", "errors", "log", "text", "files", "sources.base"},
    "catalog": {
        "",
        "sources",
        "store",
        "userdata",
        "domain",
        "errors",
        "config",
        "paths",
        "log",
    },
    "userdata": {"domain", "errors", "files", "log", "text"},
    "tui": FOUNDATIONS | {"catalog", "formats", "config", "paths", "files"},
    "cli": {
        *("", "catalog", "domain", "formats", "errors", "text", "config", "paths"),
        *("crash_report", "log"),
    },
    "": set(),
    "__main__": {"cli"},
}
"""What each part may import besides itself; "" is the package's own `__init__`."""

EXCEPTIONS = {("cli.commands.browse", "tui")}
"""The one way from the command line into the browser."""

LIBRARIES = {
    "textual": {"tui"},
    "httpx": {"sources"},
    "sqlite3": {"store"},
    "rich": {"tui", "text", "sources"},
    "platformdirs": {"paths"},
    "argparse": {"cli"},
    "logging": {"log"},
}
"""The only parts that may import these."""

SQL = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA)\s")


class Module:
    """One file of the package and what it says."""

    def __init__(self, name: str, source: str, *, is_package: bool = False) -> None:
        self.name = name
        """Below the package: ``store.reading``, "" for its `__init__`."""
        self.source = source
        self.tree = ast.parse(source)
        self.is_package = is_package

    @property
    def part(self) -> str:
        """The part of the program it belongs to: ``store``."""
        return self.name.partition(".")[0]

    def imports(self) -> Iterator[str]:
        """The full name of everything that is imported anywhere in it."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                yield from (f"{base}.{alias.name}" for alias in node.names)

    def ours(self) -> set[str]:
        """The modules of ours that it imports, or imports a name from."""
        names = {name for name in self.imports() if f"{name}.".startswith("pkgtui.")}
        return {module_of(name.removeprefix("pkgtui").lstrip(".")) for name in names}

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        above = ["pkgtui", *filter(None, self.name.split("."))]
        cut = node.level - self.is_package
        return ".".join([*above[: len(above) - cut], *filter(None, [node.module])])


def read_modules() -> dict[str, Module]:
    """Every module of the package, by name."""
    modules = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        source = path.read_text(encoding="utf-8")
        modules[name] = Module(name, source, is_package=is_package)
    return modules


MODULES = read_modules()


def module_of(name: str) -> str:
    """The module that `name` is, or stands in."""
    while name not in MODULES:
        name = name.rpartition(".")[0]
    return name


def forbidden_arrows(module: Module) -> set[str]:
    """The modules of ours that `module` imports and may not."""
    allowed = ALLOWED[module.part] | {module.part}
    return {
        target
        for target in module.ours()
        if (module.name, target) not in EXCEPTIONS
        and not any(f"{target}.".startswith(f"{one}.") for one in allowed)
    }


def forbidden_libraries(module: Module) -> set[str]:
    """The libraries that `module` imports and may not."""
    roots = {imported.partition(".")[0] for imported in module.imports()}
    return {
        library
        for library in roots & LIBRARIES.keys()
        if module.part not in LIBRARIES[library]
    }


def sql_in(module: Module) -> list[str]:
    """The pieces of SQL among its strings."""
    return [
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SQL.match(node.value)
    ]


def writes_to_streams(module: Module) -> list[int]:
    """The lines in which it prints, or names the process's streams."""
    return [
        node.lineno
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"})
    ]


def computed_imports(module: Module) -> set[str]:
    """The ways in which it imports what the text does not name."""
    names = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    roots = {imported.partition(".")[0] for imported in module.imports()}
    return {"importlib", "__import__"} & (names | roots)


def test_every_part_is_in_the_table() -> None:
    assert {module.part for module in MODULES.values()} == set(ALLOWED)


def found_in_any(find: Callable[[Module], Collection[object]]) -> dict[str, object]:
    """What `find` finds, for the modules in which it finds anything."""
    findings = {name: find(module) for name, module in MODULES.items()}
    return {name: found for name, found in findings.items() if found}


def test_arrows() -> None:
    assert found_in_any(forbidden_arrows) == {}


def test_libraries() -> None:
    assert found_in_any(forbidden_libraries) == {}


def test_sql_stands_only_in_the_store() -> None:
    assert {name.partition(".")[0] for name in found_in_any(sql_in)} == {"store"}


def test_only_the_command_line_writes_to_streams() -> None:
    writing = found_in_any(writes_to_streams)
    assert {name.partition(".")[0] for name in writing} == {"cli"}


def test_only_commands_are_imported_by_a_computed_name() -> None:
    assert set(found_in_any(computed_imports)) == {"cli.args"}


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, one in MODULES.items() if not ast.get_docstring(one.tree)]
    assert silent == []


def test_no_module_needs_itself() -> None:
    graph = {name: module.ours() - {name} for name, module in MODULES.items()}

    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("domain.models", "import pkgtui.store.queries"),
        ("domain.models", "from pkgtui import catalog"),
        ("domain.models", "from pkgtui import __version__"),
        ("text", "from pkgtui.files import write_whole"),
        ("store.reading", "from pkgtui.sources.djangopackages.client import ApiClient"),
        ("store.queries", "from pkgtui.sources import http"),
        ("sources.client", "def fetch():\n    from pkgtui.store import write"),
        ("catalog", "if TYPE_CHECKING:\n    from pkgtui.tui.app import PkgtuiApp"),
        ("formats.style", "from ..catalog import Catalog"),
        ("formats.style", "from .. import catalog"),
        ("tui.app", "from pkgtui.cli.console import Console"),
        ("tui.app", "from pkgtui.userdata.marks import Marks"),
        ("cli.program", "def run():\n    from pkgtui.tui import run_browser"),
        ("cli.lookup", "from pkgtui.sources.base import CatalogSource"),
    ],
)
def test_a_forbidden_arrow_is_found(name: str, source: str) -> None:
    assert forbidden_arrows(Module(name, source))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("catalog", "if TYPE_CHECKING:\n    import sqlite3"),
        ("cli.lookup", "def ask():\n    import httpx"),
        ("cli.lookup", "from textual.app import App"),
        ("formats.style", "from rich.text import Text"),
    ],
)
def test_a_forbidden_library_is_found(name: str, source: str) -> None:
    assert forbidden_libraries(Module(name, source))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("store.reading", "from pkgtui.sources.base import Page"),
        ("cli.commands.browse", "def run():\n    from pkgtui.tui import run_browser"),
        ("domain.models", "from pkgtui import errors\nfrom . import activity"),
        ("tui.app", "from textual.app import App\nfrom pkgtui.catalog import Catalog"),
    ],
)
def test_an_allowed_arrow_is_not(name: str, source: str) -> None:
    module = Module(name, source)
    assert forbidden_arrows(module) | forbidden_libraries(module) == set()


def test_sql_and_streams_are_found() -> None:
    module = Module("cli.x", 'a = f"SELECT {b} FROM c"\nprint(a)\nsys.stdout.write(a)')
    assert len(sql_in(module)) == 1
    assert writes_to_streams(module) == [2, 3]
