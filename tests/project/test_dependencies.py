"""What is depended on: bounded at both ends, locked within the bounds."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "constraints.txt").read_text("utf-8")
LOCKED = [Requirement(line) for line in LOCK.splitlines() if not line.startswith("#")]
REQUIREMENTS = [
    Requirement(line)
    for line in (
        *PYPROJECT["build-system"]["requires"],
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["dev"],
    )
]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_every_dependency_is_bounded_at_both_ends(requirement: Requirement) -> None:
    operators = sorted(one.operator for one in requirement.specifier)

    assert operators == ["<", ">="]


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=str)
def test_every_dependency_is_locked_within_its_bounds(
    requirement: Requirement,
) -> None:
    locked = [one for one in LOCKED if one.name == requirement.name]

    assert locked, "run .ci/lock"
    for one in locked:
        (pin,) = one.specifier
        assert pin.operator == "=="
        assert Version(pin.version) in requirement.specifier, "run .ci/lock"


def test_the_lock_is_of_versions_alone() -> None:
    assert not re.search(r"://|^-|@|\\", LOCK, re.MULTILINE)
    assert all(len(one.specifier) == 1 for one in LOCKED)


@pytest.mark.skipif(not (ROOT / ".ci").exists(), reason="the sdist comes without it")
def test_the_lowest_versions_are_the_lower_bounds() -> None:
    command = [sys.executable, str(ROOT / ".ci" / "lowest")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    lowest = {
        f"{one.name}=={bound.version}"
        for one in REQUIREMENTS
        for bound in one.specifier
        if bound.operator == ">="
    }
    assert set(ran.stdout.splitlines()) == lowest
