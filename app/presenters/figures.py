"""The backend's statistics and the store's checks -> what charts, tiles and bars show.

Pure functions for the presenters of statistics.
"""

import logging
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.state.rings import Check
from backend.contract.resources import IncidentView
from backend.contract.statistics import (
    DailyUptime,
    LatencyStatistics,
    LatencyView,
    NamedOutage,
    TotalLatencyView,
    UptimeRow,
)
from backend.contract.vocabulary import CheckStatus, Period
from widgets.series import Outage, Point, Series, UptimeDay
from widgets.statistics_page import LatencyFigures

log = logging.getLogger(__name__)

_LEAST_STEPS = 15
_YOUNG_POINTS = 6
_FINE_STEPS_S = (5, 10, 20, 30, 60)
_FINE_POINTS = 60
_YOUNG_SPAN = timedelta(minutes=2)


def series_of(told: LatencyView | TotalLatencyView) -> Series:
    """Return a chart's values, without outages.

    A period that is mostly before the first check begins with that check: the chart of a new
    endpoint shows what there is, not an empty day.
    """
    step = timedelta(milliseconds=told.bucket_size)
    points = tuple(Point(each.timestamp, each.p50, each.p95) for each in told.time_series)
    series = Series(told.start_date, told.end_date, step.total_seconds(), points)
    if told.period is Period.CUSTOM:
        return series  # the user named both ends
    first = next((point.at for point in points if point.is_known), None)
    if first is None or first - series.start < (series.end - series.start) / 2:
        return series
    start = max(series.start, min(first - step, series.end - step * _LEAST_STEPS))
    return replace(series, start=start, points=tuple(p for p in points if p.at >= start))


def is_young(series: Series) -> bool:
    """Whether there are too few points to see anything between them."""
    return sum(point.is_known for point in series.points) < _YOUNG_POINTS


def series_of_checks(checks: Sequence[Check], now: datetime) -> Series | None:
    """Return a fine series of the first minutes' checks, None when there are none."""
    if not checks:
        return None
    start = min((check.checked_at for check in checks), default=now)
    start = min(start, now - _YOUNG_SPAN)
    span_s = (now - start).total_seconds()
    step_s = next((s for s in _FINE_STEPS_S if span_s / s <= _FINE_POINTS), _FINE_STEPS_S[-1])
    start = _bucket(start, step_s)
    series = Series(start, max(now, start + timedelta(seconds=step_s)), step_s, ())
    return replace(series, points=tuple(_points(checks, step_s)))


def extended(series: Series, checks: Iterable[Check], now: datetime) -> Series:
    """Return a series with what was checked since it was made."""
    fresh = [check for check in checks if check.checked_at > series.end]
    added = _points(fresh, series.step_s)
    last = series.points[-1] if series.points else None
    kept = series.points
    if added and last is not None and added[0].at == last.at:
        # Its percentiles hold more checks than those that came since: they stay.
        kept = kept if last.is_known else kept[:-1]
        added = added[1:] if last.is_known else added
    return replace(series, end=max(series.end, now), points=(*kept, *added))


def outages(
    held: Mapping[str, IncidentView], told: LatencyView | TotalLatencyView, endpoint_id: str
) -> tuple[Outage, ...]:
    """Return the outages of a period: those that were told, brought up to date by the store.

    Args:
        held: The store's incidents.
        told: What the backend answered.
        endpoint_id: Whose outages; "" for those of all endpoints.
    """
    now = datetime.now(UTC)
    spans: dict[str, Outage] = {}
    for each in told.outages:
        name = each.endpoint_name if isinstance(each, NamedOutage) else ""
        end = each.resolved_at or min(now, told.end_date)
        # One that ended after a custom period is not open; those that are, the store holds.
        is_open = each.resolved_at is None and told.period is not Period.CUSTOM
        spans[each.incident_id] = Outage(each.started_at, end, name, is_open)
    for incident in held.values():
        if not endpoint_id or incident.endpoint_id == endpoint_id:
            name = "" if endpoint_id else incident.endpoint_name
            spans[incident.id] = _outage(incident.started_at, incident.resolved_at, now, name)
    return tuple(sorted(spans.values(), key=lambda outage: outage.start))


def _outage(start: datetime, end: datetime | None, now: datetime, name: str = "") -> Outage:
    return Outage(start, end or now, name, is_open=end is None)


def figures_of(told: LatencyStatistics) -> LatencyFigures:
    """Return response times in a few numbers."""
    return LatencyFigures(
        average_ms=told.average,
        p50_ms=told.p50,
        p95_ms=told.p95,
        p99_ms=told.p99,
        fastest_ms=told.min,
        slowest_ms=told.max,
    )


def days_of(told: DailyUptime) -> tuple[UptimeDay, ...]:
    """Return the days of one endpoint, oldest first."""
    return tuple(UptimeDay(each.date, each.uptime, each.downtime / 1000) for each in told.days)


def days_of_row(dates: Sequence[date], row: UptimeRow) -> tuple[UptimeDay, ...]:
    """Return one endpoint's days out of those of all; none where they cannot be read."""
    try:
        return tuple(
            UptimeDay(day, percent, down_ms / 1000)
            for day, percent, down_ms in zip(dates, *row.values(), strict=True)
        )
    except ValueError as error:  # no JSON of that shape, or not so many days
        log.warning("the days of %s cannot be read: %s", row.endpoint_id, error)
        return ()


def _points(checks: Iterable[Check], step_s: float) -> list[Point]:
    """Return the points of checks, oldest first; one whose checks all failed has no value."""
    buckets: defaultdict[datetime, list[float]] = defaultdict(list)
    for check in checks:
        answered = buckets[_bucket(check.checked_at, step_s)]
        if check.status is CheckStatus.SUCCESS and check.response_time is not None:
            answered.append(check.response_time)
    return [
        Point(at, _percentile(values, 0.5), _percentile(values, 0.95))
        for at, values in sorted(buckets.items())
    ]


def _bucket(at: datetime, step_s: float) -> datetime:
    return datetime.fromtimestamp(math.floor(at.timestamp() / step_s) * step_s, UTC)


def _percentile(values: list[float], share: float) -> float | None:
    """Return a percentile by the nearest rank."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
