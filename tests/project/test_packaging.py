"""What is shipped: the wheel and the sdist hold everything, and run from elsewhere."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import pkgtui

ROOT = Path(__file__).parents[2]
VERSION = pkgtui.__version__

OPEN_AND_LOOK = """
import asyncio, json, sys
from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from pkgtui.paths import user_paths
from pkgtui.tui import run_browser
from pkgtui.tui.app import PkgtuiApp

async def look(app):
    async with app.run_test(size=(120, 40)) as pilot:
        table = app.screen.packages.table
        # The sample is read by a worker that begins after the first paint.
        for _ in range(1000):
            await pilot.pause()
            await app.workers.wait_for_complete()
            if table.rows:
                break
        found = {
            "packages": len(table.rows),
            "table_size": list(table.size),
            "stylesheets": [str(path) for path in app.css_path],
            "module": sys.modules["pkgtui"].__file__,
        }
        print(json.dumps(found))

PkgtuiApp.run = lambda app, **_options: asyncio.run(look(app))
run_browser(Catalog.open(Settings(is_sample=True), user_paths()))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """The output of `command`; fails with all that it said."""
    ran = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def build(kind: str, source: Path, target: Path) -> Path:
    """The wheel or the sdist of the project in `source`."""
    run(
        sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target, cwd=source
    )
    (built,) = target.iterdir()
    return built


def names_in(wheel: Path) -> set[str]:
    """The files in `wheel`."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def shipped_files() -> set[str]:
    """The files of the checkout that belong into the wheel, named as in it."""
    package = ROOT / "src" / "pkgtui"
    files = [path for path in package.rglob("*") if path.is_file()]
    files = [path for path in files if "__pycache__" not in path.parts]
    return {path.relative_to(package.parent).as_posix() for path in files}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist of the checkout."""
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel and its dependencies.

    The dependencies are those of this environment, so that no network is needed; its
    own `pkgtui`, a link to the checkout, is not seen: a `.pth` file leads to the
    folder, but those inside the folder are not read.
    """
    root = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(root, with_pip=False)
    scripts = root / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    options = ["--no-index", "--no-deps", "--no-compile", "--quiet"]
    run(*pip, "--python", python, "install", *options, wheel, cwd=root)
    paths = run(
        python,
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
        cwd=root,
    )
    outer = "\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    (Path(paths.strip()) / "dependencies.pth").write_text(outer, encoding="utf-8")
    return scripts


def test_the_wheel_holds_the_package_and_the_styles(wheel: Path) -> None:
    styles = {f"pkgtui/styles/{path.name}" for path in ROOT.glob("styles/*.tcss")}
    names = {name for name in names_in(wheel) if name.startswith("pkgtui/")}

    assert styles
    assert names == shipped_files() | styles
    assert {name for name in names if name.endswith(".json")} == {
        f"pkgtui/sample/{name}.json" for name in ("categories", "grids", "packages")
    }


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    others = {name for name in names_in(wheel) if not name.startswith("pkgtui/")}

    info = f"pkgtui-{VERSION}.dist-info"
    about = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")
    page = f"pkgtui-{VERSION}.data/data/share/man/man1/pkgtui.1"
    assert others == {page, *(f"{info}/{name}" for name in about)}


def test_sdist_untracked_files_beside_the_named_ones_are_left_out(
    tmp_path: Path,
) -> None:
    checkout = tmp_path / "checkout"
    generated = (".git", ".venv", ".ci-venv", "__pycache__", "*_cache", ".hypothesis")
    shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(*generated))
    (checkout / ".venvdev").mkdir()
    (checkout / ".venvdev" / "big.bin").write_text("x", encoding="utf-8")
    (checkout / "notes.txt").write_text("x", encoding="utf-8")

    with tarfile.open(build("sdist", checkout, tmp_path / "built")) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert {".ci/run", "CONTRIBUTING.md", "src/pkgtui/py.typed"} <= names
    assert not {name for name in names if ".venvdev" in name or "notes" in name}


def test_the_sdist_makes_the_same_wheel(
    sdist: Path, wheel: Path, tmp_path: Path
) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = tmp_path / f"pkgtui-{VERSION}"

    assert {path.name for path in (unpacked / "styles").iterdir()} == {
        path.name for path in ROOT.glob("styles/*")
    }
    assert (unpacked / "tests" / "conftest.py").is_file()
    again = build("wheel", unpacked, tmp_path / "again")
    assert names_in(again) == names_in(wheel)


def test_the_command_works_once_installed(installed: Path, tmp_path: Path) -> None:
    command = installed / "pkgtui"

    assert run(command, "--version", cwd=tmp_path).split() == ["pkgtui", VERSION]
    shown = run(
        command, "--sample", "show", "django-otp", "--format", "json", cwd=tmp_path
    )
    assert json.loads(shown)["slug"] == "django-otp"


def test_the_manual_page_is_where_man_looks_once_installed(installed: Path) -> None:
    # `man` looks beside each folder of PATH.
    page = installed.parent / "share" / "man" / "man1" / "pkgtui.1"

    assert page.read_bytes() == (ROOT / "docs" / "pkgtui.1").read_bytes()


def test_the_browser_starts_once_installed(installed: Path, tmp_path: Path) -> None:
    found = json.loads(
        run(installed / "python", "-I", "-c", OPEN_AND_LOOK, cwd=tmp_path)
    )

    package = Path(found["module"]).parent
    assert ROOT not in package.parents
    assert {Path(path).parent for path in found["stylesheets"]} == {package / "styles"}
    sample = (ROOT / "src/pkgtui/sample/packages.json").read_text(encoding="utf-8")
    assert found["packages"] == len(json.loads(sample)["results"])
    # The styles took effect: without them the table has no room.
    assert min(found["table_size"]) > 5
