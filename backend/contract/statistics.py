"""What the backend says about the past: uptime, response times, comparison, days.

Answers of REST. Built by the archive, read by the desktop. Response times and durations are
milliseconds, uptime and coverage percent (0 to 100), days those of UTC. ``None`` where nothing was
observed. A bucket of time that was only partly observed says so by its coverage: the part of it in
which some check spoke for the endpoint.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, TypeAdapter

from backend.contract.vocabulary import Period
from backend.contract.wire import Instant, Message


class UptimeView(Message):
    """``GET /endpoints/:id/uptime``. ``uptime`` is successes over checks.

    ``time_weighted_uptime`` is the part of the observed time in which the endpoint answered, so
    that quick re-checks of a failure do not weigh more than the time they stand for.
    """

    endpoint_id: str
    period: Period
    uptime: float | None
    total_checks: int
    successful_checks: int
    failed_checks: int
    start_date: Instant
    end_date: Instant
    degraded_checks: int
    time_weighted_uptime: float | None
    coverage: float
    observed: int
    downtime: int


class LatencyStatistics(Message):
    """The response times of the successes of a period; percentiles are within 2.5 %."""

    average: float | None
    min: float | None
    max: float | None
    p50: float | None
    p95: float | None
    p99: float | None


class LatencyPoint(Message):
    """One bucket of a chart; ``timestamp`` is where it begins."""

    timestamp: Instant
    avg_response_time: float | None
    p50: float | None
    p95: float | None
    total_checks: int
    failed_checks: int
    coverage: float
    outage: bool
    """An incident was open at some time in the bucket."""


class Outage(Message):
    """When an incident was open, as far as it lies in the period."""

    incident_id: str
    started_at: Instant
    resolved_at: Instant | None


class LatencyView(Message):
    """``GET /endpoints/:id/response-time``: at most 720 points, all of ``bucket_size`` ms."""

    endpoint_id: str
    period: Period
    statistics: LatencyStatistics
    time_series: tuple[LatencyPoint, ...]
    bucket_size: int
    start_date: Instant
    end_date: Instant
    outages: tuple[Outage, ...]


class TotalLatencyPoint(Message):
    """One bucket of the chart of all endpoints together."""

    timestamp: Instant
    avg_response_time: float | None
    p50: float | None
    p95: float | None
    total_checks: int
    failed_checks: int


class NamedOutage(Outage):
    """An outage of one endpoint among all."""

    endpoint_name: str


class TotalLatencyView(Message):
    """``GET /statistics/response-time``: all endpoints together, deleted ones included.

    ``outages`` are the newest of the period, at most 200.
    """

    period: Period
    statistics: LatencyStatistics
    time_series: tuple[TotalLatencyPoint, ...]
    bucket_size: int
    start_date: Instant
    end_date: Instant
    outages: tuple[NamedOutage, ...]


class ComparisonRow(Message):
    """How one endpoint did in the period, beside the others; rank 1 is the best.

    ``uptime24h`` is the same as ``uptime`` where the period is 24 hours, else unknown.
    """

    endpoint_id: str
    name: str
    uptime24h: Annotated[float | None, Field(alias="uptime24h")]
    avg_response_time: float | None
    incident_count: int
    stability_score: float | None
    rank: int
    uptime: float | None


class Comparison(Message):
    """``GET /statistics/comparison``, best first."""

    data: tuple[ComparisonRow, ...]
    period: Period
    start_date: Instant
    end_date: Instant


class DayView(Message):
    """One day of one endpoint; ``coverage`` is of the part of the day that is over."""

    date: date
    uptime: float | None
    time_weighted_uptime: float | None
    coverage: float
    total_checks: int
    failed_checks: int
    downtime: int


class DailyUptime(Message):
    """``GET /endpoints/:id/uptime/daily``, oldest day first; ``until`` what time is counted."""

    endpoint_id: str
    days: tuple[DayView, ...]
    until: Instant | None = None


class UptimeRow(Message):
    """The days of one endpoint, each value at the index of its date.

    ``checks_today`` are those of the last date, so that who hears of more can count on. Who asks
    with ``packed`` finds uptime and downtime as JSON, ``[[...], [...]]``, in the text ``packed``,
    and the three without a value: a text is read in half the time and takes half as much memory.
    """

    endpoint_id: str
    name: str
    uptime: tuple[float | None, ...]
    downtime: tuple[int, ...]
    coverage: tuple[float, ...]
    checks_today: int = 0
    packed: str = ""

    def as_text(self) -> "UptimeRow":
        """Return the row with its values as a text, and without coverage."""
        text = _PACKED.dump_json((self.uptime, self.downtime)).decode()
        nothing: dict[str, object] = {"uptime": (), "downtime": (), "coverage": ()}
        return self.model_copy(update=nothing | {"packed": text})

    def values(self) -> tuple[tuple[float | None, ...], tuple[int, ...]]:
        """Return uptime and downtime, in whichever form they came.

        Raises:
            ValidationError: what was packed has not the contract's shape.
        """
        if not self.packed:
            return self.uptime, self.downtime
        return _PACKED.validate_json(self.packed)


_PACKED = TypeAdapter(tuple[tuple[float | None, ...], tuple[int, ...]])


class DailyUptimes(Message):
    """``GET /statistics/uptime/daily``: the days of all endpoints, oldest day first.

    ``until`` what time checks are counted.
    """

    dates: tuple[date, ...]
    data: tuple[UptimeRow, ...]
    until: Instant | None = None
