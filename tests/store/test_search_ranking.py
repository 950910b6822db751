"""What a query finds, in which order, and what it says of why."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from pkgtui.catalog import Catalog
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.models import Grid, Package
from pkgtui.domain.search import Hit, MatchKind
from pkgtui.domain.sorting import Sort
from tests.support.search import catalog_of, found, slugs
from tests.support.store import NOW, grid, package

LONG_AGO = datetime(2011, 5, 1, tzinfo=NOW.tzinfo)


def named(id_: int, slug: str, stars: int | None, **fields: object) -> Package:
    plain: dict[str, object] = {
        "title": slug,
        "description": "",
        "contributors": (),
        "stars": stars,
    }
    return package(id_, slug=slug, **(plain | fields))


PACKAGES = [
    named(1, "django-two-factor-auth", 1853, contributors=("Bouke", "claudep")),
    named(2, "django-twofactor", 1, last_commit_at=LONG_AGO),
    named(3, "django-otp", 621, description="Two-factor login by one-time passwords"),
    named(4, "dj-stripe", 1778, title="dj-stripe", description="Stripe made easy"),
    named(5, "django-shop-stripe", 16),
    named(6, "pinax-stripe", 900, title="Pinax Stripe"),
    named(7, "stripe", 2, title="Payments"),
    named(8, "django-stripe", 3),
    named(9, "djangorestframework", 28_000, title="Django REST framework"),
    named(10, "rest-tools", 40),
    named(11, "pyrestler", 50_000),
    named(12, "django-cafe", 7, title="Café ☕", pypi_name="django.cafe_"),
    named(13, "search-cn", 5, title="全文检索", description="中文分词和搜索"),
    named(14, "Django_Loud", 9, title="LOUD"),
    named(15, "quiet", None, description="Sends email and texts to many people"),
    named(16, "django-mailer", 60, description="Emails later", contributors=("email",)),
    named(17, "mono-a", 30, repo_url="https://github.com/acme-labs/mono"),
    named(18, "mono-b", 31, repo_url="https://github.com/acme-labs/mono"),
    named(19, "with-people", 8, contributors=("José García", "acme", "jazz-band")),
    named(20, "with-docs", 4, documentation_url="https://wd.readthedocs.io/en/latest/"),
    named(21, "renamed", 6, pypi_name="django-other-name"),
    named(22, "abc-abd", 11),
    named(23, "django-organizations", 1352),
    *(
        named(30 + n, f"part-{n}", n, documentation_url=f"https://docs.acme.org/{n}/")
        for n in range(1, 5)
    ),
    named(24, "rtl", 3, title="עברית", description="حزمة عربية"),
    named(25, "emoji", 3, title="👫 together"),
]
GRIDS = [
    grid(1, 1, 3, slug="two-factor", title="Two-factor Authentication"),
    grid(2, 4, 6, slug="payments", title="Payments"),
    grid(3, slug="rest", title="REST", description="Interfaces for machines"),
]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    with closing(catalog_of(tmp_path_factory.mktemp("c"), PACKAGES, GRIDS)) as catalog:
        yield catalog


ORDERS: dict[str, list[str]] = {
    # names, exact to the letter, then but for case and marks, then without django
    "stripe": [
        "stripe name",
        "django-stripe name",
        "dj-stripe word",
        "pinax-stripe word",
        "django-shop-stripe word",
    ],
    "dj stripe": ["dj-stripe name", "django-shop-stripe word", "django-stripe word"],
    "DJ_Stripe": ["dj-stripe name", "django-shop-stripe word", "django-stripe word"],
    "djstripe": ["dj-stripe name"],
    "payments": ["payments name", "stripe name"],
    "two factor": [
        "two-factor name",
        "django-twofactor name",
        "django-two-factor-auth prefix",
        "django-otp description",
    ],
    "twofactor": [
        "two-factor name",
        "django-twofactor name",
        "django-two-factor-auth prefix",
    ],
    "django loud": ["Django_Loud name"],
    "loud": ["Django_Loud name"],
    "cafe": ["django-cafe name"],
    "CAFÉ": ["django-cafe name"],
    "django-cafe": ["django-cafe name"],
    "django-other-name": ["renamed name"],
    "Django.Other_Name": ["renamed name"],
    # beginnings
    "rest": [
        "rest name",
        "djangorestframework prefix",
        "rest-tools prefix",
        "pyrestler word",
    ],
    "rest fra": ["djangorestframework prefix"],
    "o": ["django-organizations prefix", "django-otp prefix", "renamed prefix"],
    # words, in any order, half of them, from the middle of a name
    "auth two": ["django-two-factor-auth word", "two-factor word"],
    "factorauth": ["django-two-factor-auth word", "two-factor word"],
    "fact au": ["django-two-factor-auth word", "two-factor word"],
    "framework": ["djangorestframework word"],
    "shop": ["django-shop-stripe prefix"],
    "stripe shop": ["django-shop-stripe word"],
    # slips
    "organizatoins": ["django-organizations near"],
    "ogranizations": ["django-organizations near"],
    "django-orgnizations": ["django-organizations near"],
    "djnago organizations": ["django-organizations near"],
    "djangoorganisations": ["django-organizations near"],
    "twqfactorauth": ["django-two-factor-auth near"],
    "djangxtwofactorauth": ["django-two-factor-auth near"],
    "twofactoraith": ["django-two-factor-auth near"],
    "orgnizatio": ["django-organizations near"],
    "two-facter": [
        "two-factor near",
        "django-twofactor near",
        "django-two-factor-auth near",
    ],
    "facter auht": ["django-two-factor-auth near"],
    "strippe": [
        "django-stripe near",
        "stripe near",
        "dj-stripe near",
        "pinax-stripe near",
        "django-shop-stripe near",
    ],
    # what it does, who works on it, where it is
    "one time passwords": ["django-otp description"],
    "passwords otp": ["django-otp description"],
    "email": ["django-mailer description", "quiet description"],
    "machines": ["rest description"],
    "bouke": ["django-two-factor-auth contributor"],
    "BOU": ["django-two-factor-auth contributor"],
    "garcia": ["with-people contributor"],
    "jose garcía": ["with-people contributor"],
    "jazz-band": ["with-people contributor"],
    "acme": ["with-people contributor", "mono-b url", "mono-a url"],
    "acme-labs/mono": ["mono-b url", "mono-a url"],
    # scripts without spaces, from right to left, pictures
    "检索": ["search-cn word"],
    "全文": ["search-cn prefix"],
    "分词": ["search-cn description"],
    "搜": ["search-cn description"],
    "分索": [],
    "עברית": ["rtl name"],
    "עברי": ["rtl prefix"],
    "عربية": ["rtl description"],
    "👫": ["emoji prefix"],
    "together 👫": ["emoji word"],
    # phrases and what is left out
    '"two factor"': [
        "two-factor name",
        "django-two-factor-auth prefix",
        "django-otp description",
    ],
    '"factor two"': [],
    '"two fact': [
        "django-two-factor-auth prefix",
        "two-factor prefix",
        "django-otp description",
    ],
    '"two fact"': [],
    "stripe -pinax -shop": ["stripe name", "django-stripe name", "dj-stripe word"],
    "stripe -easy": [
        "stripe name",
        "django-stripe name",
        "pinax-stripe word",
        "django-shop-stripe word",
    ],
    'stripe -"made easy" -pin': [
        "stripe name",
        "django-stripe name",
        "pinax-stripe word",
        "django-shop-stripe word",
    ],
    "-stripe": [],
    # nothing
    "": [],
    "   ": [],
    "%": [],
    '"': [],
    "*": [],
    "\0": [],
    "stripe zzzz": [],
    "zzzz": [],
}


@pytest.mark.parametrize("query", ORDERS)
def test_order(catalog: Catalog, query: str) -> None:
    assert found(catalog, query) == ORDERS[query]
    assert catalog.search(query).total == len(ORDERS[query])


ADDRESSES: dict[str, list[str]] = {
    "https://github.com/acme-labs/mono": ["mono-b url", "mono-a url"],
    "http://www.GitHub.com/acme-labs/mono.git": ["mono-b url", "mono-a url"],
    "https://github.com/acme-labs/mono/issues/7?q=1#x": ["mono-b url", "mono-a url"],
    "git@github.com:acme-labs/mono.git": ["mono-b url", "mono-a url"],
    "github.com/acme-labs/mono": ["mono-b url", "mono-a url"],
    "https://github.com/acme-la": ["mono-b url", "mono-a url"],
    "github.com": ["mono-b url", "mono-a url"],
    "https://github.com/moved/django-otp": ["django-otp name"],
    "https://pypi.org/project/Django_Other.Name/2.0/": ["renamed url"],
    "pypi.org/project/django-other-name": ["renamed url"],
    "https://djangopackages.org/packages/p/django-otp/": ["django-otp url"],
    "djangopackages.org/grids/g/rest/": ["rest url"],
    "https://djangopackages.org/api/v4/packages/21/": ["renamed url"],
    "package:21": ["renamed url"],
    "grid:3": ["rest url"],
    "https://wd.readthedocs.io/en/latest/": ["with-docs url"],
    "https://wd.readthedocs.io/en/stable/install.html": ["with-docs url"],
    "https://wd.readthedocs.io": ["with-docs url"],
    "https://docs.acme.org/2/": ["part-2 url"],
    "https://docs.acme.org/2/start.html#top": ["part-2 url"],
    "https://docs.acme.org/2": ["part-2 url"],
    "https://docs.acme.org/": [f"part-{n} url" for n in (4, 3, 2, 1)],
    "https://docs.acme.org/zzzz": [],
    "https://github.com/nobody/nothing-zz": [],
    "https://github.com/": ["mono-b url", "mono-a url"],
    "https://": [],
    "package:999": [],
}


@pytest.mark.parametrize("query", ADDRESSES)
def test_addresses(catalog: Catalog, query: str) -> None:
    assert found(catalog, query) == ADDRESSES[query]


def hit(catalog: Catalog, query: str, slug: str) -> Hit:
    return next(hit for hit in catalog.search(query).hits if hit.slug == slug)


@pytest.mark.parametrize(
    ("query", "slug", "shown"),
    [
        ("two fac", "django-two-factor-auth", "django-[two]-[fac]tor-auth"),
        ("twofac", "django-two-factor-auth", "django-[two]-[fac]tor-auth"),
        ("rest", "djangorestframework", "Django [REST] framework"),
        ("rest", "pyrestler", "py[rest]ler"),
        ("CAFE", "django-cafe", "[Café] ☕"),
        ("organizatoins", "django-organizations", "django-[organizations]"),
        ("django-other-name", "renamed", "[django]-[other]-[name]"),
        ("passwords", "django-otp", "Two-factor login by one-time [passwords]"),
        ('"one time"', "django-otp", "Two-factor login by [one-time] passwords"),
        ("分词", "search-cn", "中文[分词]和搜索"),
        ("claude", "django-two-factor-auth", "[claude]p"),
        ("garcia", "with-people", "José [García]"),
        ("acme-labs/mono", "mono-a", "https://github.com/[acme]-[labs]/[mono]"),
        (
            "https://github.com/acme-labs/mono/issues",
            "mono-a",
            "https://[github.com/acme-labs/mono]",
        ),
        (
            "https://github.com/acme",
            "mono-a",
            "https://[github.com/acme]-labs/mono",
        ),
        (
            "https://pypi.org/project/django-other-name/",
            "renamed",
            "https://[pypi.org/project/django-other-name]/",
        ),
        ("package:21", "renamed", "renamed"),
    ],
)
def test_what_matched_is_shown(
    catalog: Catalog, query: str, slug: str, shown: str
) -> None:
    found = hit(catalog, query, slug)
    text = found.matched
    for start, end in reversed(found.spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    assert text == shown


def test_a_hit_tells_what_lists_show(catalog: Catalog) -> None:
    assert hit(catalog, "otp", "django-otp") == Hit(
        kind=RecordKind.PACKAGE,
        id=3,
        slug="django-otp",
        title="django-otp",
        match=MatchKind.NAME,
        matched="django-otp",
        spans=((7, 10),),
        stars=621,
        package_count=None,
        description="Two-factor login by one-time passwords",
        last_commit_at=PACKAGES[2].last_commit_at,
        fetched_at=PACKAGES[2].fetched_at,
    )
    found = hit(catalog, "two-factor", "two-factor")
    assert (found.kind, found.id, found.stars, found.package_count) == (
        RecordKind.GRID,
        1,
        None,
        2,
    )
    assert found.title == "Two-factor Authentication"


def test_a_long_description_is_shown_around_what_matched(tmp_path: Path) -> None:
    description = f"{'Word ' * 60}needle {'and more ' * 80}"
    with closing(
        catalog_of(tmp_path, [named(1, "hay", 1, description=description)])
    ) as catalog:
        found = hit(catalog, "needle", "hay")
    ((start, end),) = found.spans
    assert found.matched[start:end] == "needle"
    assert found.matched.startswith("…Word ")
    assert start < 60
    assert len(found.matched) < 500
    assert found.description == description


def test_popularity_decides_between_equals_only(tmp_path: Path) -> None:
    packages = [
        named(1, "pay-z", None),
        named(2, "pay-b", 5),
        named(3, "pay-a", 5),
        named(4, "pay-c", 9),
        named(5, "pay", 0),
        named(6, "django-pay", 1),
        named(7, "to-pay", 10_000),
    ]
    grids = [grid(1, 2, 4, slug="paying"), grid(2, 99, slug="payment")]
    with closing(catalog_of(tmp_path, packages, grids)) as catalog:
        assert slugs(catalog, "pay") == [
            *("pay", "django-pay", "pay-c", "paying", "pay-a", "pay-b"),
            *("pay-z", "payment", "to-pay"),
        ]


def test_somebody_of_that_very_name_comes_before_longer_names(tmp_path: Path) -> None:
    packages = [
        named(1, "x", 5, contributors=("ann",)),
        named(2, "y", 9, contributors=("annette",)),
        named(3, "z", 1, contributors=("Ann",)),
        named(4, "v", 99, contributors=("ann-lee",)),
    ]
    with closing(catalog_of(tmp_path, packages)) as catalog:
        assert slugs(catalog, "ann") == ["x", "z", "v", "y"]
        assert slugs(catalog, '"ann"') == ["v", "x", "z"]


def test_some_words_in_the_name_are_better_than_none(tmp_path: Path) -> None:
    packages = [
        named(1, "x", 99, description="Pays by card"),
        named(2, "pays", 1, description="By card or so"),
        named(3, "card", 2, description="Somebody pays"),
    ]
    with closing(catalog_of(tmp_path, packages)) as catalog:
        assert found(catalog, "card pays") == [
            *("card description", "pays description", "x description"),
        ]


def test_very_many_equals_are_in_order_too(tmp_path: Path) -> None:
    packages = [named(n, f"same-{n:04}", (n * 37) % 700 or None) for n in range(1, 700)]
    grids = [grid(1, *range(1, 4), slug="same", title="same grid")]
    with closing(catalog_of(tmp_path, packages, grids)) as catalog:
        by_stars = sorted(packages, key=lambda one: (-(one.stars or -1), one.slug))
        result = catalog.search("same-", limit=900)
        assert result.total == 700
        of_packages = [
            hit.slug for hit in result.hits if hit.kind is RecordKind.PACKAGE
        ]
        assert of_packages == [one.slug for one in by_stars]
        assert slugs(catalog, "same-", limit=5) == [hit.slug for hit in result.hits[:5]]


def test_dormant_packages_are_not_hidden(catalog: Catalog) -> None:
    assert "django-twofactor" in slugs(catalog, "twofactor")


def test_a_limit_cuts_the_list_and_not_the_total(catalog: Catalog) -> None:
    result = catalog.search("stripe", limit=2)
    assert [hit.slug for hit in result.hits] == ["stripe", "django-stripe"]
    assert result.total == 5


@pytest.mark.parametrize("kind", RecordKind)
def test_one_kind_alone(catalog: Catalog, kind: RecordKind) -> None:
    everything = catalog.search("two factor").hits
    of_kind = catalog.search("two factor", kind=kind)
    assert of_kind.hits == [hit for hit in everything if hit.kind is kind]
    assert of_kind.total == len(of_kind.hits) > 0
    assert of_kind.hidden_count == 0


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-stars", ["stripe", "django-stripe", "django-shop-stripe", "pinax-stripe"]),
        ("stars", ["dj-stripe", "pinax-stripe", "django-shop-stripe", "django-stripe"]),
        ("title", ["dj-stripe", "django-shop-stripe", "django-stripe", "stripe"]),
        ("-title", ["pinax-stripe", "stripe", "django-stripe", "django-shop-stripe"]),
    ],
)
def test_sorted_otherwise(catalog: Catalog, sort: str, order: list[str]) -> None:
    assert slugs(catalog, "stripe", sort=Sort.parse(sort), limit=4) == order


def test_grids_are_sorted_by_title_and_else_last(catalog: Catalog) -> None:
    query, grids = "two factor", ["two-factor"]
    assert slugs(catalog, query, sort=Sort("stars"))[-1:] == grids
    assert slugs(catalog, query, sort=Sort("title"))[-1:] == grids
    assert slugs(catalog, query, sort=Sort.parse("-title"))[:1] == grids


def test_a_slug_as_typed_is_first_among_its_spellings(tmp_path: Path) -> None:
    spellings = ["a-b", "A-B", "a_b", "ab", "A.b"]
    packages = [
        named(n, slug, 10 - n, title="A B") for n, slug in enumerate(spellings, 1)
    ]
    odd = [named(20, "-x", 1), named(21, "_", 2), named(22, "123", 3)]
    grids: list[Grid] = [grid(1, slug="a-b", title="Other")]
    with closing(catalog_of(tmp_path, packages + odd, grids)) as catalog:
        for slug in [*spellings, "-x", "_", "123"]:
            assert slugs(catalog, slug)[0] == slug
        assert found(catalog, "a-b")[:2] == ["a-b name", "a-b name"]
        assert (
            catalog.search("a-b", kind=RecordKind.GRID).hits[0].kind is RecordKind.GRID
        )
