"""Queries of checks. Written in SQL where all endpoints are asked for at once.

Called by the archive on the worker's thread.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from peewee import SqliteDatabase

from backend.domain.assertions import Check
from backend.storage import tiers
from backend.storage.tables import check_of

Shown = TypeVar("Shown")

_APPEND = """
    INSERT INTO checks
        (endpoint, at_ms, success, degraded, latency_ms, status_code, message, reason)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""
_COUNT = """
    SELECT count(*) FROM checks
    WHERE endpoint = (SELECT key FROM endpoints WHERE id = ?) AND at_ms BETWEEN ? AND ?
"""
_OLDEST = """
    SELECT at_ms, success, degraded, latency_ms, status_code, message, reason FROM checks
    WHERE endpoint = (SELECT key FROM endpoints WHERE id = ?) AND at_ms BETWEEN ? AND ?
    ORDER BY at_ms LIMIT ?
"""
_NEWEST = """
    SELECT at_ms, success, degraded, latency_ms, status_code, message, reason FROM checks
    WHERE endpoint = (SELECT key FROM endpoints WHERE id = ?) AND at_ms BETWEEN ? AND ?
    ORDER BY at_ms DESC LIMIT ?
"""
# The join is crossed so that SQLite goes from endpoint to endpoint and reads one range of each,
# instead of all checks ever made.
_RECENT = """
    SELECT e.key, e.id,
           at_ms, success, degraded, latency_ms, status_code, message, reason
    FROM endpoints e CROSS JOIN checks c ON c.endpoint = e.key AND c.at_ms >= (
        SELECT min(at_ms) FROM (
            SELECT at_ms FROM checks WHERE endpoint = e.key ORDER BY at_ms DESC LIMIT ?
        )
    )
    WHERE e.deleted_at_ms IS NULL AND (? IS NULL OR e.key = ?)
    ORDER BY e.key, at_ms
"""


def append(db: SqliteDatabase, key: int, check: Check) -> bool:
    """Keep a check, to be counted; say whether its time was counted already, and will be anew.

    Of two in one millisecond (a clock set back) the first stays.
    """
    cursor = db.execute_sql(
        _APPEND,
        (
            key,
            check.at_ms,
            check.success,
            check.degraded,
            check.latency_ms,
            check.status_code,
            check.message,
            check.reason,
        ),
    )
    return bool(cursor.rowcount) and tiers.reopen(db, check.at_ms)


def between(
    db: SqliteDatabase, endpoint_id: str, start_ms: int, end_ms: int, limit: int, *, newest: bool
) -> tuple[list[Check], int]:
    """Return the newest or the oldest checks of a span, its ends included, and their number."""
    span = (endpoint_id, start_ms, end_ms)
    (total,) = db.execute_sql(_COUNT, span).fetchone()
    rows = db.execute_sql(_NEWEST if newest else _OLDEST, (*span, limit))
    return [check_of(endpoint_id, row) for row in rows], total


def recent(
    db: SqliteDatabase,
    per_endpoint: int,
    endpoint_key: int | None,
    shown: Callable[[Check], Shown],
) -> dict[int, list[Shown]]:
    """Return the last checks of every endpoint as they are shown, oldest first, by key."""
    rows = db.execute_sql(_RECENT, (per_endpoint, endpoint_key, endpoint_key))
    found: dict[int, list[Shown]] = defaultdict(list)
    for key, endpoint_id, *columns in rows:
        found[key].append(shown(check_of(endpoint_id, columns)))
    return found
