"""Names follow the project's language: the field's words, American spelling."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAXIMUM_PREFIXES = re.compile(
    r"_?(MOST|LONGEST|LARGEST|WIDEST|FEWEST|NARROWEST|LEAST|SMALLEST|USUAL)(_|$)"
)
BRITISH = re.compile(r"catalogue|colour|neighbour|grey_|licence", re.IGNORECASE)
BANNED_NAMES = frozenset(
    {
        *("Patience", "Clockwork", "Transport", "Entrant", "Browsing", "Comparing"),
        *("Whereabouts", "Trail", "Thing", "Way", "Rank", "Outcome", "StoreTrouble"),
        *("OutlivesStoreTrouble", "KeysInOrder", "DefaultColorsUnsaid", "ListEnd"),
        *("clean_line", "clean_text", "counted", "write_whole", "read_plain"),
        *("storable", "keys_in_force", "newest_look", "follow_now", "take_back"),
        *("opened_catalog", "bring_up_to_date", "tell_notices"),
    }
)
BANNED_MODULES = frozenset(
    {
        *("whereabouts", "patience", "surroundings", "legible", "taking", "finding"),
        *("upserting", "locking", "listing", "writing_packages", "store_trouble"),
        *("typing_ahead", "desktop", "folding", "neighbours", "browsing", "comparing_"),
    }
)


def source_files() -> list[Path]:
    return [
        path
        for directory in ("src", "tests", "benchmarks", "docs")
        for path in sorted((ROOT / directory).rglob("*.py"))
    ]


def names_in(tree: ast.AST) -> set[str]:
    """Collect the names that a module defines: functions, classes, variables."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
    return names


def is_refused(name: str) -> bool:
    return bool(
        MAXIMUM_PREFIXES.match(name) or BRITISH.search(name) or name in BANNED_NAMES
    )


def test_names_defined_in_python_follow_the_language() -> None:
    refused = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in source_files()
        if path != Path(__file__)
        for name in names_in(ast.parse(path.read_text(encoding="utf-8")))
        if is_refused(name)
    }
    assert refused == set()


def test_module_names_are_nouns_of_the_field() -> None:
    assert {path.stem for path in source_files()} & BANNED_MODULES == set()


def test_class_names_are_unique_in_the_package() -> None:
    names = [
        node.name
        for path in sorted((ROOT / "src").rglob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_check_refuses_the_old_dialect() -> None:
    for name in ("MOST_HITS", "_LONGEST", "WIDEST", "catalogue_table", "Entrant"):
        assert is_refused(name)
    for name in ("MAX_HITS", "almost", "catalog", "leastwise"):
        assert not is_refused(name)
