"""What was counted of every endpoint in the time until now, quickly, since everybody asks for it.

Called by the archive on the worker's thread: for the snapshot, the overview and the comparison.
Almost all of the last 24 hours, 7 or 30 days is the same as when somebody last asked, so what is
folded of them is remembered, and moved on by what came and went. Other spans are counted when
asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peewee import SqliteDatabase

from backend.contract.resources import EndpointStatistics
from backend.contract.vocabulary import Period
from backend.domain.rollup import share_percent
from backend.domain.tiers import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    PERIOD_MS,
    Grain,
    Piece,
    Tier,
    ceil_to,
    cover,
    floor_to,
)
from backend.storage.tiers import all_tiers

_LONGEST_MOVE_MS: Final = HOUR_MS
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


class Recent:
    """The tallies of the periods that end now. Used on the worker's thread alone."""

    def __init__(self) -> None:
        self._windows = {period: _Window(width_ms) for period, width_ms in PERIOD_MS.items()}

    def forget(self) -> None:
        """Remember nothing: the past was altered."""
        for window in self._windows.values():
            window.forget()

    def of_all(
        self, db: SqliteDatabase, now_ms: int, period: Period = Period.DAY
    ) -> dict[int, Tally]:
        """Return the tally of every endpoint that is not deleted, by key.

        Args:
            db: where.
            now_ms: the last millisecond of the period.
            period: any but ``CUSTOM``.
        """
        return _living(db, self._windows[period].tallies(db, now_ms + 1))


class _Window:
    """The tallies of a period that moves with the time."""

    def __init__(self, width_ms: int) -> None:
        self._width_ms = width_ms
        self.forget()

    def forget(self) -> None:
        self._folded: Tallies = defaultdict(Tally)
        self._start_ms = self._end_ms = 0

    def tallies(self, db: SqliteDatabase, end_ms: int) -> Tallies:
        """Return the tallies of the period before a time."""
        start_ms, tiers = end_ms - self._width_ms, all_tiers(db)
        border = _border(tiers, start_ms)
        first_ms = last_ms = start_ms
        if border is not None:
            first_ms = ceil_to(start_ms, border.width_ms)
            last_ms = min(floor_to(end_ms, MINUTE_MS), tiers[Grain.MINUTE].folded_until_ms)
        if first_ms < last_ms:
            self._move(db, tiers, first_ms, last_ms)
        else:
            self.forget()
            first_ms = last_ms = start_ms
        found: Tallies = defaultdict(Tally, {it: replace(one) for it, one in self._folded.items()})
        _count(db, found, cover(tiers, start_ms, first_ms))
        _count(db, found, cover(tiers, last_ms, end_ms))
        return found

    def _move(self, db: SqliteDatabase, tiers: Sequence[Tier], first_ms: int, last_ms: int) -> None:
        """Have what is folded of a span counted, given what was of the one before."""
        border = _border(tiers, self._start_ms)
        moves_on = (
            self._start_ms <= first_ms < self._end_ms <= last_ms
            and first_ms - self._start_ms <= _LONGEST_MOVE_MS
            and last_ms - self._end_ms <= _LONGEST_MOVE_MS
            and border is _border(tiers, first_ms)
            and border is not None
            and self._start_ms % border.width_ms == 0
        )
        if moves_on:
            _count(db, self._folded, cover(tiers, self._end_ms, last_ms))
            _count(db, self._folded, cover(tiers, self._start_ms, first_ms), sign=-1)
        else:
            self.forget()
            _count(db, self._folded, cover(tiers, first_ms, last_ms))
        self._start_ms, self._end_ms = first_ms, last_ms


def _border(tiers: Sequence[Tier], at_ms: int) -> Grain | None:
    """Return the grain at whose borders the past can be cut exactly at a time, if at any."""
    if tiers[Grain.CHECK].kept_from_ms <= at_ms:
        return Grain.MINUTE
    if tiers[Grain.MINUTE].kept_from_ms <= at_ms:
        return None
    return Grain.HOUR if tiers[Grain.HOUR].kept_from_ms <= floor_to(at_ms, HOUR_MS) else None


def of_span(db: SqliteDatabase, start_ms: int, end_ms: int) -> dict[int, Tally]:
    """Return the tally of every endpoint that is not deleted over any span, by key."""
    found: Tallies = defaultdict(Tally)
    _count(db, found, cover(all_tiers(db), start_ms, end_ms))
    return _living(db, found)


def of_one(db: SqliteDatabase, endpoint_key: int, now_ms: int) -> Tally:
    """Return the tally of one endpoint over the 24 hours until now."""
    found: Tallies = defaultdict(Tally)
    _count(db, found, cover(all_tiers(db), now_ms + 1 - DAY_MS, now_ms + 1), endpoint_key)
    return found[endpoint_key]


def _living(db: SqliteDatabase, found: Tallies) -> dict[int, Tally]:
    return {key: found[key] for (key,) in db.execute_sql(_LIVE)}


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
