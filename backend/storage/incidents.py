"""Queries of incidents, and of the evidence with which they began.

Called by the archive on the worker's thread. Evidence is kept at the failure that began a run,
before anybody knows whether an incident comes of it; an incident begins at that same failure,
which is how the two find each other.
"""

from typing import Any

from peewee import SqliteDatabase

from backend.contract.evidence import EvidenceView
from backend.contract.resources import IncidentView
from backend.domain.incident import Incident
from backend.domain.views import incident_view
from backend.storage.tables import (
    INCIDENT_COLUMNS,
    endpoints,
    incident_of,
    incident_row,
    incidents,
)

_OPEN = incidents.c.resolved_at_ms.is_null()
_NEWEST_FIRST = (incidents.c.started_at_ms.desc(), incidents.c.key.desc())


def put(db: SqliteDatabase, key: int, incident: Incident) -> None:
    """Keep an incident of the endpoint with that key, new or changed."""
    row = incident_row(incident)
    incidents.insert(endpoint=key, **row).on_conflict(
        conflict_target=(incidents.c.id,),
        update={incidents.c[name]: value for name, value in row.items() if name != "id"},
    ).execute(db)


def open_incidents(db: SqliteDatabase) -> dict[str, Incident]:
    """Return the open incidents by the id of their endpoint."""
    found = (incident_of(row) for row in _select().where(_OPEN).dicts().execute(db))
    return {incident.endpoint_id: incident for incident in found}


def latest(db: SqliteDatabase, closed: int, endpoint_id: str | None) -> tuple[IncidentView, ...]:
    """Return every open incident and the newest closed ones, newest first.

    Args:
        closed: how many closed ones at most.
        endpoint_id: of this endpoint alone; ``None`` for all.
    """
    where: Any = True if endpoint_id is None else endpoints.c.id == endpoint_id
    rows = [
        *_select().where(_OPEN & where).dicts().execute(db),
        *_select().where(~_OPEN & where).order_by(*_NEWEST_FIRST).limit(closed).dicts().execute(db),
    ]
    rows.sort(key=lambda row: row["started_at_ms"], reverse=True)
    return tuple(_view(row) for row in rows)


def newest_of(db: SqliteDatabase, endpoint_id: str, limit: int) -> list[Incident]:
    """Return the newest incidents of an endpoint, newest first."""
    query = _select().where(endpoints.c.id == endpoint_id).order_by(*_NEWEST_FIRST).limit(limit)
    return [incident_of(row) for row in query.dicts().execute(db)]


def page(
    db: SqliteDatabase, *, endpoint_id: str | None, active: bool | None, page: int, limit: int
) -> tuple[list[IncidentView], int]:
    """Return one page of incidents, newest first, and how many there are on all pages."""
    query = _select()
    if endpoint_id is not None:
        query = query.where(endpoints.c.id == endpoint_id)
    if active is not None:
        query = query.where(_OPEN if active else ~_OPEN)
    total = query.count(db)
    rows = query.order_by(*_NEWEST_FIRST).limit(limit).offset((page - 1) * limit)
    return [_view(row) for row in rows.dicts().execute(db)], total


def find(db: SqliteDatabase, incident_id: str) -> tuple[Incident, str, str] | None:
    """Return an incident with its endpoint's name and URL."""
    for row in _select().where(incidents.c.id == incident_id).dicts().execute(db):
        return incident_of(row), row["endpoint_name"], row["endpoint_url"]
    return None


def count(db: SqliteDatabase, since_ms: int) -> tuple[int, int]:
    """Return how many incidents of endpoints not deleted are open, and began since a time."""
    (still_open, begun) = db.execute_sql(
        """
        SELECT count(*) FILTER (WHERE resolved_at_ms IS NULL),
               count(*) FILTER (WHERE started_at_ms >= ?)
        FROM incidents JOIN endpoints ON endpoints.key = incidents.endpoint
        WHERE deleted_at_ms IS NULL AND (resolved_at_ms IS NULL OR started_at_ms >= ?)
        """,
        (since_ms, since_ms),
    ).fetchone()
    return still_open, begun


def during(db: SqliteDatabase, endpoint_id: str, start_ms: int, end_ms: int) -> list[Incident]:
    """Return the incidents of an endpoint that were open at some time of a span, oldest first."""
    query = _select().where((endpoints.c.id == endpoint_id) & _within(start_ms, end_ms))
    rows = query.order_by(incidents.c.started_at_ms).dicts().execute(db)
    return [incident_of(row) for row in rows]


def newest_during(
    db: SqliteDatabase, start_ms: int, end_ms: int, limit: int
) -> list[tuple[Incident, str]]:
    """Return the newest incidents that were open at some time of a span, with whose they are."""
    query = _select().where(_within(start_ms, end_ms)).order_by(*_NEWEST_FIRST).limit(limit)
    return [(incident_of(row), row["endpoint_name"]) for row in query.dicts().execute(db)]


def counts(db: SqliteDatabase, start_ms: int, end_ms: int) -> dict[int, int]:
    """Return how many incidents of each endpoint, by key, began in a span or before, open still."""
    rows = db.execute_sql(
        """
        SELECT endpoint, count(*) FROM (
            SELECT endpoint FROM incidents WHERE started_at_ms >= :start AND started_at_ms < :end
            UNION ALL
            SELECT endpoint FROM incidents INDEXED BY one_open_incident
            WHERE started_at_ms < :start AND resolved_at_ms IS NULL
        )
        GROUP BY endpoint
        """,
        {"start": start_ms, "end": end_ms},
    )
    return dict(rows.fetchall())


def _within(start_ms: int, end_ms: int) -> Any:
    return (incidents.c.started_at_ms < end_ms) & (_OPEN | (incidents.c.resolved_at_ms > start_ms))


def _select() -> Any:
    return incidents.select(
        *INCIDENT_COLUMNS,
        endpoints.c.name.alias("endpoint_name"),
        endpoints.c.url.alias("endpoint_url"),
    ).join(endpoints, on=endpoints.c.key == incidents.c.endpoint)


def _view(row: dict[str, Any]) -> IncidentView:
    return incident_view(incident_of(row), row["endpoint_name"])


# What is left of earlier runs that ended before they were an incident goes at the next run.
_FORGET = """
    DELETE FROM evidence WHERE endpoint = ? AND at_ms NOT IN (
        SELECT started_at_ms FROM incidents WHERE endpoint = ?
    )
"""


def keep_evidence(db: SqliteDatabase, key: int, at_ms: int, evidence: EvidenceView | None) -> None:
    """Keep the evidence of the first failure of a run, where there is any."""
    if evidence is None:
        return
    db.execute_sql(_FORGET, (key, key))
    db.execute_sql(
        "INSERT OR REPLACE INTO evidence (endpoint, at_ms, content) VALUES (?, ?, ?)",
        (key, at_ms, evidence.model_dump_json(by_alias=True)),
    )


def find_evidence(db: SqliteDatabase, endpoint_id: str, at_ms: int) -> EvidenceView | None:
    """Return the evidence of the run that began at a time, while it is kept."""
    row = db.execute_sql(
        """
        SELECT content FROM evidence
        WHERE endpoint = (SELECT key FROM endpoints WHERE id = ?) AND at_ms = ?
        """,
        (endpoint_id, at_ms),
    ).fetchone()
    return None if row is None else EvidenceView.model_validate_json(row[0])
