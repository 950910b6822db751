"""How many packages a category or grid holds: kept by triggers, always true."""

import random
from functools import partial

import pytest

from pkgtui.store import queries, write
from pkgtui.store.database import Database
from pkgtui.store.write import Writer
from tests.support.store import category, grid, package, put


def pluralize(database: Database) -> dict[tuple[str, int], int]:
    """The same, counted."""
    rows = database.rows(
        "SELECT 'category', category_id, count(*) FROM package"
        " WHERE category_id IS NOT NULL GROUP BY category_id"
        " UNION ALL SELECT 'grid', grid_id, count(*)"
        " FROM grid_package JOIN package ON package.id = package_id GROUP BY grid_id"
    )
    return {(kind, id_): count for kind, id_, count in rows}


def kept(database: Database) -> dict[tuple[str, int], int]:
    rows = database.rows("SELECT kind, id, held FROM package_count WHERE held <> 0")
    return {(kind, id_): count for kind, id_, count in rows}


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_true_after_any_changes(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    for run_id in range(1, 30):
        records = [
            package(
                id_,
                *chance.sample(range(1, 6), chance.randrange(4)),
                category_id=chance.choice([None, 1, 2, 3]),
            )
            for id_ in chance.sample(range(1, 20), chance.randrange(6))
        ]
        members = chance.sample(range(1, 25), chance.randrange(8))
        put(
            database,
            *records,
            grid(chance.randrange(1, 6), *members),
            run_id=run_id,
        )
        if chance.random() < 0.2:
            table = chance.choice(["package", "grid"])
            oldest = run_id - chance.randrange(3)
            remove = partial(write.remove_unseen, table=table, run_id=oldest)
            Writer(database).write(remove)
        assert kept(database) == pluralize(database)
    assert pluralize(database)


def test_lists_tell_what_is_held_and_not_what_is_named(database: Database) -> None:
    put(
        database,
        category(1),
        category(2, "frameworks"),
        grid(1, 1, 2, 99),
        grid(2),
        package(1, 1),
        package(2, 1),
    )
    assert [one.package_count for one in queries.grids(database)] == [2, 0]
    assert [one.package_count for one in queries.categories(database)] == [2, 0]
