"""The end of old rows, in steps small enough that a check never waits long for one.

Called by the archive.
"""

from functools import partial

from peewee import SqliteDatabase

from backend.storage import event_log, rollups
from backend.storage.worker import Transaction

STEP_ROWS = 5000
"""How many rows one step removes at most; some 20 ms."""


async def thin(
    write: Transaction, *, checks_before_ms: int, events_kept: int, deleted_before_ms: int
) -> None:
    """Remove what is too old, one small transaction after the other.

    Args:
        write: runs one step on the worker.
        checks_before_ms: checks before this time go.
        events_kept: how many of the newest events stay.
        deleted_before_ms: endpoints deleted before this time go for good, with their history.
    """
    for key in await write(_endpoint_keys):
        await _thin_all(write, key, checks_before_ms)
    for key in await write(lambda db: _expired_keys(db, deleted_before_ms)):
        await _thin_all(write, key, None)
        await write(partial(_remove_endpoint, key=key))
    await write(lambda db: event_log.keep_newest(db, events_kept))


async def _thin_all(write: Transaction, key: int, before_ms: int | None) -> None:
    while await write(lambda db: _thin_checks(db, key, before_ms)):
        pass


def _endpoint_keys(db: SqliteDatabase) -> list[int]:
    """Return the keys of all endpoints, deleted ones included."""
    return [key for (key,) in db.execute_sql("SELECT key FROM endpoints")]


def _expired_keys(db: SqliteDatabase, deleted_before_ms: int) -> list[int]:
    """Return the keys of the endpoints deleted before a time."""
    rows = db.execute_sql("SELECT key FROM endpoints WHERE deleted_at_ms < ?", (deleted_before_ms,))
    return [key for (key,) in rows]


def _thin_checks(db: SqliteDatabase, key: int, before_ms: int | None) -> bool:
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


def _remove_endpoint(db: SqliteDatabase, key: int) -> None:
    """Remove a deleted endpoint, whose checks are gone already, with its incidents."""
    db.execute_sql("DELETE FROM incidents WHERE endpoint = ?", (key,))
    db.execute_sql("DELETE FROM health WHERE endpoint = ?", (key,))
    db.execute_sql("DELETE FROM endpoints WHERE key = ?", (key,))
