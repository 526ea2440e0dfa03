"""The part of the archive that looks back: statistics, and the folding they are read from.

Called by the API and by retention. Every method raises :class:`ArchiveError` when it cannot be
done; those about one endpoint raise :class:`NoSuchEndpoint` where there is none.
"""

from functools import partial
from typing import Final

from backend.contract.statistics import (
    Comparison,
    DailyUptime,
    DailyUptimes,
    LatencyView,
    TotalLatencyView,
    UptimeRow,
    UptimeView,
)
from backend.contract.wire import instant
from backend.domain.tiers import DAY_MS, floor_to
from backend.storage import endpoints, folding, statistics
from backend.storage.recent import Recent
from backend.storage.spans import Span
from backend.storage.worker import Transaction

_ENDPOINTS_AT_ONCE: Final = 50


class StatisticsArchive:
    """Questions about the past, behind the archive's one thread."""

    def __init__(self, read: Transaction, write: Transaction, recent: Recent) -> None:
        self._read = read
        self._write = write
        self._recent = recent

    async def uptime(self, endpoint_id: str, span: Span) -> UptimeView:
        """Return how reliable an endpoint was in a span."""
        return await self._read(lambda db: statistics.uptime(db, endpoint_id, span))

    async def response_time(self, endpoint_id: str, span: Span) -> LatencyView:
        """Return how quickly an endpoint answered in a span."""
        return await self._read(lambda db: statistics.response_time(db, endpoint_id, span))

    async def total_response_time(self, span: Span) -> TotalLatencyView:
        """Return how quickly all endpoints together answered in a span."""
        return await self._read(lambda db: statistics.total_response_time(db, span))

    async def comparison(self, span: Span) -> Comparison:
        """Return how the endpoints did in a span, best first."""
        return await self._read(lambda db: statistics.comparison(db, self._recent, span))

    async def daily(self, endpoint_id: str, days: int, now_ms: int) -> DailyUptime:
        """Return the last days of an endpoint, in UTC, today included."""
        return await self._read(lambda db: statistics.daily(db, endpoint_id, days, now_ms))

    async def daily_of_all(self, days: int, now_ms: int, *, packed: bool = False) -> DailyUptimes:
        """Return the last days of all endpoints, in UTC, today included; packed as asked for.

        Read some endpoints at a time, so that checks are stored in between.
        """
        today_ms, end_ms = floor_to(now_ms, DAY_MS), now_ms + 1
        starts = [today_ms - number * DAY_MS for number in range(days - 1, -1, -1)]
        named = await self._read(endpoints.names)
        rows: list[UptimeRow] = []
        for first in range(0, len(named), _ENDPOINTS_AT_ONCE):
            some = named[first : first + _ENDPOINTS_AT_ONCE]
            found = await self._read(
                partial(statistics.days_of, named=some, starts=starts, end_ms=end_ms)
            )
            rows += [row.as_text() for row in found] if packed else found
        dates = tuple(statistics.date_of(at_ms) for at_ms in starts)
        return DailyUptimes(dates=dates, data=tuple(rows), until=instant(now_ms))

    async def fold(self, now_ms: int) -> None:
        """Fold checks into minutes, hours and days as far as those are over, in small steps."""
        await folding.fold_all(self._write, now_ms)
