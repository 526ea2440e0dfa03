"""What the backend shows of itself: endpoints, checks, incidents, lists and the snapshot.

Answers of REST and of Socket.IO calls alike. Built by the backend, read by the desktop.
Response times are milliseconds, intervals seconds, uptime percent (0 to 100).
"""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field, JsonValue

from backend.contract.assertions import Assertion
from backend.contract.evidence import EvidenceView
from backend.contract.self_health import StorageView
from backend.contract.vocabulary import (
    CheckStatus,
    Method,
    Reason,
    Resolution,
    Status,
    TokenScope,
    UnknownReason,
)
from backend.contract.wire import Instant, Message

Item = TypeVar("Item")


class EndpointView(Message):
    """One monitored target and what is concluded about it."""

    id: str
    name: str
    url: str
    method: Method
    headers: dict[str, str] | None
    body: JsonValue
    check_interval: int
    expected_status_code: int
    timeout_threshold: int
    is_active: bool
    current_status: Status
    last_response_time: float | None
    last_checked_at: Instant | None
    consecutive_failures: int
    created_at: Instant
    updated_at: Instant
    degraded_threshold: int
    failure_threshold: int
    recovery_threshold: int
    retry_interval: int
    verify_tls: bool
    follow_redirects: bool
    tags: tuple[str, ...]
    note: str
    last_error: str | None
    unknown_reason: UnknownReason | None = None
    """Why the present status is UNKNOWN; ``None`` also before the first check."""
    status_since: Instant | None
    """When the present status began; for DOWN this is the first failure of the run."""
    assertions: tuple[Assertion, ...] = ()


class EndpointStatistics(Message):
    """The last 24 hours of one endpoint; ``None`` where nothing was observed."""

    uptime24h: Annotated[float | None, Field(alias="uptime24h")]
    total_checks24h: Annotated[int, Field(alias="totalChecks24h")]
    avg_response_time24h: Annotated[float | None, Field(alias="avgResponseTime24h")]


class IncidentSummary(Message):
    """An incident as the endpoint's own page lists it; ``duration`` in ms, once resolved."""

    id: str
    started_at: Instant
    resolved_at: Instant | None
    duration: int | None


class IncidentView(IncidentSummary):
    """A period in which an endpoint was DOWN; open while ``resolved_at`` is ``None``."""

    endpoint_id: str
    endpoint_name: str
    failure_count: int
    error_message: str | None
    reason: Resolution | None
    acknowledged_at: Instant | None = None
    """When somebody first said that they know of it."""
    snoozed_until: Instant | None = None
    """Until when nobody is reminded of it."""
    snoozed_until_recovery: bool = False
    """Nobody is reminded of it as long as it lasts."""
    note: str = ""
    """What they noted."""


class EndpointDetail(EndpointView):
    """``GET /endpoints/:id``."""

    statistics: EndpointStatistics
    recent_incidents: tuple[IncidentSummary, ...]
    certificate_until: Instant | None = None
    """When the target's own certificate ends; ``None`` where no check has shown one."""


class CheckResultView(Message):
    """One stored check. ``response_time`` and ``status_code`` are ``None`` without an answer."""

    id: str
    endpoint_id: str
    status: CheckStatus
    response_time: float | None
    status_code: int | None
    error_message: str | None
    checked_at: Instant
    is_degraded: bool
    reason: Reason | None


class CheckResults(Message):
    """``GET /endpoints/:id/check-results``, newest first."""

    endpoint_id: str
    results: tuple[CheckResultView, ...]
    total: int


class IncidentCheck(Message):
    """A check as an incident lists it."""

    checked_at: Instant
    status: CheckStatus
    error_message: str | None


class EndpointName(Message):
    """Which endpoint an incident belongs to."""

    name: str
    url: str


class IncidentDetail(IncidentView):
    """``GET /incidents/:id``; its checks oldest first."""

    endpoint: EndpointName
    check_results: tuple[IncidentCheck, ...]
    evidence: EvidenceView | None = None
    """What was seen at the failure it began with, while it is kept."""


class PageMeta(Message):
    """Where a page stands in the whole list; pages count from 1."""

    total: int
    page: int
    limit: int
    total_pages: int


class Page(Message, Generic[Item]):
    """One page of a list."""

    data: tuple[Item, ...]
    meta: PageMeta


class DeletedView(Message):
    """``DELETE /endpoints/:id``."""

    message: str
    deleted_at: Instant


class HealthView(Message):
    """``GET /health``. All but ``status`` is shown only to those who hold the token."""

    status: Literal["ok"] = "ok"
    version: str | None = None
    uptime_s: Annotated[float | None, Field(alias="uptimeSeconds")] = None
    endpoints: int | None = None
    storage: StorageView | None = None
    scope: TokenScope | None = None
    """What the token that was shown allows."""


class ErrorView(Message):
    """Every error of REST; several invalid fields make ``message`` a list."""

    status_code: int
    message: str | tuple[str, ...]
    error: str
    timestamp: Instant
    path: str


class StatusBreakdown(Message):
    """How many endpoints stand at each status."""

    up: Annotated[int, Field(alias="UP")]
    down: Annotated[int, Field(alias="DOWN")]
    degraded: Annotated[int, Field(alias="DEGRADED")]
    unknown: Annotated[int, Field(alias="UNKNOWN")]


class Overview(Message):
    """``GET /statistics/overview``."""

    total_endpoints: int
    status_breakdown: StatusBreakdown
    overall_uptime: float | None
    active_incidents: int
    total_incidents_last24h: Annotated[int, Field(alias="totalIncidentsLast24h")]
    average_response_time: float | None


class RecentCheck(Message):
    """A check as a row's heartbeat strip needs it."""

    checked_at: Instant
    status: CheckStatus
    is_degraded: bool
    response_time: float | None
    status_code: int | None
    error_message: str | None


CompactCheck = tuple[int, Literal[0, 1, 2], float | None, int | None, str | None]
"""A recent check in a third of the bytes: Unix ms; 0 failed, 1 succeeded, 2 succeeded slowly; and
its response time, status code and message."""


class EndpointState(Message):
    """One endpoint within a snapshot: itself, its last 24 h, its last checks oldest first.

    Who asked for it ``compact`` finds them in ``rows``, and ``checks`` empty. Who asked for it
    ``packed``, too, may find the rows as a text in ``packed``, and ``rows`` empty.
    """

    endpoint: EndpointView
    statistics: EndpointStatistics
    checks: tuple[RecentCheck, ...]
    rows: tuple[CompactCheck, ...] = ()
    packed: str = ""
    """A JSON list of rows: who reads one endpoint after the other never holds all as values."""


class OfflineSpell(Message):
    """A time in which this computer was offline; it still is while ``until`` is ``None``."""

    since: Instant
    until: Instant | None


class NetworkView(Message):
    """Whether this computer is online, and when it was not."""

    online: bool = True
    spells: tuple[OfflineSpell, ...] = ()
    """The newest times offline, newest first; the first is the present one, if any."""


class Snapshot(Message):
    """The whole present state, true at ``seq`` of the database named by ``epoch``."""

    seq: int
    epoch: str
    endpoints: tuple[EndpointState, ...]
    incidents: tuple[IncidentView, ...]
    """Every open incident and the newest closed ones, newest first."""
    network: NetworkView = NetworkView()
