"""Queries of the days of many endpoints at once: counts and times, without distributions.

Called on the worker's thread, for some endpoints at a time, because a year of a thousand is long.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from peewee import SqliteDatabase

from backend.domain.tiers import DAY_MS, Grain, cover
from backend.storage.tiers import all_tiers

_FOLDED = """
    SELECT endpoint, at_ms, checks, successes, up_ms + slow_ms, down_ms
    FROM endpoints CROSS JOIN rollups ON endpoint = key AND grain = ? AND at_ms >= ? AND at_ms < ?
    WHERE key BETWEEN ? AND ?
"""
_ROLLUPS = """
    SELECT endpoint, sum(checks), sum(successes), sum(up_ms + slow_ms), sum(down_ms)
    FROM endpoints CROSS JOIN rollups ON endpoint = key AND grain = ? AND at_ms >= ? AND at_ms < ?
    WHERE key BETWEEN ? AND ? GROUP BY endpoint
"""
_CHECKS = """
    SELECT endpoint, count(*), sum(success), 0, 0
    FROM endpoints CROSS JOIN checks ON endpoint = key AND at_ms >= ? AND at_ms < ?
    WHERE key BETWEEN ? AND ? AND reason IS NOT 'ours' GROUP BY endpoint
"""


class Day(NamedTuple):
    """What was counted and observed of one endpoint on one day; answering slowly is up."""

    checks: int
    successes: int
    up_ms: int
    down_ms: int


NOTHING: Final = Day(0, 0, 0, 0)


def between(
    db: SqliteDatabase, keys: tuple[int, int], starts: Sequence[int], end_ms: int
) -> dict[tuple[int, int], Day]:
    """Return the days of some endpoints, by key and by when the day begins.

    The time of the last day leaves out what is not folded yet: a minute or two.

    Args:
        db: where.
        keys: the first and the last endpoint.
        starts: when each day begins, oldest first.
        end_ms: the first millisecond after the last of them.
    """
    folded_ms = all_tiers(db)[Grain.DAY].folded_until_ms
    rows = db.execute_sql(_FOLDED, (Grain.DAY, starts[0], min(folded_ms, end_ms), *keys))
    found = {(key, at_ms): Day(*counts) for key, at_ms, *counts in rows}
    for at_ms in starts:
        if at_ms >= folded_ms:
            found |= _unfolded(db, keys, at_ms, min(at_ms + DAY_MS, end_ms))
    return found


def _unfolded(
    db: SqliteDatabase, keys: tuple[int, int], at_ms: int, end_ms: int
) -> dict[tuple[int, int], Day]:
    found: dict[tuple[int, int], Day] = {}
    for piece in cover(all_tiers(db), at_ms, end_ms):
        span = (piece.start_ms, piece.end_ms, *keys)
        rows = (
            db.execute_sql(_CHECKS, span)
            if piece.grain is Grain.CHECK
            else db.execute_sql(_ROLLUPS, (piece.grain, *span))
        )
        for key, *counts in rows:
            before = found.get((key, at_ms), NOTHING)
            found[key, at_ms] = Day(*(a + b for a, b in zip(before, counts, strict=True)))
    return found
