"""``/api/statistics``, and the uptime and response times of one endpoint: all about the past.

Questions go to the archive. Knows which spans may be asked for, not how they are answered.
"""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from backend.api.requests import Days, Moment, PathId
from backend.contract.resources import Overview
from backend.contract.statistics import (
    Comparison,
    DailyUptime,
    DailyUptimes,
    LatencyView,
    TotalLatencyView,
    UptimeView,
)
from backend.contract.vocabulary import Period
from backend.contract.wire import unix_ms
from backend.engine.clock import Clock
from backend.storage.archive import Archive
from backend.storage.spans import Span

Start = Annotated[Moment | None, Query(alias="startDate")]
End = Annotated[Moment | None, Query(alias="endDate")]


def statistics_routes(*, archive: Archive, clock: Clock) -> APIRouter:
    """Return the routes about the past."""
    router = APIRouter(tags=["statistics"])
    _add_of_one(router, archive, clock)
    _add_of_all(router, archive, clock)
    return router


def _add_of_one(router: APIRouter, archive: Archive, clock: Clock) -> None:
    statistics = archive.statistics

    @router.get("/endpoints/{id}/uptime")
    async def uptime(
        endpoint_id: PathId,
        period: Period = Period.DAY,
        start: Start = None,
        end: End = None,
    ) -> UptimeView:
        """Say how reliable an endpoint was. The dates are for the period ``custom`` alone."""
        span = _span(period, start, end, clock)
        return await statistics.uptime(str(endpoint_id), span)

    @router.get("/endpoints/{id}/uptime/daily")
    async def daily(endpoint_id: PathId, days: Days = 90) -> DailyUptime:
        """Say how reliable an endpoint was on each of the last days, in UTC."""
        return await statistics.daily(str(endpoint_id), days, clock.wall_ms())

    @router.get("/endpoints/{id}/response-time")
    async def response_time(
        endpoint_id: PathId, period: Period = Period.DAY, start: Start = None, end: End = None
    ) -> LatencyView:
        """Say how quickly an endpoint answered. The dates are for the period ``custom`` alone."""
        span = _span(period, start, end, clock)
        return await statistics.response_time(str(endpoint_id), span)


def _add_of_all(router: APIRouter, archive: Archive, clock: Clock) -> None:
    statistics = archive.statistics

    @router.get("/statistics/overview")
    async def overview() -> Overview:
        """Say how all endpoints stand together, and how their last 24 hours were."""
        return await archive.overview(clock.wall_ms())

    @router.get("/statistics/comparison")
    async def comparison(
        period: Period = Period.DAY, start: Start = None, end: End = None
    ) -> Comparison:
        """Say how the endpoints did, best first. The dates are for the period ``custom`` alone."""
        return await statistics.comparison(_span(period, start, end, clock))

    @router.get("/statistics/response-time")
    async def total_response_time(
        period: Period = Period.DAY, start: Start = None, end: End = None
    ) -> TotalLatencyView:
        """Say how quickly all endpoints together answered, deleted ones included.

        The dates are for the period ``custom`` alone.
        """
        return await statistics.total_response_time(_span(period, start, end, clock))

    @router.get("/statistics/uptime/daily")
    async def daily_of_all(days: Days = 90, *, packed: bool = False) -> DailyUptimes:
        """Say how reliable every endpoint was on each of the last days, in UTC.

        With ``packed`` the values of an endpoint are one text.
        """
        return await statistics.daily_of_all(days, clock.wall_ms(), packed=packed)


def _span(period: Period, start: datetime | None, end: datetime | None, clock: Clock) -> Span:
    """Return the span that is asked for; a custom one names its ends."""
    if period is not Period.CUSTOM:
        return Span.until(period, clock.wall_ms())
    if start is None or end is None:
        raise HTTPException(400, "startDate and endDate are required with period=custom")
    if start >= end:
        raise HTTPException(400, "endDate must be after startDate")
    return Span(period, unix_ms(start), unix_ms(end))
