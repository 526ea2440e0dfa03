"""What the detail page says of an endpoint: its standing, and its past in a few numbers.

Presenters build them; the detail page and its parts show them.
"""

from dataclasses import dataclass
from datetime import datetime

from backend.contract.vocabulary import Period, Status
from widgets.incident_values import NOBODY, Acknowledgement


@dataclass(frozen=True, slots=True)
class EndpointDetail:
    """What the page says of an endpoint.

    Attributes:
        endpoint_id: Its id.
        name: Its name.
        method: How it is asked.
        url: Where it is asked.
        status: Its standing.
        paused: Whether it is paused.
        since: When this standing began, None when not known.
        message: The last error in the backend's words.
        latency_ms: Last response time, None when no answer came.
        uptime_24h: Percent, None when nothing was measured.
        last_checked_at: Time of the last check, None when never checked.
        failures: Failures in a row.
        failure_threshold: At how many of them it is down.
        is_incident_open: Whether it is in an incident that can be acknowledged.
        said: What somebody said of that incident.
    """

    endpoint_id: str
    name: str
    method: str
    url: str
    status: Status
    paused: bool = False
    since: datetime | None = None
    message: str | None = None
    latency_ms: float | None = None
    uptime_24h: float | None = None
    last_checked_at: datetime | None = None
    failures: int = 0
    failure_threshold: int = 3
    is_incident_open: bool = False
    said: Acknowledgement = NOBODY


@dataclass(frozen=True, slots=True)
class EndpointPast:
    """What the tiles say of an endpoint's past; None where nothing was measured.

    Attributes:
        uptime_7d, uptime_30d: Percent.
        p50_ms, p95_ms, p99_ms: Response times of ``period``.
        period: The period of the response times.
        certificate_until: When the target's certificate ends (aware).
    """

    uptime_7d: float | None = None
    uptime_30d: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None
    period: Period = Period.DAY
    certificate_until: datetime | None = None
