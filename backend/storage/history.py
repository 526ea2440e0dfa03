"""Queries of checks. Written in SQL where all endpoints are asked for at once.

Called by the archive on the worker's thread.
"""

from collections import defaultdict
from dataclasses import dataclass

from peewee import SqliteDatabase

from backend.contract.resources import EndpointStatistics, RecentCheck
from backend.domain.check import Check
from backend.domain.uptime import uptime_percent
from backend.domain.views import recent_check
from backend.storage.tables import check_of

DAY_MS = 24 * 3600 * 1000

_APPEND = """
    INSERT OR REPLACE INTO checks
        (endpoint, at_ms, success, degraded, latency_ms, status_code, message, reason)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
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
# Both joins are crossed so that SQLite goes from endpoint to endpoint and reads one range of
# each, instead of all checks ever made.
_TALLIES = """
    SELECT c.endpoint, count(*), sum(c.success), sum(c.latency_ms * c.success)
    FROM endpoints e CROSS JOIN checks c ON c.endpoint = e.key AND c.at_ms >= ?
    WHERE e.deleted_at_ms IS NULL AND (? IS NULL OR e.key = ?) AND c.reason IS NOT 'ours'
    GROUP BY c.endpoint
"""
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


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted over some checks. Those that failed by our own fault are left out.

    ``latency_ms`` is the sum over the successes.
    """

    checks: int = 0
    successes: int = 0
    latency_ms: float = 0.0

    @property
    def uptime(self) -> float | None:
        """Successes over checks in percent."""
        return uptime_percent(self.successes, self.checks)

    @property
    def mean_latency_ms(self) -> float | None:
        """The mean response time of the successes."""
        return self.latency_ms / self.successes if self.successes else None

    def statistics(self) -> EndpointStatistics:
        """Return the tally of 24 hours as the wire shows it."""
        return EndpointStatistics(
            uptime24h=self.uptime,
            total_checks24h=self.checks,
            avg_response_time24h=self.mean_latency_ms,
        )


def append(db: SqliteDatabase, key: int, check: Check) -> None:
    """Keep a check. After the clock was set back, the later of two of one moment stays."""
    db.execute_sql(
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


def between(
    db: SqliteDatabase, endpoint_id: str, start_ms: int, end_ms: int, limit: int, *, newest: bool
) -> tuple[list[Check], int]:
    """Return the newest or the oldest checks of a span, its ends included, and their number."""
    span = (endpoint_id, start_ms, end_ms)
    (total,) = db.execute_sql(_COUNT, span).fetchone()
    rows = db.execute_sql(_NEWEST if newest else _OLDEST, (*span, limit))
    return [check_of(endpoint_id, row) for row in rows], total


def tallies(db: SqliteDatabase, since_ms: int, endpoint_key: int | None = None) -> dict[int, Tally]:
    """Return the tally of every endpoint since a time, by key."""
    rows = db.execute_sql(_TALLIES, (since_ms, endpoint_key, endpoint_key))
    return {key: Tally(count, successes, latency or 0.0) for key, count, successes, latency in rows}


def recent(
    db: SqliteDatabase, per_endpoint: int, endpoint_key: int | None = None
) -> dict[int, list[RecentCheck]]:
    """Return the last checks of every endpoint, oldest first, by key."""
    rows = db.execute_sql(_RECENT, (per_endpoint, endpoint_key, endpoint_key))
    found: dict[int, list[RecentCheck]] = defaultdict(list)
    for key, endpoint_id, *columns in rows:
        found[key].append(recent_check(check_of(endpoint_id, columns)))
    return found
