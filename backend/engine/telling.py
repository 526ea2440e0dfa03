"""The events that follow from what happened, as the contract words them.

Built for the pipeline and the commands, not numbered yet. Pure.
"""

from typing import Final

from pydantic import JsonValue

from backend.contract.commands import EndpointDraft
from backend.contract.events import (
    CheckCompleted,
    EndpointUpdated,
    IncidentResolved,
    IncidentStarted,
    IncidentUpdated,
    StateEvent,
    StatusChanged,
)
from backend.contract.vocabulary import Status, UnknownReason
from backend.contract.wire import instant
from backend.domain.assertions import Check
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health, Transition
from backend.domain.incident import Incident
from backend.domain.views import check_status, endpoint_view, incident_view
from backend.storage.archive import Monitored

_SETTINGS: Final = tuple(field.alias or name for name, field in EndpointDraft.model_fields.items())
"""What the user sets, under its wire names."""


def endpoint_updated(before: Monitored, after: Monitored) -> EndpointUpdated:
    """Return what tells that an endpoint has other values."""
    view = endpoint_view(after.endpoint, after.health)
    old, new = endpoint_view(before.endpoint, before.health).to_wire(), view.to_wire()
    changes: dict[str, JsonValue] = {
        name: new[name] for name in _SETTINGS if old[name] != new[name]
    }
    return EndpointUpdated(
        endpoint_id=after.endpoint.id,
        endpoint_name=after.endpoint.name,
        **dict(view),
        changes=changes,
    )


def check_completed(endpoint: Endpoint, check: Check, health: Health) -> CheckCompleted:
    """Return what tells one check."""
    return CheckCompleted(
        endpoint_id=endpoint.id,
        endpoint_name=endpoint.name,
        id=check.id,
        status=check_status(check),
        response_time=check.latency_ms,
        status_code=check.status_code,
        checked_at=instant(check.at_ms),
        error_message=check.message,
        is_degraded=check.degraded,
        reason=check.reason,
        consecutive_failures=health.consecutive_failures,
        incident_failures=health.run_failures if health.in_outage else None,
    )


def status_changed(
    endpoint: Endpoint,
    transition: Transition,
    check: Check | None = None,
    *,
    reason: UnknownReason | None = None,
    address: str | None = None,
    failures: int = 0,
) -> StatusChanged:
    """Return what tells a transition.

    Args:
        endpoint: whose status changed.
        transition: the change.
        check: what made it, if a check did.
        reason: why the status is UNKNOWN, if it is.
        address: where the endpoint last answered.
        failures: how many checks in a row have failed.
    """
    return StatusChanged(
        endpoint_id=endpoint.id,
        endpoint_name=endpoint.name,
        previous_status=transition.previous,
        current_status=transition.current,
        timestamp=instant(transition.at_ms),
        response_time=None if check is None else check.latency_ms,
        error_message=None if check is None else check.message,
        unknown_reason=reason,
        address=address,
        consecutive_failures=failures,
    )


def incident_started(
    endpoint: Endpoint, incident: Incident, address: str | None = None
) -> IncidentStarted:
    """Return what tells that an incident opened."""
    return IncidentStarted(
        endpoint_id=endpoint.id,
        endpoint_name=endpoint.name,
        incident_id=incident.id,
        started_at=instant(incident.started_at_ms),
        failure_count=incident.failure_count,
        error_message=incident.message,
        address=address,
    )


def incident_resolved(
    endpoint: Endpoint, incident: Incident, address: str | None = None
) -> IncidentResolved:
    """Return what tells that an incident was closed.

    Raises:
        ValueError: it is still open.
    """
    if incident.resolved_at_ms is None or incident.resolution is None:
        raise ValueError(f"incident {incident.id} is still open")
    return IncidentResolved(
        endpoint_id=endpoint.id,
        endpoint_name=endpoint.name,
        incident_id=incident.id,
        resolved_at=instant(incident.resolved_at_ms),
        duration=max(0, incident.resolved_at_ms - incident.started_at_ms),
        reason=incident.resolution,
        failure_count=incident.failure_count,
        address=address,
    )


def incident_updated(endpoint: Endpoint, incident: Incident) -> IncidentUpdated:
    """Return what tells what somebody said of an incident."""
    view = incident_view(incident, endpoint.name)
    return IncidentUpdated(
        endpoint_id=endpoint.id,
        endpoint_name=endpoint.name,
        incident_id=incident.id,
        acknowledged_at=view.acknowledged_at,
        snoozed_until=view.snoozed_until,
        snoozed_until_recovery=view.snoozed_until_recovery,
        note=view.note,
    )


def consequences(
    endpoint: Endpoint,
    check: Check,
    transition: Transition,
    incident: Incident | None,
    reason: UnknownReason | None = None,
    *,
    address: str | None = None,
    failures: int = 0,
) -> tuple[StateEvent, ...]:
    """Return what tells a transition and the incident it opened or closed.

    Args:
        endpoint: whose status changed.
        check: what changed it.
        transition: the change.
        incident: the one it opened, counted into or closed.
        reason: why the status is UNKNOWN, if it is.
        address: where the endpoint last answered.
        failures: how many checks in a row have failed.
    """
    if transition.current is Status.UNKNOWN:
        return (status_changed(endpoint, transition, reason=reason),)
    changed = status_changed(endpoint, transition, check, address=address, failures=failures)
    if incident is not None and transition.opens_incident:
        return (changed, incident_started(endpoint, incident, address))
    if incident is not None and transition.recovers:
        return (changed, incident_resolved(endpoint, incident, address))
    return (changed,)
