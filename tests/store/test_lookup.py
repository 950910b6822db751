"""From what a person types to the record that is meant."""

import pytest

from pkgtui.domain.identifiers import RecordKind
from pkgtui.store import lookup
from pkgtui.store.database import Database
from tests.support.store import NOW, grid, package, put


@pytest.fixture
def catalog(database: Database) -> Database:
    """Packages and grids whose names get in each other's way."""
    put(
        database,
        package(40, slug="mongodb-engine", pypi_name="django-mongodb-engine"),
        package(41, slug="Forms", title="Forms upper"),
        package(42, slug="forms", title="Forms lower"),
        package(
            43, slug="django-shop", repo_url="https://github.com/Awesto/django-shop"
        ),
        package(44, slug="50", title="A slug of digits"),
        package(45, slug="workflows", title="A package"),
        package(46, slug="zope_like", pypi_name="Zope.Like"),
        package(50, slug="fifty", pypi_name="41"),
        grid(7, slug="workflows", title="Workflows"),
        grid(45, slug="cms", title="Content"),
        grid(9, slug="45", title="Digits"),
    )
    return database


@pytest.mark.parametrize(
    ("text", "package_id"),
    [
        ("mongodb-engine", 40),
        ("  mongodb-engine\n", 40),
        ("MongoDB-Engine", 40),
        ("Forms", 41),
        ("forms", 42),
        ("django-mongodb-engine", 40),
        ("Django.MongoDB__engine", 40),
        ("zope-like", 46),
        ("40", 40),
        ("50", 44),  # an exact slug before an id
        ("41", 50),  # a PyPI name before an id
        ("package:50", 50),
        ("package:41", 41),
        ("https://djangopackages.org/packages/p/django-shop/", 43),
        ("https://djangopackages.org/packages/p/50/?a=b#c", 44),
        ("https://djangopackages.org/api/v4/packages/50/", 50),
        ("https://djangopackages.org/api/v4/packages/fifty/?format=json", 50),
        ("https://github.com/awesto/django-shop", 43),
        ("http://www.github.com/awesto/django-shop.git", 43),
        ("github.com/awesto/django-shop/issues/12", 43),
        ("https://pypi.org/project/Zope.Like/", 46),
        ("https://pypi.org/project/zope-like/1.0/#files", 46),
        ("pypi.org/project/zope-like", 46),
        ("", None),
        ("nothing-of-the-kind", None),
        ("grid:45", None),
        ("https://djangopackages.org/grids/g/workflows/", None),
        ("https://github.com/awesto", None),
        ("https://[broken", None),
        ("999999999999999999999999", None),
        ("package:999", None),
        ("\udcff", None),
        ("%", None),
    ],
)
def test_find_package(catalog: Database, text: str, package_id: int | None) -> None:
    assert lookup.find_package(catalog, text) == package_id


@pytest.mark.parametrize(
    ("text", "grid_id"),
    [
        ("workflows", 7),
        ("WORKFLOWS", 7),
        ("7", 7),
        ("45", 9),
        ("grid:45", 45),
        ("https://djangopackages.org/grids/g/cms/", 45),
        ("https://djangopackages.org/api/v4/grids/45/", 45),
        ("package:45", None),
        ("https://djangopackages.org/packages/p/workflows/", None),
        ("nothing", None),
    ],
)
def test_find_grid(catalog: Database, text: str, grid_id: int | None) -> None:
    assert lookup.find_grid(catalog, text) == grid_id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("workflows", (RecordKind.PACKAGE, 45)),
        ("cms", (RecordKind.GRID, 45)),
        ("grid:7", (RecordKind.GRID, 7)),
        ("45", (RecordKind.PACKAGE, 45)),
        ("https://djangopackages.org/grids/g/workflows/", (RecordKind.GRID, 7)),
        ("nothing", None),
    ],
)
def test_find_prefers_packages(
    catalog: Database, text: str, found: tuple[RecordKind, int] | None
) -> None:
    assert lookup.find(catalog, text) == found


def test_a_slug_that_moved_to_another_id_is_the_newer_record(
    database: Database,
) -> None:
    put(database, package(9, slug="moved"), grid(9, slug="moved"), run_id=1)
    later = NOW.replace(year=NOW.year + 1)
    put(database, package(3, slug="moved"), cached_at=later, run_id=2)
    put(database, grid(3, slug="moved"), run_id=2)
    assert lookup.find_package(database, "moved") == 3
    assert lookup.find_grid(database, "moved") == 3


def test_a_forked_repository_is_the_one_with_most_stars(database: Database) -> None:
    url = "https://github.com/a/b"
    put(database, package(1, repo_url=url, stars=None))
    put(database, package(2, repo_url=url, stars=5), package(3, repo_url=url, stars=2))
    assert lookup.find_package(database, url) == 2


@pytest.fixture
def names(database: Database) -> Database:
    """Packages with the slugs and titles of the site's own kind."""
    slugs = "django-shop django-shopify django-oscar wagtail django-rest-framework"
    put(database, *(package(n, slug=slug) for n, slug in enumerate(slugs.split(), 1)))
    put(database, package(90, slug="dj-x", title="Crispy Forms"))
    put(database, package(91, slug="django-a-shop-of-shops-for-everything"))
    put(database, grid(1, slug="ecommerce", title="E-Commerce"))
    return database


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("django-shpo", "django-shop"),
        ("shpo", "django-shop"),
        ("shop", "django-shop"),
        ("djangoshop", "django-shop"),
        ("wagtial", "wagtail"),
        ("DJANGO_OSKAR", "django-oscar"),
        ("crispyforms", "dj-x"),
        ("django-restframwork", "django-rest-framework"),
        ("https://djangopackages.org/packages/p/wagtal/", "wagtail"),
    ],
)
def test_the_nearest_name_comes_first(names: Database, text: str, first: str) -> None:
    assert lookup.nearest(names, RecordKind.PACKAGE, text, 3)[0] == first


def test_names_that_begin_alike_come_before_those_spelled_alike(
    names: Database,
) -> None:
    assert lookup.nearest(names, RecordKind.PACKAGE, "shop", 4) == [
        "django-shop",
        "django-shopify",
        "django-a-shop-of-shops-for-everything",
    ]
    assert lookup.nearest(names, RecordKind.PACKAGE, "shop", 1) == ["django-shop"]


def test_a_long_name_that_begins_alike_comes_before_a_short_one_that_holds_it(
    database: Database,
) -> None:
    put(database, package(1, slug="my-forms"))
    put(database, package(2, slug="django-forms-of-every-kind-and-size"))
    assert lookup.nearest(database, RecordKind.PACKAGE, "forms", 3) == [
        "django-forms-of-every-kind-and-size",
        "my-forms",
    ]


def test_nothing_is_near(names: Database) -> None:
    for text in ("", "django-", "qqqqqqqq", "\udcff", "django-qqqqqqqqq"):
        assert lookup.nearest(names, RecordKind.PACKAGE, text, 3) == []
    assert lookup.nearest(names, RecordKind.PACKAGE, "shop", 0) == []


def test_grids_have_names_of_their_own(names: Database) -> None:
    assert lookup.nearest(names, RecordKind.GRID, "ecomerce", 3) == ["ecommerce"]
    assert lookup.nearest(names, RecordKind.GRID, "shop", 3) == []
