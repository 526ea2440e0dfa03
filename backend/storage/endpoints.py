"""Queries of endpoints and their health. Called by the archive on the worker's thread."""

from dataclasses import dataclass
from typing import Any

from peewee import SqliteDatabase

from backend.contract.vocabulary import Status
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.storage.errors import NoSuchEndpoint
from backend.storage.tables import (
    ENDPOINT_COLUMNS,
    HEALTH_COLUMNS,
    endpoint_of,
    endpoint_row,
    endpoints,
    health,
    health_columns,
    health_of,
)

_LIVE = endpoints.c.deleted_at_ms.is_null()
_SORTED_BY = {
    "name": endpoints.c.name.collate("NOCASE"),
    "createdAt": endpoints.c.created_at_ms,
    "lastCheckedAt": health.c.last_checked_ms,
}


# Written with every check, so not put together anew each time; in the order of HEALTH_COLUMNS.
_PUT_HEALTH = """
    REPLACE INTO health (
        endpoint, status, since_ms, consecutive_failures, consecutive_successes,
        failing_since_ms, run_failures, last_checked_ms, last_latency_ms, last_error,
        unknown_reason, interrupted
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """An endpoint with its health, and the key under which the other tables know it."""

    key: int
    endpoint: Endpoint
    health: Health


def live_key(db: SqliteDatabase, endpoint_id: str) -> int:
    """Return the key of an endpoint that is not deleted.

    Raises:
        NoSuchEndpoint: there is none.
    """
    row = db.execute_sql(
        "SELECT key FROM endpoints WHERE id = ? AND deleted_at_ms IS NULL", (endpoint_id,)
    ).fetchone()
    if row is None:
        raise NoSuchEndpoint(endpoint_id)
    return int(row[0])


def insert(db: SqliteDatabase, endpoint: Endpoint) -> None:
    """Keep a new endpoint, not checked yet."""
    key = endpoints.insert(**endpoint_row(endpoint)).execute(db)
    put_health(db, key, Health())


def update(db: SqliteDatabase, endpoint: Endpoint) -> int:
    """Keep the new values of an endpoint and return its key."""
    key = live_key(db, endpoint.id)
    endpoints.update(**endpoint_row(endpoint)).where(endpoints.c.key == key).execute(db)
    return key


def put_health(db: SqliteDatabase, key: int, standing: Health) -> None:
    """Keep where an endpoint stands now."""
    db.execute_sql(_PUT_HEALTH, (key, *health_columns(standing)))


def soft_delete(db: SqliteDatabase, endpoint_id: str, at_ms: int) -> int:
    """Hide an endpoint; its history stays until it is thinned out. Returns its key."""
    key = live_key(db, endpoint_id)
    endpoints.update(deleted_at_ms=at_ms).where(endpoints.c.key == key).execute(db)
    return key


def deleted(db: SqliteDatabase, endpoint_id: str) -> Endpoint | None:
    """Return an endpoint that was deleted, while it is still kept."""
    query = endpoints.select(*ENDPOINT_COLUMNS).where((endpoints.c.id == endpoint_id) & ~_LIVE)
    for row in query.dicts().execute(db):
        return endpoint_of(row)
    return None


def undelete(db: SqliteDatabase, endpoint: Endpoint) -> None:
    """Show a deleted endpoint again; it stands as one that was never checked.

    Raises:
        NoSuchEndpoint: no such endpoint was deleted.
    """
    values = endpoint_row(endpoint) | {"deleted_at_ms": None}
    query = endpoints.update(**values).where((endpoints.c.id == endpoint.id) & ~_LIVE)
    if not query.execute(db):
        raise NoSuchEndpoint(endpoint.id)
    put_health(db, live_key(db, endpoint.id), Health())


def standings(db: SqliteDatabase, endpoint_id: str | None = None) -> list[Standing]:
    """Return all endpoints that are not deleted, or the one named, oldest first."""
    where = _LIVE if endpoint_id is None else _LIVE & (endpoints.c.id == endpoint_id)
    query = _select().where(where).order_by(endpoints.c.key)
    return [_standing(row) for row in query.dicts().execute(db)]


def statuses(db: SqliteDatabase) -> dict[Status, int]:
    """Return how many endpoints that are not deleted stand at each status."""
    rows = db.execute_sql(
        "SELECT status, count(*) FROM endpoints JOIN health ON endpoint = key"
        " WHERE deleted_at_ms IS NULL GROUP BY status"
    )
    return {Status(status): count for status, count in rows}


def names(db: SqliteDatabase) -> list[tuple[int, str, str]]:
    """Return key, id and name of all endpoints that are not deleted, oldest first."""
    query = "SELECT key, id, name FROM endpoints WHERE deleted_at_ms IS NULL ORDER BY key"
    return list(db.execute_sql(query))


def page(
    db: SqliteDatabase,
    *,
    page: int,
    limit: int,
    status: Status | None,
    is_active: bool | None,
    sort_by: str,
    order: str,
) -> tuple[list[Standing], int]:
    """Return one page of endpoints, and how many there are on all pages."""
    where: Any = _LIVE
    if status is not None:
        where &= health.c.status == status.value
    if is_active is not None:
        where &= endpoints.c.is_active == int(is_active)
    column = _SORTED_BY[sort_by]
    by = (column.asc(), endpoints.c.key) if order == "ASC" else (column.desc(), -endpoints.c.key)
    query = _select().where(where)
    total = query.count(db)
    rows = query.order_by(*by).limit(limit).offset((page - 1) * limit).dicts().execute(db)
    return [_standing(row) for row in rows], total


def _select() -> Any:
    return endpoints.select(endpoints.c.key, *ENDPOINT_COLUMNS, *HEALTH_COLUMNS).join(
        health, on=health.c.endpoint == endpoints.c.key
    )


def _standing(row: dict[str, Any]) -> Standing:
    return Standing(row["key"], endpoint_of(row), health_of(row))
