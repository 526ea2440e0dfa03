"""Gathers what a report says of some endpoints over a period; the export presenter calls it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from app.presenters import figures
from app.services.failures import NotFound, RestFailure
from app.services.rest import Rest, Span
from backend.contract.resources import EndpointView, IncidentView
from backend.contract.transfer import public_url
from backend.contract.vocabulary import Period
from widgets import phrases
from widgets.report_values import Report, ReportEndpoint, ReportIncident
from widgets.series import Outage

_PAGE = 100
_MOST_PAGES = 20


async def report_of(
    rest: Rest,
    views: Sequence[EndpointView],
    period: Period,
    span: Span,
    progress: Callable[[int, int], None],
) -> Report | RestFailure:
    """Return a report, or why it cannot be made; what was deleted meanwhile is left out.

    Args:
        rest: Brings the past.
        views: Of which endpoints.
        period: 24 h, 7 d or 30 d.
        span: The same as two times (aware).
        progress: Told how many endpoints of how many are done.
    """
    told: list[ReportEndpoint] = []
    for number, view in enumerate(views):
        found = await _endpoint(rest, view, period, span)
        if isinstance(found, RestFailure) and not isinstance(found, NotFound):
            return found
        if isinstance(found, ReportEndpoint):
            told.append(found)
        progress(number + 1, len(views))
    return Report(period, *span, tuple(told))


async def _endpoint(
    rest: Rest, view: EndpointView, period: Period, span: Span
) -> ReportEndpoint | RestFailure:
    uptime = await rest.uptime(view.id, period)
    if isinstance(uptime, RestFailure):
        return uptime
    latency = await rest.response_time(view.id, period)
    if isinstance(latency, RestFailure):
        return latency
    incidents = await _incidents(rest, view.id, span[0])
    if isinstance(incidents, RestFailure):
        return incidents
    outages = tuple(Outage(it.started_at, it.resolved_at or span[1]) for it in latency.outages)
    series = replace(figures.series_of(latency), outages=outages)
    statistics = latency.statistics
    return ReportEndpoint(
        name=view.name,
        address=phrases.address(view.method.value, public_url(view.url)),
        uptime=uptime.uptime,
        checks=uptime.total_checks,
        failed=uptime.failed_checks,
        down_s=uptime.downtime / 1000,
        average_ms=statistics.average,
        p50_ms=statistics.p50,
        p95_ms=statistics.p95,
        p99_ms=statistics.p99,
        series=None if series.is_empty else series,
        incidents=tuple(
            ReportIncident(it.started_at, it.resolved_at, it.error_message, it.reason)
            for it in incidents
        ),
    )


async def _incidents(
    rest: Rest, endpoint_id: str, start: datetime
) -> list[IncidentView] | RestFailure:
    """Return the incidents that reach into a period, newest first."""
    found: list[IncidentView] = []
    for number in range(1, _MOST_PAGES + 1):
        page = await rest.incidents(endpoint_id=endpoint_id, page=number, limit=_PAGE)
        if isinstance(page, RestFailure):
            return page
        found += [it for it in page.data if it.resolved_at is None or it.resolved_at >= start]
        if number >= page.meta.total_pages or page.data[-1].started_at < start:
            break
    return found
