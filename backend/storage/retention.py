"""The end of old rows, in steps small enough that a check never waits long for one.

Called by the archive on the worker's thread, once per step.
"""

from peewee import SqliteDatabase

from backend.storage import rollups

STEP_ROWS = 5000
"""How many rows one step removes at most; some 20 ms."""


def endpoint_keys(db: SqliteDatabase) -> list[int]:
    """Return the keys of all endpoints, deleted ones included."""
    return [key for (key,) in db.execute_sql("SELECT key FROM endpoints")]


def expired_keys(db: SqliteDatabase, deleted_before_ms: int) -> list[int]:
    """Return the keys of the endpoints deleted before a time."""
    rows = db.execute_sql("SELECT key FROM endpoints WHERE deleted_at_ms < ?", (deleted_before_ms,))
    return [key for (key,) in rows]


def thin_checks(db: SqliteDatabase, key: int, before_ms: int | None) -> bool:
    """Remove the oldest checks of an endpoint, at last their hours; say whether to go on.

    Args:
        before_ms: only those before this time; ``None`` for all.
    """
    cursor = db.execute_sql(
        """
        DELETE FROM checks WHERE endpoint = ? AND at_ms IN (
            SELECT at_ms FROM checks WHERE endpoint = ? AND (? IS NULL OR at_ms < ?)
            ORDER BY at_ms LIMIT ?
        )
        """,
        (key, key, before_ms, before_ms, STEP_ROWS),
    )
    if cursor.rowcount == STEP_ROWS:
        return True
    rollups.forget(db, key, before_ms)
    return False


def remove_endpoint(db: SqliteDatabase, key: int) -> None:
    """Remove a deleted endpoint, whose checks are gone already, with its incidents."""
    db.execute_sql("DELETE FROM incidents WHERE endpoint = ?", (key,))
    db.execute_sql("DELETE FROM health WHERE endpoint = ?", (key,))
    db.execute_sql("DELETE FROM endpoints WHERE key = ?", (key,))
