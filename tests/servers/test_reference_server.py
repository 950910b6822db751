"""The reference server answers as the site was seen to answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.reference_server import ReferenceServer
from tests.reference_server.loading import DATA_DIR, SAMPLE_DIR, load_sample, load_seeds
from tests.reference_server.shapes import BASE_URL, id_of
from tests.support.server_fixtures import Serve

RECORDED = DATA_DIR / "recorded"
OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?-0[45]:00")


def recorded(name: str) -> Any:
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def kinds(record: dict[str, Any]) -> dict[str, str]:
    """Return a record's fields in order, with the kind of each value."""
    return {
        key: "text or null" if value is None else type(value).__name__
        for key, value in record.items()
    }


@pytest.fixture(scope="module")
def client(reference_server: ReferenceServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=reference_server.api_url, trust_env=False) as client:
        yield client


def results(client: httpx.Client, resource: str, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(resource, params={"limit": 100_000} | query)
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


# As recorded.


def test_root_lists_the_resources_in_order(
    client: httpx.Client, reference_server: ReferenceServer
) -> None:
    links = {
        name: url.replace(BASE_URL, reference_server.api_url)
        for name, url in recorded("root").items()
    }
    assert list(client.get("").json().items()) == list(links.items())


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        ("packages/", "packages_page1_default"),
        ("grids/", "grids_page1"),
        ("categories/", "categories"),
    ],
)
def test_lists_have_the_recorded_shape(
    client: httpx.Client, resource: str, name: str
) -> None:
    want, answer = recorded(name), client.get(resource)
    got = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert list(got) == list(want)
    assert len(got["results"]) == min(20, got["count"])
    assert list(got["results"][0]) == list(want["results"][0])
    seen = {field: set[str]() for field in got["results"][0]}
    for record in results(client, resource):
        for field, kind in kinds(record).items():
            seen[field].add(kind)
    for record in want["results"]:
        for field, kind in kinds(record).items():
            assert kind in seen[field], field


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "name"),
    [
        ("GET", "packages/no-such-thing/", {}, 404, "404_package"),
        ("GET", "packages/99999999/", {}, 404, "404_package"),
        ("GET", "categories/apps/", {}, 404, "404_category_slug"),
        ("POST", "packages/", {}, 405, "405_post_packages"),
        ("GET", "packages/", {"Accept": "application/xml"}, 406, "406_accept_xml"),
    ],
)
def test_errors_are_the_recorded_json(
    client: httpx.Client,
    method: str,
    path: str,
    headers: dict[str, str],
    status: int,
    name: str,
) -> None:
    answer = client.request(method, path, headers=headers)
    assert answer.status_code == status
    assert answer.json() == recorded(name)


def test_past_the_end_is_an_empty_page(
    client: httpx.Client, reference_server: ReferenceServer
) -> None:
    got = client.get("packages/", params={"limit": 100, "offset": 99_999}).json()
    want = recorded("packages_offset_past_end")
    want["previous"] = want["previous"].replace(BASE_URL, reference_server.api_url)
    assert got == want | {"count": 300}


@pytest.mark.parametrize("name", ["search_rest", "search_organizatoins_typo"])
def test_search_hits_have_the_recorded_shape(client: httpx.Client, name: str) -> None:
    want, many = recorded(name), client.get("search/", params={"q": "a"}).json()
    assert len(many) == len(want) == 20
    grid = results(client, "grids/", limit=1)[0]["title"]
    few = client.get("search/", params={"q": grid}).json()
    for kind in ("package", "grid"):
        first = next(hit for hit in [*many, *few] if hit["item_type"] == kind)
        model = next(hit for hit in want if hit["item_type"] == kind)
        assert list(first) == list(model)
        assert type(first["participants"]) is type(model["participants"])
        assert first["absolute_url"].startswith(model["absolute_url"][:9])


def test_seeds_are_served_as_they_were_recorded(serve: Serve) -> None:
    server = serve(catalog=load_seeds())
    for path in (DATA_DIR / "seeds").glob("*.json"):
        text = path.read_text(encoding="utf-8").replace("?format=api", "")
        want = json.loads(text.replace(BASE_URL, server.api_url))
        got = httpx.get(f"{server.api_url}packages/{want['slug']}/").json()
        assert list(got.items()) == list(want.items())


@pytest.mark.skipif(not SAMPLE_DIR.is_dir(), reason="no bundled sample")
def test_the_sample_is_served_as_it_is_bundled(serve: Serve) -> None:
    server = serve(catalog=load_sample())
    check_served(server)


# Lists and links.


def check_served(server: ReferenceServer) -> None:
    """Whatever a catalog holds is what the server prints, in the same order."""
    want = server.catalog.rebased(server.api_url)
    with httpx.Client(base_url=server.api_url, timeout=30) as client:
        for resource in ("packages", "grids", "categories"):
            got = results(client, f"{resource}/")
            assert got == getattr(want, resource)
            assert [record["id"] for record in got] == sorted(
                (record["id"] for record in got), reverse=True
            )


def test_a_generated_catalog_is_served_as_generated(
    reference_server: ReferenceServer,
) -> None:
    check_served(reference_server)


@pytest.mark.parametrize("limit", ["0", "-1", "junk", ""])
def test_a_limit_of_nonsense_means_twenty(client: httpx.Client, limit: str) -> None:
    answer = client.get("packages/", params={"limit": limit})
    assert len(answer.json()["results"]) == 20


def test_following_next_reads_the_whole_list(client: httpx.Client) -> None:
    url: str | None = "packages/?limit=70"
    seen = []
    for _ in range(5):
        assert url is not None
        page = client.get(url).json()
        seen += [record["id"] for record in page["results"]]
        url = page["next"]
    assert url is None
    assert seen == [record["id"] for record in results(client, "packages/")]


def test_links_carry_the_host_and_the_format_of_the_request(
    reference_server: ReferenceServer,
) -> None:
    answer = httpx.get(
        f"{reference_server.api_url}packages/?limit=1&format=json",
        headers={"Host": "mirror.example:81"},
    ).json()
    base = "http://mirror.example:81/api/v4/"
    assert answer["next"] == f"{base}packages/?format=json&limit=1&offset=1"
    category = answer["results"][0]["category"]
    assert category.startswith(f"{base}categories/")
    assert category.endswith("/?format=json")


def test_times_are_those_of_new_york(client: httpx.Client) -> None:
    for record in results(client, "packages/"):
        for field in ("last_updated", "last_fetched", "created", "modified"):
            assert record[field] is None or OFFSET.fullmatch(record[field])


def test_a_path_of_digits_is_an_id_and_other_paths_are_slugs(
    client: httpx.Client,
) -> None:
    packages = results(client, "packages/")
    digits = next(one for one in packages if one["slug"] == "1")
    assert digits["id"] != 1
    assert client.get("packages/1/").json()["id"] == 1
    cased = next(one for one in packages if one["slug"] != one["slug"].lower())
    assert client.get(f"packages/{cased['slug']}/").json() == cased
    assert client.get(f"packages/{cased['slug'].lower()}/").status_code == 404
    grid = results(client, "grids/")[3]
    assert client.get(f"grids/{grid['slug']}/").json() == grid
    assert client.get(f"grids/{grid['id']}/").json() == grid


def test_grids_that_are_not_held_cannot_be_looked_up(client: httpx.Client) -> None:
    held = {grid["id"] for grid in results(client, "grids/")}
    named = {
        id_of(link) for one in results(client, "packages/") for link in one["grids"]
    }
    missing = named - held
    assert missing
    for number in missing:
        answer = client.get(f"grids/{number}/")
        assert answer.status_code == 404
        assert answer.json() == {"detail": "No Grid matches the given query."}


# What is not JSON.


@pytest.mark.parametrize("path", ["", "packages/", "packages/1/", "search/?q=blog"])
def test_browsers_get_the_browsable_page(client: httpx.Client, path: str) -> None:
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "Django REST framework" in answer.text
    as_json = client.get(path, params={"format": "json"}, headers={"Accept": accept})
    assert as_json.headers["content-type"] == "application/json"


def test_format_api_is_the_browsable_page_and_links_to_itself(
    client: httpx.Client,
) -> None:
    answer = client.get("packages/?format=api&limit=1")
    assert answer.headers["content-type"].startswith("text/html")
    assert "/api/v4/categories/" in answer.text
    assert "/?format=api" in answer.text


def test_unknown_paths_and_failures_are_long_html(client: httpx.Client) -> None:
    paths = {
        "nothing/": 404,
        "../v3/": 404,
        "packages/a/b/": 404,
        "search/?q=a%00b": 500,
        "packages/a%00b/": 500,
        f"packages/?limit={2**64}": 500,
    }
    for path, status in paths.items():
        answer = client.get(path)
        assert answer.status_code == status, path
        assert answer.headers["content-type"].startswith("text/html")
        assert len(answer.content) >= 19_000


def test_a_missing_slash_is_a_relative_redirect(client: httpx.Client) -> None:
    answer = client.get("packages/1?format=json")
    assert answer.status_code == 301
    assert answer.headers["location"] == "/api/v4/packages/1/?format=json"


def test_answers_can_neither_be_revalidated_nor_are_compressed(
    client: httpx.Client,
) -> None:
    headers = client.get("packages/", headers={"Accept-Encoding": "gzip"}).headers
    for name in ("etag", "last-modified", "cache-control", "content-encoding"):
        assert name not in headers


# Search.


def test_search_forgives_what_trigrams_forgive(serve: Serve) -> None:
    server = serve(catalog=load_seeds())
    with httpx.Client(base_url=server.api_url) as client:

        def slugs(text: str) -> list[str]:
            hits = client.get("search/", params={"q": text}).json()
            return [hit["slug"] for hit in hits]

        assert slugs("shop") == ["django-shop"]
        assert slugs("organizatoins") == ["django-organizations"]
        assert slugs("shpo") == []
        assert len(slugs("")) == 13
