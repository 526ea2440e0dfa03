"""Queries of what was counted and observed, over any span, in any width.

A span is put together from days, hours, minutes and single checks (backend.domain.tiers). Called
by the archive on the worker's thread.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from peewee import SqliteDatabase

from backend.domain.histogram import Histogram
from backend.domain.rollup import Counted, Rollup, bucket_of, fold, total
from backend.domain.tiers import MINUTE_MS, Grain, Piece, cover
from backend.storage.tiers import all_tiers


class Subject(NamedTuple):
    """Whose history: its key, and how long one of its checks speaks at most, in ms."""

    key: int
    reach: int


ALL: Final = Subject(0, 0)
"""All endpoints together, deleted ones included; how long their checks speak is not known."""

_UNFOLDED_MS: Final = 10 * MINUTE_MS
"""How far back single checks are read for all endpoints together; more is on its way to minutes."""

_ROWS = """
    SELECT at_ms, checks, successes, degraded, latency_us, fastest_us, slowest_us,
           up_ms, slow_ms, down_ms, latencies
    FROM rollups WHERE endpoint = ? AND grain = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms
"""
_PUT = "INSERT INTO rollups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

# From the last check before the span on, because it still speaks within it.
_CHECKS = """
    SELECT at_ms, success, degraded, CAST(latency_ms * 1000 + 0.5 AS INTEGER) FROM checks
    WHERE endpoint = :key AND reason IS NOT 'ours' AND at_ms < :end AND at_ms >= coalesce((
        SELECT max(at_ms) FROM checks
        WHERE endpoint = :key AND reason IS NOT 'ours' AND at_ms < :start AND at_ms > :reached
    ), :start)
    ORDER BY at_ms
"""
_CHECKS_OF_ALL = """
    SELECT c.at_ms, success, degraded, CAST(latency_ms * 1000 + 0.5 AS INTEGER)
    FROM endpoints e CROSS JOIN checks c ON c.endpoint = e.key AND c.at_ms >= ? AND c.at_ms < ?
    WHERE c.reason IS NOT 'ours'
    ORDER BY c.at_ms
"""


def whole(db: SqliteDatabase, subject: Subject, start_ms: int, end_ms: int) -> Rollup:
    """Return what was counted and observed in a span, whatever grain that takes."""
    width_ms = max(1, end_ms - start_ms)
    found = buckets(db, subject, start_ms, end_ms, width_ms, coarsest=Grain.DAY)
    return total(found.values())


def buckets(
    db: SqliteDatabase,
    subject: Subject,
    start_ms: int,
    end_ms: int,
    width_ms: int,
    *,
    coarsest: Grain | None = None,
) -> dict[int, Rollup]:
    """Return what was counted and observed in a span, by the beginning of each bucket.

    Args:
        db: where.
        subject: whose.
        start_ms: where the first bucket begins.
        end_ms: the first millisecond after the span.
        width_ms: of each bucket.
        coarsest: the grain to be used at most; unless given, none that is wider than a bucket.
    """
    if coarsest is None:
        coarsest = max(grain for grain in Grain if grain.width_ms <= width_ms)
    found: dict[int, Rollup] = {}
    for piece in cover(all_tiers(db), start_ms, end_ms, coarsest):
        if piece.grain is not Grain.CHECK:
            parts = rows(db, subject.key, piece.grain, piece.start_ms, piece.end_ms)
        elif subject == ALL:
            parts = _recent_checks(db, piece)
        else:
            parts = _checks(db, subject, piece, start_ms, width_ms)
        for at_ms, rollup in parts:
            # A coarse bucket that the span cuts begins before it.
            begin_ms = bucket_of(max(at_ms, start_ms), width_ms, start_ms)
            if begin_ms in found:
                found[begin_ms].add(rollup)
            else:
                found[begin_ms] = rollup
    return found


def _checks(
    db: SqliteDatabase, subject: Subject, piece: Piece, origin_ms: int, width_ms: int
) -> Iterator[tuple[int, Rollup]]:
    """Yield the single checks of an endpoint, folded into buckets."""
    yield from fold(
        counted(db, subject, piece.start_ms, piece.end_ms),
        start_ms=piece.start_ms,
        end_ms=piece.end_ms,
        width_ms=width_ms,
        reach=subject.reach,
        origin_ms=origin_ms,
    ).items()


def _recent_checks(db: SqliteDatabase, piece: Piece) -> Iterator[tuple[int, Rollup]]:
    """Yield the single checks of all endpoints, as far as they need not be folded first."""
    start_ms = max(piece.start_ms, piece.end_ms - _UNFOLDED_MS)
    for columns in db.execute_sql(_CHECKS_OF_ALL, (start_ms, piece.end_ms)):
        check = Counted(*columns)
        rollup = Rollup()
        rollup.count(check)
        yield check.at_ms, rollup


def counted(db: SqliteDatabase, subject: Subject, start_ms: int, end_ms: int) -> list[Counted]:
    """Return the checks that speak within a span, oldest first, but for those of our own fault."""
    span = {
        "key": subject.key,
        "start": start_ms,
        "end": end_ms,
        "reached": start_ms - subject.reach,
    }
    return [Counted(*columns) for columns in db.execute_sql(_CHECKS, span)]


def rows(
    db: SqliteDatabase, key: int, grain: Grain, start_ms: int, end_ms: int
) -> Iterator[tuple[int, Rollup]]:
    """Yield the rollups of one grain that begin within a span, oldest first."""
    for at_ms, *counts, latencies in db.execute_sql(_ROWS, (key, grain, start_ms, end_ms)):
        yield at_ms, Rollup(*[*counts, Histogram.from_bytes(latencies)])


def put(
    db: SqliteDatabase,
    key: int,
    grain: Grain,
    span: tuple[int, int],
    rollups: Mapping[int, Rollup],
) -> None:
    """Keep the rollups of one grain that begin within a span, instead of what was there."""
    db.execute_sql(
        "DELETE FROM rollups WHERE endpoint = ? AND grain = ? AND at_ms >= ? AND at_ms < ?",
        (key, grain, *span),
    )
    connection: Any = db.connection()
    connection.executemany(_PUT, [_row(key, grain, at_ms, it) for at_ms, it in rollups.items()])


def _row(key: int, grain: Grain, at_ms: int, rollup: Rollup) -> tuple[object, ...]:
    return (
        key,
        grain,
        at_ms,
        rollup.checks,
        rollup.successes,
        rollup.degraded,
        rollup.latency_us,
        rollup.fastest_us,
        rollup.slowest_us,
        rollup.up_ms,
        rollup.slow_ms,
        rollup.down_ms,
        rollup.latencies.to_bytes(),
    )
