"""Checks counted by the hour, and what they say of the last day.

Counted with every check, in its transaction; called by the archive on the worker's thread.
"""

from dataclasses import dataclass
from typing import Final

from peewee import SqliteDatabase

from backend.contract.resources import EndpointStatistics
from backend.contract.vocabulary import Reason
from backend.domain.check import Check
from backend.domain.uptime import uptime_percent

HOUR_MS: Final = 3600 * 1000
DAY_MS: Final = 24 * HOUR_MS

_COUNT = """
    INSERT INTO hours (endpoint, hour_ms, checks, successes, latency_ms) VALUES (?, ?, 1, ?, ?)
    ON CONFLICT DO UPDATE SET
        checks = checks + 1,
        successes = successes + excluded.successes,
        latency_ms = latency_ms + excluded.latency_ms
"""
# The hours that lie wholly within the time, and the single checks of the one it begins in. The
# joins are crossed so that SQLite goes from endpoint to endpoint and reads one range of each.
_TALLIES = """
    SELECT endpoint, sum(checks), sum(successes), sum(latency_ms) FROM (
        SELECT h.endpoint, h.checks, h.successes, h.latency_ms
        FROM endpoints e CROSS JOIN hours h ON h.endpoint = e.key AND h.hour_ms >= :whole_hours
        WHERE e.deleted_at_ms IS NULL AND (:key IS NULL OR e.key = :key)
        UNION ALL
        SELECT c.endpoint, 1, c.success, CASE WHEN c.success THEN c.latency_ms ELSE 0 END
        FROM endpoints e CROSS JOIN checks c
            ON c.endpoint = e.key AND c.at_ms >= :since AND c.at_ms < :whole_hours
        WHERE e.deleted_at_ms IS NULL AND (:key IS NULL OR e.key = :key)
            AND c.reason IS NOT 'ours'
    )
    GROUP BY endpoint
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


def count(db: SqliteDatabase, key: int, check: Check) -> None:
    """Count a check that was just kept into its hour."""
    if check.reason is Reason.OURS:
        return
    latency_ms = (check.latency_ms or 0.0) if check.success else 0.0
    hour_ms = check.at_ms // HOUR_MS * HOUR_MS
    db.execute_sql(_COUNT, (key, hour_ms, check.success, latency_ms))


def tallies(db: SqliteDatabase, since_ms: int, endpoint_key: int | None = None) -> dict[int, Tally]:
    """Return the tally of every endpoint since a time, by key; of one alone where given."""
    whole_hours_ms = -(-since_ms // HOUR_MS) * HOUR_MS
    rows = db.execute_sql(
        _TALLIES, {"since": since_ms, "whole_hours": whole_hours_ms, "key": endpoint_key}
    )
    return {key: Tally(*counted) for key, *counted in rows}


def forget(db: SqliteDatabase, key: int, before_ms: int | None) -> None:
    """Remove the hours of an endpoint that ended before a time; ``None`` for all."""
    db.execute_sql(
        "DELETE FROM hours WHERE endpoint = ? AND (? IS NULL OR hour_ms + ? <= ?)",
        (key, before_ms, HOUR_MS, before_ms),
    )
