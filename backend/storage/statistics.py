"""The answers about the past: uptime, response times, comparison, days.

Called by the archive on the worker's thread, within one reading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from peewee import SqliteDatabase

from backend.contract.statistics import (
    Comparison,
    ComparisonRow,
    DailyUptime,
    DayView,
    LatencyPoint,
    LatencyStatistics,
    LatencyView,
    NamedOutage,
    Outage,
    TotalLatencyPoint,
    TotalLatencyView,
    UptimeRow,
    UptimeView,
)
from backend.contract.vocabulary import Period
from backend.contract.wire import instant
from backend.domain.incident import Incident
from backend.domain.rollup import Rollup, bucket_of, reach_ms, share_percent
from backend.domain.stability import Contestant, ranking, scores
from backend.domain.tiers import DAY_MS, floor_to
from backend.storage import days, endpoints, incidents, rollups
from backend.storage.endpoints import Standing
from backend.storage.errors import NoSuchEndpoint
from backend.storage.recent import Recent, of_span
from backend.storage.rollups import ALL, Subject
from backend.storage.spans import Span, chart_width_ms

_NOTHING: Final = Rollup()
_OUTAGES: Final = 200
"""How many outages a chart of all endpoints names."""


def uptime(db: SqliteDatabase, endpoint_id: str, span: Span) -> UptimeView:
    """Return how reliable an endpoint was in a span."""
    standing = _standing(db, endpoint_id)
    whole = rollups.whole(db, _subject(standing), span.start_ms, span.end_ms)
    return UptimeView(
        endpoint_id=endpoint_id,
        period=span.period,
        uptime=whole.uptime,
        total_checks=whole.checks,
        successful_checks=whole.successes,
        failed_checks=whole.checks - whole.successes,
        start_date=instant(span.start_ms),
        end_date=instant(span.end_ms),
        degraded_checks=whole.degraded,
        time_weighted_uptime=whole.time_weighted_uptime,
        coverage=_coverage(whole, span.end_ms - span.start_ms),
        observed=whole.observed_ms,
        downtime=whole.down_ms,
    )


def response_time(db: SqliteDatabase, endpoint_id: str, span: Span) -> LatencyView:
    """Return how quickly an endpoint answered in a span."""
    standing = _standing(db, endpoint_id)
    subject = _subject(standing)
    width_ms = chart_width_ms(db, span, standing.endpoint.policy.interval_s)
    whole = rollups.whole(db, subject, span.start_ms, span.end_ms)
    first_ms = span.first_bucket_ms(width_ms)
    series = rollups.buckets(db, subject, first_ms, span.end_ms, width_ms)
    troubles = incidents.during(db, endpoint_id, span.start_ms, span.end_ms)
    troubled = set(_buckets_of(troubles, span, width_ms))
    return LatencyView(
        endpoint_id=endpoint_id,
        period=span.period,
        statistics=_latency_statistics(whole),
        time_series=tuple(
            LatencyPoint(
                **_point(at_ms, bucket),
                coverage=_coverage(bucket, min(width_ms, span.end_ms - at_ms)),
                outage=at_ms in troubled,
            )
            for at_ms, bucket in _all_buckets(series, first_ms, span.end_ms, width_ms)
        ),
        bucket_size=width_ms,
        start_date=instant(span.start_ms),
        end_date=instant(span.end_ms),
        outages=tuple(_outage(incident, span) for incident in troubles),
    )


def total_response_time(db: SqliteDatabase, span: Span) -> TotalLatencyView:
    """Return how quickly all endpoints together answered in a span."""
    width_ms = chart_width_ms(db, span)
    whole = rollups.whole(db, ALL, span.start_ms, span.end_ms)
    first_ms = span.first_bucket_ms(width_ms)
    series = rollups.buckets(db, ALL, first_ms, span.end_ms, width_ms)
    return TotalLatencyView(
        period=span.period,
        statistics=_latency_statistics(whole),
        time_series=tuple(
            TotalLatencyPoint(**_point(at_ms, bucket))
            for at_ms, bucket in _all_buckets(series, first_ms, span.end_ms, width_ms)
        ),
        bucket_size=width_ms,
        start_date=instant(span.start_ms),
        end_date=instant(span.end_ms),
        outages=tuple(
            NamedOutage(**dict(_outage(incident, span)), endpoint_name=name)
            for incident, name in incidents.newest_during(db, span.start_ms, span.end_ms, _OUTAGES)
        ),
    )


def comparison(db: SqliteDatabase, recent: Recent, span: Span) -> Comparison:
    """Return how the endpoints did in a span, best first."""
    is_day = span.period is Period.DAY
    tallies = (
        of_span(db, span.start_ms, span.end_ms)
        if span.period is Period.CUSTOM
        else recent.of_all(db, span.end_ms - 1, span.period)
    )
    counts = incidents.counts(db, span.start_ms, span.end_ms)
    named = endpoints.names(db)
    contestants = [
        Contestant(
            name=name,
            uptime_percent=tallies[key].uptime,
            mean_ms=tallies[key].mean_latency_ms,
            incidents=counts.get(key, 0),
        )
        for key, _, name in named
    ]
    found = scores(contestants)
    return Comparison(
        period=span.period,
        start_date=instant(span.start_ms),
        end_date=instant(span.end_ms),
        data=tuple(
            ComparisonRow(
                endpoint_id=named[index][1],
                name=contestants[index].name,
                uptime24h=contestants[index].uptime_percent if is_day else None,
                uptime=contestants[index].uptime_percent,
                avg_response_time=contestants[index].mean_ms,
                incident_count=contestants[index].incidents,
                stability_score=found[index],
                rank=rank,
            )
            for rank, index in enumerate(ranking(contestants, found), start=1)
        ),
    )


def daily(db: SqliteDatabase, endpoint_id: str, count: int, now_ms: int) -> DailyUptime:
    """Return the last days of an endpoint, today included."""
    standing = _standing(db, endpoint_id)
    first_ms, end_ms = floor_to(now_ms, DAY_MS) - (count - 1) * DAY_MS, now_ms + 1
    series = rollups.buckets(db, _subject(standing), first_ms, end_ms, DAY_MS)
    return DailyUptime(
        endpoint_id=endpoint_id,
        until=instant(now_ms),
        days=tuple(
            DayView(
                date=date_of(at_ms),
                uptime=day.uptime,
                time_weighted_uptime=day.time_weighted_uptime,
                coverage=_coverage(day, min(DAY_MS, end_ms - at_ms)),
                total_checks=day.checks,
                failed_checks=day.checks - day.successes,
                downtime=day.down_ms,
            )
            for at_ms, day in _all_buckets(series, first_ms, end_ms, DAY_MS)
        ),
    )


def days_of(
    db: SqliteDatabase, named: Sequence[tuple[int, str, str]], starts: Sequence[int], end_ms: int
) -> list[UptimeRow]:
    """Return the days of some endpoints.

    Args:
        db: where.
        named: keys, ids and names, by key.
        starts: when each day begins.
        end_ms: the first millisecond after the last day.
    """
    known = days.between(db, (named[0][0], named[-1][0]), starts, end_ms)
    widths_ms = [min(DAY_MS, end_ms - at_ms) for at_ms in starts]

    def row(key: int, endpoint_id: str, name: str) -> UptimeRow:
        of_endpoint = [known.get((key, at_ms), days.NOTHING) for at_ms in starts]
        return UptimeRow(
            endpoint_id=endpoint_id,
            name=name,
            uptime=tuple(share_percent(day.successes, day.checks) for day in of_endpoint),
            downtime=tuple(day.down_ms for day in of_endpoint),
            coverage=tuple(
                _percent(day.up_ms + day.down_ms, width_ms)
                for day, width_ms in zip(of_endpoint, widths_ms, strict=True)
            ),
            checks_today=of_endpoint[-1].checks,
        )

    return [row(*it) for it in named]


def _standing(db: SqliteDatabase, endpoint_id: str) -> Standing:
    for standing in endpoints.standings(db, endpoint_id):
        return standing
    raise NoSuchEndpoint(endpoint_id)


def _subject(standing: Standing) -> Subject:
    policy = standing.endpoint.policy
    return Subject(standing.key, reach_ms(policy.interval_s, policy.timeout_ms))


def _coverage(rollup: Rollup, of_ms: int) -> float:
    return _percent(rollup.observed_ms, of_ms)


def _percent(part_ms: int, of_ms: int) -> float:
    # A coarse bucket that the span cuts is counted as a whole, and may hold more than the span.
    return min(100.0, share_percent(part_ms, of_ms) or 0.0)


def _latency_statistics(whole: Rollup) -> LatencyStatistics:
    p50, p95, p99 = whole.percentiles_ms(50, 95, 99)
    return LatencyStatistics(
        average=whole.mean_ms,
        min=None if whole.fastest_us is None else whole.fastest_us / 1000,
        max=None if whole.slowest_us is None else whole.slowest_us / 1000,
        p50=p50,
        p95=p95,
        p99=p99,
    )


def _point(at_ms: int, bucket: Rollup) -> Mapping[str, object]:
    """Return what a point of any chart shows of its bucket."""
    p50, p95 = bucket.percentiles_ms(50, 95)
    return {
        "timestamp": instant(at_ms),
        "avg_response_time": bucket.mean_ms,
        "p50": p50,
        "p95": p95,
        "total_checks": bucket.checks,
        "failed_checks": bucket.checks - bucket.successes,
    }


def _all_buckets(
    known: Mapping[int, Rollup], first_ms: int, end_ms: int, width_ms: int
) -> Iterator[tuple[int, Rollup]]:
    """Yield every bucket of a span, those in which nothing was observed included."""
    for at_ms in range(first_ms, end_ms, width_ms):
        yield at_ms, known.get(at_ms, _NOTHING)


def _buckets_of(troubles: Iterable[Incident], span: Span, width_ms: int) -> Iterator[int]:
    """Yield the beginnings of the buckets that incidents touch."""
    for incident in troubles:
        until_ms = span.end_ms if incident.resolved_at_ms is None else incident.resolved_at_ms
        begin_ms = bucket_of(max(incident.started_at_ms, span.start_ms), width_ms, 0)
        yield from range(begin_ms, min(until_ms, span.end_ms), width_ms)


def _outage(incident: Incident, span: Span) -> Outage:
    ended_ms = incident.resolved_at_ms
    within = ended_ms is not None and ended_ms <= span.end_ms
    return Outage(
        incident_id=incident.id,
        started_at=instant(max(incident.started_at_ms, span.start_ms)),
        resolved_at=instant(ended_ms) if ended_ms is not None and within else None,
    )


def date_of(at_ms: int) -> date:
    """Return the day of a time, in UTC."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).date()
