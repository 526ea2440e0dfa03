"""What a report says; the export presenter makes it from the backend's answers. Plain values."""

from dataclasses import dataclass
from datetime import datetime

from backend.contract.vocabulary import Period, Resolution
from widgets.series import Series


@dataclass(frozen=True, slots=True)
class ReportIncident:
    """One outage within the period.

    Attributes:
        started_at, resolved_at: Its span (aware); open while the latter is None.
        message: Its cause, in the backend's words.
        resolution: Why it closed.
    """

    started_at: datetime
    resolved_at: datetime | None
    message: str | None
    resolution: Resolution | None


@dataclass(frozen=True, slots=True)
class ReportEndpoint:
    """One endpoint over the period; times in ms, uptime in percent, None where nothing was seen.

    Attributes:
        address: Method and URL, without a secret.
        down_s: Seconds in which it failed.
        series: Its chart, None where nothing answered.
    """

    name: str
    address: str
    uptime: float | None
    checks: int
    failed: int
    down_s: float
    average_ms: float | None
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    series: Series | None
    incidents: tuple[ReportIncident, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report; times are aware."""

    period: Period
    start: datetime
    end: datetime
    endpoints: tuple[ReportEndpoint, ...]
