"""An archive in a fresh directory, and short ways to what goes into it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.events import EndpointCreated, IncidentStarted, StateEvent, StatusChanged
from backend.contract.vocabulary import Reason, Status
from backend.contract.wire import instant
from backend.domain.assertions import Check
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.domain.incident import Incident
from backend.domain.views import endpoint_view
from backend.storage.archive import Archive, Record

NOW_MS = 1_800_000_123_456
HOUR_MS = 3_600_000


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "vigil"


@pytest.fixture
async def archive(directory: Path) -> AsyncIterator[Archive]:
    async with Archive.open(directory) as opened:
        yield opened


def an_endpoint(endpoint_id: str = "a", **fields: object) -> Endpoint:
    known: dict[str, object] = {
        "name": f"Endpoint {endpoint_id}",
        "url": f"http://{endpoint_id}.test/",
        "created_at_ms": 1000,
        "updated_at_ms": 1000,
    }
    return Endpoint(id=endpoint_id, **{**known, **fields})


def created(endpoint: Endpoint) -> EndpointCreated:
    view = endpoint_view(endpoint, Health())
    return EndpointCreated(**dict(view), endpoint_id=endpoint.id, endpoint_name=endpoint.name)


def went_down(endpoint_id: str = "a", at_ms: int = NOW_MS) -> StateEvent:
    return StatusChanged(
        endpoint_id=endpoint_id,
        endpoint_name=f"Endpoint {endpoint_id}",
        previous_status=Status.UP,
        current_status=Status.DOWN,
        timestamp=instant(at_ms),
        response_time=None,
        error_message="Connection refused",
    )


def started(incident: Incident) -> StateEvent:
    return IncidentStarted(
        endpoint_id=incident.endpoint_id,
        endpoint_name=f"Endpoint {incident.endpoint_id}",
        incident_id=incident.id,
        started_at=instant(incident.started_at_ms),
        failure_count=incident.failure_count,
        error_message=incident.message,
    )


def an_incident(incident_id: str = "i", endpoint_id: str = "a", at_ms: int = NOW_MS) -> Incident:
    return Incident(incident_id, endpoint_id, at_ms, 3, "Connection refused")


def success(endpoint_id: str = "a", at_ms: int = NOW_MS, latency_ms: float = 10.0) -> Check:
    return Check(endpoint_id, at_ms, True, False, latency_ms, 200, None, None)


def failure(endpoint_id: str = "a", at_ms: int = NOW_MS, reason: Reason = Reason.NETWORK) -> Check:
    return Check(endpoint_id, at_ms, False, False, None, None, "Connection refused", reason)


def recorded(check: Check, **fields: object) -> Record:
    """Return a record of a check with the plainest health."""
    status = Status.UP if check.success else Status.UNKNOWN
    return Record(check, **{"health": Health(status, last_checked_ms=check.at_ms), **fields})
