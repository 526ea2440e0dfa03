"""The tables as queries name them, and their rows as domain values. Made by the migrations."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from peewee import Table
from pydantic import TypeAdapter

from backend.contract.assertions import Assertion
from backend.contract.events import StateEvent
from backend.contract.evidence import EvidenceView
from backend.contract.vocabulary import Method, Reason, Resolution, Status, UnknownReason
from backend.domain.alerting import OutboxEntry
from backend.domain.assertions import Check
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.domain.incident import Acknowledgement, Incident

Row = Mapping[str, Any]
"""A row by column; what is in it is only known to SQLite."""

endpoints = Table("endpoints")
health = Table("health")
checks = Table("checks")
incidents = Table("incidents")
events = Table("events")

_ASSERTIONS: TypeAdapter[tuple[Assertion, ...]] = TypeAdapter(tuple[Assertion, ...])

ENDPOINT_COLUMNS = tuple(endpoints.c[field.name] for field in fields(Endpoint))
HEALTH_COLUMNS = tuple(health.c[field.name] for field in fields(Health))
_health_columns = attrgetter(*(field.name for field in fields(Health)))
INCIDENT_COLUMNS = (
    incidents.c.id,
    endpoints.c.id.alias("endpoint_id"),
    incidents.c.started_at_ms,
    incidents.c.failure_count,
    incidents.c.message,
    incidents.c.resolved_at_ms,
    incidents.c.resolution,
    incidents.c.acknowledged_at_ms,
    incidents.c.snoozed_until_ms,
    incidents.c.snoozed_to_recovery,
    incidents.c.note,
)


def endpoint_row(endpoint: Endpoint) -> dict[str, object]:
    """Return the columns of an endpoint; a body or headers of ``None`` are NULL."""
    row = {field.name: getattr(endpoint, field.name) for field in fields(Endpoint)}
    row["method"] = endpoint.method.value
    row["headers"] = None if endpoint.headers is None else json.dumps(dict(endpoint.headers))
    row["body"] = None if endpoint.body is None else json.dumps(endpoint.body)
    row["tags"] = json.dumps(endpoint.tags)
    row["assertions"] = json.dumps([it.to_wire() for it in endpoint.assertions])
    return row


def endpoint_of(row: Row) -> Endpoint:
    """Read an endpoint from a row with at least its columns."""
    values = {field.name: row[field.name] for field in fields(Endpoint)}
    values["method"] = Method(values["method"])
    values["headers"] = None if values["headers"] is None else json.loads(values["headers"])
    values["body"] = None if values["body"] is None else json.loads(values["body"])
    values["tags"] = tuple(json.loads(values["tags"]))
    values["assertions"] = _ASSERTIONS.validate_json(values["assertions"])
    for flag in ("is_active", "verify_tls", "follow_redirects"):
        values[flag] = bool(values[flag])
    return Endpoint(**values)


def health_columns(standing: Health) -> tuple[object, ...]:
    """Return the columns of a health, in the order of :data:`HEALTH_COLUMNS`."""
    return _health_columns(standing)


def health_of(row: Row) -> Health:
    """Read a health from a row with at least its columns."""
    values = {field.name: row[field.name] for field in fields(Health)}
    reason = values["unknown_reason"]
    values["status"] = Status(values["status"])
    values["unknown_reason"] = None if reason is None else UnknownReason(reason)
    values["interrupted"] = bool(values["interrupted"])
    return Health(**values)


def check_of(endpoint_id: str, columns: Sequence[Any]) -> Check:
    """Read a check from its columns, in the order of the table."""
    at_ms, success, degraded, latency_ms, status_code, message, reason = columns
    return Check(
        endpoint_id,
        at_ms,
        bool(success),
        bool(degraded),
        latency_ms,
        status_code,
        message,
        None if reason is None else Reason(reason),
    )


def incident_row(incident: Incident) -> dict[str, object]:
    """Return the columns of an incident, but for its endpoint's key."""
    known = incident.acknowledgement
    return {
        "id": incident.id,
        "started_at_ms": incident.started_at_ms,
        "failure_count": incident.failure_count,
        "message": incident.message,
        "resolved_at_ms": incident.resolved_at_ms,
        "resolution": None if incident.resolution is None else incident.resolution.value,
        "acknowledged_at_ms": None if known is None else known.at_ms,
        "snoozed_until_ms": None if known is None else known.snoozed_until_ms,
        "snoozed_to_recovery": known is not None and known.snoozed_to_recovery,
        "note": "" if known is None else known.note,
    }


def incident_of(row: Row) -> Incident:
    """Read an incident from a row with :data:`INCIDENT_COLUMNS`."""
    resolution = row["resolution"]
    return Incident(
        row["id"],
        row["endpoint_id"],
        row["started_at_ms"],
        row["failure_count"],
        row["message"],
        row["resolved_at_ms"],
        None if resolution is None else Resolution(resolution),
        _acknowledgement_of(row),
    )


def _acknowledgement_of(row: Row) -> Acknowledgement | None:
    at_ms = row["acknowledged_at_ms"]
    if at_ms is None:
        return None
    to_recovery = bool(row["snoozed_to_recovery"])
    return Acknowledgement(at_ms, row["note"], row["snoozed_until_ms"], to_recovery)


@dataclass(frozen=True, slots=True)
class Monitored:
    """An endpoint, where it stands, and its open incident, if any."""

    endpoint: Endpoint
    health: Health = field(default_factory=Health)
    incident: Incident | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One check and all that follows from it, stored together or not at all.

    ``incident`` is the one it opened, counted into or closed; ``events`` are not numbered yet;
    ``alerts`` are what channels are to be told of it; ``evidence`` is that of the failure with
    which a run began.
    """

    check: Check
    health: Health
    incident: Incident | None = None
    events: tuple[StateEvent, ...] = ()
    alerts: tuple[OutboxEntry, ...] = ()
    evidence: EvidenceView | None = None
