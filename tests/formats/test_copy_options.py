"""What can be copied of a package, and opened: only what it has, only what is safe."""

import shlex
from typing import Any

import pytest

from pkgtui.domain.models import GridSummary
from pkgtui.formats.copy_options import (
    CopyOption,
    grid_addresses,
    grid_copies,
    is_web_address,
    package_addresses,
    package_copies,
)
from pkgtui.formats.package_text import PackagePage
from tests.support.compare import HOSTILE, detail
from tests.support.store import NOW, UNKNOWN_FACTS

WEB_URL = "https://djangopackages.org/packages/p/django-otp/"


def page(**fields: Any) -> PackagePage:
    return PackagePage(detail(1, **fields), WEB_URL, NOW)


def by_label(choices: list[CopyOption]) -> dict[str, str]:
    assert len({choice.letter for choice in choices}) == len(choices)
    return {choice.label: choice.text for choice in choices}


def test_all_that_a_package_has_can_be_copied() -> None:
    copies = by_label(
        package_copies(
            page(
                slug="django-otp",
                title="Django [OTP]",
                pypi_name="django-otp",
                repo_url="https://github.com/django-otp/django-otp",
            )
        )
    )
    facts = copies.pop("facts")
    assert copies == {
        "slug": "django-otp",
        "pip": "pip install django-otp",
        "uv": "uv add django-otp",
        "poetry": "poetry add django-otp",
        "repository": "https://github.com/django-otp/django-otp",
        "web page": WEB_URL,
        "Markdown": rf"[Django \[OTP\]]({WEB_URL})",
    }
    assert facts.startswith("Django [OTP]")
    assert "10 stars" in facts or "10" in facts.split()


def test_what_a_package_has_not_is_not_offered() -> None:
    empty = page(**UNKNOWN_FACTS)
    labels = ["slug", "web page", "Markdown", "facts"]
    assert list(by_label(package_copies(empty))) == labels
    assert by_label(package_addresses(empty)) == {"Django Packages": WEB_URL}


@pytest.mark.parametrize(
    "name", ["otp; rm -rf ~", "$(id)", "-r evil.txt", "a b", "a\nb", "`id`", "é", "a-"]
)
def test_a_name_that_a_shell_could_take_amiss_makes_no_command(name: str) -> None:
    copies = by_label(package_copies(page(pypi_name=name)))
    assert not copies.keys() & {"pip", "uv", "poetry"}


@pytest.mark.parametrize("name", ["x", "Django", "zope.interface", "a_b-c.d9"])
def test_a_command_is_three_words(name: str) -> None:
    copies = by_label(package_copies(page(pypi_name=name)))
    assert shlex.split(copies["pip"]) == ["pip", "install", name]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("ssh://git@example.org/x", False),
        ("", False),
        ("example.org", False),
    ],
)
def test_only_addresses_of_the_web_are_opened(url: str, expected: bool) -> None:
    assert is_web_address(url) is expected
    addresses = by_label(package_addresses(page(repo_url=url, documentation_url=url)))
    assert ("repository" in addresses) is expected
    assert ("documentation" in addresses) is expected


def test_hostile_texts_stay_on_their_lines() -> None:
    copies = by_label(package_copies(page(title=HOSTILE, pypi_name="x")))
    one_line = {name: text for name, text in copies.items() if name != "facts"}
    assert all(len(text.splitlines()) == 1 for text in one_line.values())


def test_of_a_grid_name_and_page() -> None:
    grid = GridSummary(41, "authentication", "Authentication", "", 3)
    url = "https://djangopackages.org/grids/g/authentication/"
    assert by_label(grid_copies(grid, url)) == {
        "slug": "authentication",
        "web page": url,
        "Markdown": f"[Authentication]({url})",
    }
    assert by_label(grid_addresses(url)) == {"Django Packages": url}
