"""What was counted of every endpoint in the last 24 hours, quickly, since everybody asks for it.

Called by the archive on the worker's thread: for the snapshot, the overview and the comparison.
Almost all of those hours are the same as when somebody last asked, so what is folded of them is
remembered, and moved on by the minutes that came and went. Other spans are counted when asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peewee import SqliteDatabase

from backend.contract.resources import EndpointStatistics
from backend.domain.rollup import share_percent
from backend.domain.tiers import DAY_MS, MINUTE_MS, Grain, Piece, Tier, ceil_to, cover, floor_to
from backend.storage.tiers import all_tiers

_LONGEST_MOVE_MS: Final = 30 * MINUTE_MS
"""What was remembered longer ago is counted anew."""

_LIVE = "SELECT key FROM endpoints WHERE deleted_at_ms IS NULL"

# The joins are crossed so that SQLite goes from endpoint to endpoint and reads one range of each.
_ROLLUPS = """
    SELECT e.key, sum(checks), sum(successes), sum(latency_us)
    FROM endpoints e CROSS JOIN rollups r
        ON r.endpoint = e.key AND r.grain = ? AND r.at_ms >= ? AND r.at_ms < ?
    WHERE ? IS NULL OR e.key = ?
    GROUP BY e.key
"""
_CHECKS = """
    SELECT e.key, count(*), sum(success),
           coalesce(sum(CASE WHEN success THEN CAST(latency_ms * 1000 + 0.5 AS INTEGER) END), 0)
    FROM endpoints e CROSS JOIN checks c ON c.endpoint = e.key AND c.at_ms >= ? AND c.at_ms < ?
    WHERE (? IS NULL OR e.key = ?) AND c.reason IS NOT 'ours'
    GROUP BY e.key
"""


@dataclass(slots=True)
class Tally:
    """What was counted of one endpoint. Response times are of the successes."""

    checks: int = 0
    successes: int = 0
    latency_us: int = 0

    def add(self, other: "Tally", sign: int = 1) -> None:
        """Add what was counted elsewhere; with the sign -1, take it away again."""
        self.checks += sign * other.checks
        self.successes += sign * other.successes
        self.latency_us += sign * other.latency_us

    @property
    def uptime(self) -> float | None:
        """Successes over checks in percent."""
        return share_percent(self.successes, self.checks)

    @property
    def mean_latency_ms(self) -> float | None:
        """The mean response time of the successes."""
        return self.latency_us / self.successes / 1000 if self.successes else None

    def statistics(self) -> EndpointStatistics:
        """Return the tally of 24 hours as the wire shows it."""
        return EndpointStatistics(
            uptime24h=self.uptime,
            total_checks24h=self.checks,
            avg_response_time24h=self.mean_latency_ms,
        )


Tallies = defaultdict[int, Tally]


class LastDay:
    """The tallies of the 24 hours until now. Used on the worker's thread alone."""

    def __init__(self) -> None:
        self._folded: Tallies = defaultdict(Tally)
        self._start_ms = self._end_ms = 0

    def forget(self) -> None:
        """Remember nothing: the past was altered."""
        self._folded.clear()
        self._start_ms = self._end_ms = 0

    def of_all(self, db: SqliteDatabase, now_ms: int) -> dict[int, Tally]:
        """Return the tally of every endpoint that is not deleted, by key."""
        start_ms, end_ms = now_ms - DAY_MS, now_ms + 1
        tiers = all_tiers(db)
        first_ms = ceil_to(start_ms, MINUTE_MS)
        last_ms = min(floor_to(end_ms, MINUTE_MS), tiers[Grain.MINUTE].folded_until_ms)
        if first_ms < last_ms and _kept_from_ms(tiers) <= start_ms:
            self._move(db, tiers, first_ms, last_ms)
            ends = [*cover(tiers, start_ms, first_ms), *cover(tiers, last_ms, end_ms)]
        else:
            self.forget()
            ends = [*cover(tiers, start_ms, end_ms)]
        found: Tallies = defaultdict(Tally, {it: replace(one) for it, one in self._folded.items()})
        _count(db, found, ends)
        return _living(db, found)

    def _move(self, db: SqliteDatabase, tiers: Sequence[Tier], first_ms: int, last_ms: int) -> None:
        """Have the folded minutes of a span counted, given those of the span before."""
        moves_on = (
            self._start_ms <= first_ms < self._end_ms <= last_ms
            and first_ms - self._start_ms <= _LONGEST_MOVE_MS
            and last_ms - self._end_ms <= _LONGEST_MOVE_MS
            and _kept_from_ms(tiers) <= self._start_ms
        )
        if moves_on:
            _count(db, self._folded, cover(tiers, self._end_ms, last_ms))
            _count(db, self._folded, cover(tiers, self._start_ms, first_ms), sign=-1)
        else:
            self.forget()
            _count(db, self._folded, cover(tiers, first_ms, last_ms))
        self._start_ms, self._end_ms = first_ms, last_ms


def of_span(db: SqliteDatabase, start_ms: int, end_ms: int) -> dict[int, Tally]:
    """Return the tally of every endpoint that is not deleted over any span, by key."""
    found: Tallies = defaultdict(Tally)
    _count(db, found, cover(all_tiers(db), start_ms, end_ms))
    return _living(db, found)


def of_one(db: SqliteDatabase, endpoint_key: int, now_ms: int) -> Tally:
    """Return the tally of one endpoint over the 24 hours until now."""
    found: Tallies = defaultdict(Tally)
    _count(db, found, cover(all_tiers(db), now_ms - DAY_MS, now_ms + 1), endpoint_key)
    return found[endpoint_key]


def _living(db: SqliteDatabase, found: Tallies) -> dict[int, Tally]:
    return {key: found[key] for (key,) in db.execute_sql(_LIVE)}


def _kept_from_ms(tiers: Sequence[Tier]) -> int:
    """Return from when on both checks and minutes are kept, so that nothing coarser is needed."""
    return max(tiers[Grain.CHECK].kept_from_ms, tiers[Grain.MINUTE].kept_from_ms)


def _count(
    db: SqliteDatabase,
    into: Tallies,
    pieces: Iterable[Piece],
    endpoint_key: int | None = None,
    sign: int = 1,
) -> None:
    """Add what was counted in some pieces of time, or take it away, of all endpoints or of one."""
    for piece in pieces:
        span = (piece.start_ms, piece.end_ms, endpoint_key, endpoint_key)
        rows = (
            db.execute_sql(_CHECKS, span)
            if piece.grain is Grain.CHECK
            else db.execute_sql(_ROLLUPS, (piece.grain, *span))
        )
        for key, *counted in rows:
            into[key].add(Tally(*counted), sign)
