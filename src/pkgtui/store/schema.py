"""The tables of the cache, as numbered steps that are never edited once released.

`PRAGMA user_version` is the number of steps that a file has been through. Times are
whole microseconds since 1970 (UTC). What lists and sorts is a column of `package`; the
rest of a record is one JSON text in `package_document`, a table of its own, so that no
list has to read past it.
"""

VERSION_WITH_SEARCH = 2
"""A file that comes from before it has its search index still to be filled."""

APPLICATION_ID = 0x706B6774
"""``pkgt``: marks our files in the SQLite header."""

# Every sort ends with the title and the id, and a category is the commonest condition:
# with these in the index a list of ids is read from the index alone.
_SORT_INDEX = (
    "CREATE INDEX package_by_{0} ON package ({0} DESC, sort_title, id, category_id)"
)

_FIRST = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    """
    CREATE TABLE category (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL,
        title TEXT NOT NULL,
        title_plural TEXT NOT NULL,
        description TEXT NOT NULL,
        run_id INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE grid (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL,
        slug_key TEXT NOT NULL,
        title TEXT NOT NULL,
        sort_title TEXT NOT NULL,
        description TEXT NOT NULL,
        package_ids TEXT NOT NULL,
        run_id INTEGER NOT NULL
    )
    """,
    "CREATE INDEX grid_by_slug ON grid (slug_key)",
    """
    CREATE TABLE package (
        id INTEGER PRIMARY KEY,
        slug TEXT NOT NULL,
        slug_key TEXT NOT NULL,
        title TEXT NOT NULL,
        sort_title TEXT NOT NULL,
        search_text TEXT NOT NULL,
        category_id INTEGER,
        stars INTEGER,
        forks INTEGER,
        commits_total INTEGER,
        contributor_count INTEGER,
        last_commit_at INTEGER,
        fetched_at INTEGER,
        added_at INTEGER,
        commits_52w TEXT,
        pypi_name TEXT,
        pypi_key TEXT,
        pypi_version TEXT,
        repo_key TEXT,
        cached_at INTEGER NOT NULL,
        run_id INTEGER NOT NULL
    )
    """,
    "CREATE INDEX package_by_slug ON package (slug_key)",
    "CREATE INDEX package_by_pypi ON package (pypi_key)",
    "CREATE INDEX package_by_repository ON package (repo_key)",
    "CREATE INDEX package_by_category ON package (category_id)",
    "CREATE INDEX package_by_fetched_at ON package (fetched_at)",
    "CREATE INDEX package_by_title ON package (sort_title, id, category_id)",
    # Written out: a released step stays as it is, whatever facts come later.
    _SORT_INDEX.format("stars"),
    _SORT_INDEX.format("forks"),
    _SORT_INDEX.format("commits_total"),
    _SORT_INDEX.format("contributor_count"),
    _SORT_INDEX.format("last_commit_at"),
    _SORT_INDEX.format("added_at"),
    """
    CREATE TABLE package_document (
        package_id INTEGER PRIMARY KEY,
        document TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE grid_package (
        grid_id INTEGER NOT NULL,
        package_id INTEGER NOT NULL,
        PRIMARY KEY (grid_id, package_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX grid_package_by_package ON grid_package (package_id)",
    """
    CREATE TABLE contributor (
        login_key TEXT NOT NULL,
        package_id INTEGER NOT NULL,
        PRIMARY KEY (login_key, package_id)
    ) WITHOUT ROWID
    """,
)

# Of packages and grids alike; `pkgtui.store.search_index` tells what `document` is.
_SEARCH = (
    "ALTER TABLE package ADD COLUMN documentation_key TEXT",
    "CREATE INDEX package_by_documentation ON package (documentation_key)",
    """
    CREATE TABLE search_key (
        name TEXT NOT NULL,
        rank INTEGER NOT NULL,
        document INTEGER NOT NULL,
        PRIMARY KEY (name, rank, document)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE search_ending (
        ending TEXT NOT NULL,
        document INTEGER NOT NULL,
        PRIMARY KEY (ending, document)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE search_word (
        id INTEGER PRIMARY KEY,
        word TEXT NOT NULL UNIQUE,
        name_count INTEGER NOT NULL,
        text_count INTEGER NOT NULL
    )
    """,
    # Near misses are sought among words of about the same length.
    "CREATE INDEX search_word_of_names ON search_word (length(word), word)"
    " WHERE name_count > 0",
    # What is written together is a segment, and stays one: the documents of a page
    # that hold a word are one row.
    """
    CREATE TABLE search_posting (
        word_id INTEGER NOT NULL,
        field INTEGER NOT NULL,
        segment INTEGER NOT NULL,
        documents NOT NULL,
        PRIMARY KEY (word_id, field, segment)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE search_document (
        document INTEGER PRIMARY KEY,
        segment INTEGER NOT NULL
    )
    """,
    "CREATE INDEX search_document_by_segment ON search_document (segment)",
)

# How many held packages a category or a grid has. Triggers keep it: whatever writes,
# the first screen has its counts without counting.
_COUNTS = (
    "DROP INDEX package_by_fetched_at",
    # Whether a package is active is told by this index alone.
    "CREATE INDEX package_by_look ON package (fetched_at, last_commit_at)",
    """
    CREATE TABLE package_count (
        kind TEXT NOT NULL,
        id INTEGER NOT NULL,
        held INTEGER NOT NULL,
        PRIMARY KEY (kind, id)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO package_count SELECT 'category', category_id, count(*)
    FROM package WHERE category_id IS NOT NULL GROUP BY category_id
    """,
    """
    INSERT INTO package_count SELECT 'grid', grid_id, count(*)
    FROM grid_package JOIN package ON package.id = package_id GROUP BY grid_id
    """,
    """
    CREATE TRIGGER package_comes AFTER INSERT ON package BEGIN
        INSERT INTO package_count SELECT 'category', new.category_id, 1
        WHERE new.category_id IS NOT NULL
        ON CONFLICT (kind, id) DO UPDATE SET held = held + 1;
        INSERT INTO package_count SELECT 'grid', grid_id, 1
        FROM grid_package WHERE package_id = new.id
        ON CONFLICT (kind, id) DO UPDATE SET held = held + 1;
    END
    """,
    """
    CREATE TRIGGER package_goes AFTER DELETE ON package BEGIN
        UPDATE package_count SET held = held - 1
        WHERE kind = 'category' AND id = old.category_id;
        UPDATE package_count SET held = held - 1
        WHERE kind = 'grid'
        AND id IN (SELECT grid_id FROM grid_package WHERE package_id = old.id);
    END
    """,
    """
    CREATE TRIGGER package_moves AFTER UPDATE OF category_id ON package
    WHEN old.category_id IS NOT new.category_id BEGIN
        UPDATE package_count SET held = held - 1
        WHERE kind = 'category' AND id = old.category_id;
        INSERT INTO package_count SELECT 'category', new.category_id, 1
        WHERE new.category_id IS NOT NULL
        ON CONFLICT (kind, id) DO UPDATE SET held = held + 1;
    END
    """,
    """
    CREATE TRIGGER member_comes AFTER INSERT ON grid_package
    WHEN EXISTS (SELECT 1 FROM package WHERE id = new.package_id) BEGIN
        INSERT INTO package_count VALUES ('grid', new.grid_id, 1)
        ON CONFLICT (kind, id) DO UPDATE SET held = held + 1;
    END
    """,
    """
    CREATE TRIGGER member_goes AFTER DELETE ON grid_package
    WHEN EXISTS (SELECT 1 FROM package WHERE id = old.package_id) BEGIN
        UPDATE package_count SET held = held - 1
        WHERE kind = 'grid' AND id = old.grid_id;
    END
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _SEARCH, _COUNTS)
"""Step n brings a file from version n to n + 1, in one transaction."""
