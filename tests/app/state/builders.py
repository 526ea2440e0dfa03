"""Values of the contract with sensible defaults, for tests of the store."""

from datetime import UTC, datetime, timedelta
from itertools import count

from backend.contract.events import (
    CheckCompleted,
    EndpointCreated,
    EndpointDeleted,
    EndpointUpdated,
    IncidentResolved,
    IncidentStarted,
    IncidentUpdated,
    StatusChanged,
)
from backend.contract.resources import (
    EndpointState,
    EndpointStatistics,
    EndpointView,
    IncidentView,
    RecentCheck,
    Snapshot,
)
from backend.contract.vocabulary import CheckStatus, Method, Resolution, Status

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
_numbers = count(1)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def view(key: str = "a", **values: object) -> EndpointView:
    defaults: dict[str, object] = {
        "id": key,
        "name": f"Endpoint {key}",
        "url": "http://example.test/",
        "method": Method.GET,
        "headers": None,
        "body": None,
        "check_interval": 60,
        "expected_status_code": 200,
        "timeout_threshold": 5000,
        "is_active": True,
        "current_status": Status.UNKNOWN,
        "last_response_time": None,
        "last_checked_at": None,
        "consecutive_failures": 0,
        "created_at": START,
        "updated_at": START,
        "degraded_threshold": 2000,
        "failure_threshold": 3,
        "recovery_threshold": 1,
        "retry_interval": 15,
        "verify_tls": True,
        "follow_redirects": True,
        "tags": (),
        "note": "",
        "last_error": None,
        "status_since": None,
    }
    return EndpointView(**defaults | values)


def state(
    key: str = "a", *, checks: tuple[RecentCheck, ...] = (), total: int = 0, **values: object
) -> EndpointState:
    statistics = EndpointStatistics(
        uptime24h=100.0 if total else None,
        total_checks24h=total,
        avg_response_time24h=50.0 if total else None,
    )
    return EndpointState(endpoint=view(key, **values), statistics=statistics, checks=checks)


def recent(seconds: float, *, ok: bool = True, response_time: float | None = 50.0) -> RecentCheck:
    return RecentCheck(
        checked_at=at(seconds),
        status=CheckStatus.SUCCESS if ok else CheckStatus.FAILURE,
        is_degraded=False,
        response_time=response_time,
        status_code=200 if ok else None,
        error_message=None if ok else "Timeout exceeded",
    )


def snapshot(
    *states: EndpointState,
    seq: int = 10,
    epoch: str = "first",
    incidents: tuple[IncidentView, ...] = (),
) -> Snapshot:
    return Snapshot(seq=seq, epoch=epoch, endpoints=states, incidents=incidents)


def incident(key: str = "i", endpoint_id: str = "a", **values: object) -> IncidentView:
    defaults: dict[str, object] = {
        "id": key,
        "started_at": START,
        "resolved_at": None,
        "duration": None,
        "endpoint_id": endpoint_id,
        "endpoint_name": f"Endpoint {endpoint_id}",
        "failure_count": 3,
        "error_message": "Timeout exceeded",
        "reason": None,
    }
    return IncidentView(**defaults | values)


def checked(
    key: str = "a", seconds: float = 0, *, ok: bool = True, **values: object
) -> CheckCompleted:
    defaults: dict[str, object] = {
        "endpoint_id": key,
        "endpoint_name": f"Endpoint {key}",
        "id": f"check {next(_numbers)}",
        "status": CheckStatus.SUCCESS if ok else CheckStatus.FAILURE,
        "response_time": 80.0 if ok else None,
        "status_code": 200 if ok else None,
        "checked_at": at(seconds),
        "error_message": None if ok else "Timeout exceeded",
        "is_degraded": False,
        "reason": None,
        "consecutive_failures": 0 if ok else 1,
    }
    return CheckCompleted(**defaults | values)


def became(status: Status, seq: int, key: str = "a", seconds: float = 0) -> StatusChanged:
    return StatusChanged(
        seq=seq,
        endpoint_id=key,
        endpoint_name=f"Endpoint {key}",
        previous_status=Status.UNKNOWN,
        current_status=status,
        timestamp=at(seconds),
        response_time=None if status is Status.DOWN else 70.0,
        error_message="Timeout exceeded" if status is Status.DOWN else None,
    )


def started(seq: int, key: str = "a", incident_id: str = "i") -> IncidentStarted:
    return IncidentStarted(
        seq=seq,
        endpoint_id=key,
        endpoint_name=f"Endpoint {key}",
        incident_id=incident_id,
        started_at=at(-60),
        failure_count=3,
        error_message="Timeout exceeded",
    )


def acknowledged(seq: int, incident_id: str = "i", note: str = "") -> IncidentUpdated:
    return IncidentUpdated(
        seq=seq,
        endpoint_id="a",
        endpoint_name="Endpoint a",
        incident_id=incident_id,
        acknowledged_at=at(0),
        snoozed_until=None,
        snoozed_until_recovery=True,
        note=note,
    )


def ended(seq: int, key: str = "a", incident_id: str = "i") -> IncidentResolved:
    return IncidentResolved(
        seq=seq,
        endpoint_id=key,
        endpoint_name=f"Endpoint {key}",
        incident_id=incident_id,
        resolved_at=at(60),
        duration=120_000,
        reason=Resolution.RECOVERED,
    )


def created(seq: int, key: str = "a", **values: object) -> EndpointCreated:
    fresh = view(key, **values)
    return EndpointCreated(seq=seq, endpoint_id=key, endpoint_name=fresh.name, **dict(fresh))


def updated(seq: int, key: str = "a", **values: object) -> EndpointUpdated:
    fresh = view(key, **values)
    return EndpointUpdated(
        seq=seq, endpoint_id=key, endpoint_name=fresh.name, changes={}, **dict(fresh)
    )


def deleted(seq: int, key: str = "a") -> EndpointDeleted:
    name = f"Endpoint {key}"
    return EndpointDeleted(seq=seq, endpoint_id=key, endpoint_name=name, name=name)
