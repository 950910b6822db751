"""The statement that inserts a record or replaces the one of its id."""

from collections.abc import Sequence


def upsert(table: str, columns: Sequence[str]) -> str:
    """Insert or update by id; `run_id`, which is last, never goes back."""
    updates = [f"{name} = excluded.{name}" for name in columns[1:-1]]
    return (
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (id) DO UPDATE SET"
        f" {', '.join(updates)}, run_id = max(run_id, excluded.run_id)"
    )
