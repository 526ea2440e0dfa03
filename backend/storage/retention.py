"""The end of old rows, in steps small enough that a check never waits long for one.

Called by the archive.
"""

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from peewee import SqliteDatabase

from backend.domain.tiers import Grain
from backend.storage import event_log, tiers
from backend.storage.rollups import ALL
from backend.storage.worker import Transaction

STEP_ROWS: Final = 5000
"""How many rows are removed at a time; some 20 ms."""

_STEP_S: Final = 0.005
"""When a step that has removed less than that ends."""

_EVER_MS: Final = 2**62

_THIN_CHECKS = """
    DELETE FROM checks WHERE endpoint = ? AND at_ms IN (
        SELECT at_ms FROM checks WHERE endpoint = ? AND at_ms < ? ORDER BY at_ms LIMIT ?
    )
"""
_THIN_ROLLUPS = """
    DELETE FROM rollups WHERE endpoint = ? AND grain = ? AND at_ms IN (
        SELECT at_ms FROM rollups WHERE endpoint = ? AND grain = ? AND at_ms < ?
        ORDER BY at_ms LIMIT ?
    )
"""


@dataclass(frozen=True, slots=True)
class Before:
    """What is too old: all of a kind from before a time, Unix milliseconds.

    ``deleted_ms``: endpoints deleted before it go for good, with their history. Of the events the
    newest ``events_kept`` stay.
    """

    checks_ms: int
    minutes_ms: int
    hours_ms: int
    deleted_ms: int
    events_kept: int


async def thin(write: Transaction, before: Before) -> None:
    """Remove what is too old, one small transaction after the other.

    What is not folded yet stays, whatever its age.

    Args:
        write: runs one step on the worker.
        before: what is too old.
    """
    for grain, wanted_ms in (
        (Grain.CHECK, before.checks_ms),
        (Grain.MINUTE, before.minutes_ms),
        (Grain.HOUR, before.hours_ms),
    ):
        kept_ms = await write(partial(tiers.keep_from, grain=grain, wanted_ms=wanted_ms))
        await _thin_all(write, [ALL.key, *await write(_endpoint_keys)], grain, kept_ms)
    for key in await write(partial(_expired_keys, deleted_before_ms=before.deleted_ms)):
        for grain in Grain:
            await _thin_all(write, [key], grain, _EVER_MS)
        await write(partial(_remove_endpoint, key=key))
    await write(partial(event_log.keep_newest, count=before.events_kept))


async def _thin_all(write: Transaction, keys: Iterable[int], grain: Grain, before_ms: int) -> None:
    todo = deque(keys)
    while await write(partial(_step, todo=todo, grain=grain, before_ms=before_ms)):
        pass


def _step(db: SqliteDatabase, todo: deque[int], grain: Grain, before_ms: int) -> bool:
    """Thin as many endpoints as there is time; say whether some are left."""
    until = time.perf_counter() + _STEP_S
    while todo:
        if not _thin_some(db, todo[0], grain, before_ms):
            todo.popleft()
        if time.perf_counter() >= until:
            return True
    return False


def _thin_some(db: SqliteDatabase, key: int, grain: Grain, before_ms: int) -> bool:
    """Remove the oldest rows of one grain of an endpoint; say whether to go on."""
    if grain is Grain.CHECK:
        cursor = db.execute_sql(_THIN_CHECKS, (key, key, before_ms, STEP_ROWS))
    else:
        cursor = db.execute_sql(_THIN_ROLLUPS, (key, grain, key, grain, before_ms, STEP_ROWS))
    return bool(cursor.rowcount == STEP_ROWS)


def _endpoint_keys(db: SqliteDatabase) -> list[int]:
    """Return the keys of all endpoints, deleted ones included."""
    return [key for (key,) in db.execute_sql("SELECT key FROM endpoints")]


def _expired_keys(db: SqliteDatabase, deleted_before_ms: int) -> list[int]:
    """Return the keys of the endpoints deleted before a time."""
    rows = db.execute_sql("SELECT key FROM endpoints WHERE deleted_at_ms < ?", (deleted_before_ms,))
    return [key for (key,) in rows]


def _remove_endpoint(db: SqliteDatabase, key: int) -> None:
    """Remove a deleted endpoint, whose checks are gone already, with its incidents."""
    db.execute_sql("DELETE FROM incidents WHERE endpoint = ?", (key,))
    db.execute_sql("DELETE FROM health WHERE endpoint = ?", (key,))
    db.execute_sql("DELETE FROM endpoints WHERE key = ?", (key,))
