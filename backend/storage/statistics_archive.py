"""The part of the archive that looks back: statistics, and the folding they are read from.

Called by the API and by retention. Every method raises :class:`ArchiveError` when it cannot be
done; those about one endpoint raise :class:`NoSuchEndpoint` where there is none.
"""

from backend.contract.statistics import (
    Comparison,
    DailyUptime,
    DailyUptimes,
    LatencyView,
    TotalLatencyView,
    UptimeView,
)
from backend.storage import folding, statistics
from backend.storage.statistics import Span
from backend.storage.worker import Transaction

__all__ = ["Span", "StatisticsArchive"]


class StatisticsArchive:
    """Questions about the past, behind the archive's one thread."""

    def __init__(self, read: Transaction, write: Transaction) -> None:
        self._read = read
        self._write = write

    async def uptime(self, endpoint_id: str, span: Span) -> UptimeView:
        """Return how reliable an endpoint was in a span."""
        return await self._read(lambda db: statistics.uptime(db, endpoint_id, span))

    async def response_time(self, endpoint_id: str, span: Span) -> LatencyView:
        """Return how quickly an endpoint answered in a period that ends now."""
        return await self._read(lambda db: statistics.response_time(db, endpoint_id, span))

    async def total_response_time(self, span: Span) -> TotalLatencyView:
        """Return how quickly all endpoints together answered in a period that ends now."""
        return await self._read(lambda db: statistics.total_response_time(db, span))

    async def comparison(self, now_ms: int) -> Comparison:
        """Return how the endpoints did in the last 24 hours, best first."""
        return await self._read(lambda db: statistics.comparison(db, now_ms))

    async def daily(self, endpoint_id: str, days: int, now_ms: int) -> DailyUptime:
        """Return the last days of an endpoint, in UTC, today included."""
        return await self._read(lambda db: statistics.daily(db, endpoint_id, days, now_ms))

    async def daily_of_all(self, days: int, now_ms: int) -> DailyUptimes:
        """Return the last days of all endpoints, in UTC, today included."""
        return await self._read(lambda db: statistics.daily_of_all(db, days, now_ms))

    async def fold(self, now_ms: int) -> None:
        """Fold checks into minutes, hours and days as far as those are over, in small steps."""
        await folding.fold_all(self._write, now_ms)
