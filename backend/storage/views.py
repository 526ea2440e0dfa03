"""The answers made of several tables: snapshot, detail, overview, an incident; and their size.

Called by the archive on the worker's thread, within one reading.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from peewee import SqliteDatabase

from backend.contract.resources import (
    CheckResults,
    EndpointDetail,
    EndpointName,
    EndpointState,
    EndpointView,
    IncidentCheck,
    IncidentDetail,
    IncidentView,
    Overview,
    Page,
    PageMeta,
    Snapshot,
    StatusBreakdown,
)
from backend.contract.vocabulary import Status
from backend.contract.wire import instant
from backend.domain.tiers import DAY_MS
from backend.domain.views import (
    check_status,
    check_view,
    compact_check,
    endpoint_view,
    incident_summary,
    incident_view,
    recent_check,
)
from backend.storage import endpoints, event_log, history, incidents, spells
from backend.storage.recent import Recent, Tally, of_one

CLOSED_INCIDENTS = 50
"""How many closed incidents a snapshot carries."""

RECENT_INCIDENTS = 10
"""How many incidents an endpoint's own page shows."""

CHECKS_OF_INCIDENT = 1000
"""How many checks an incident shows, counted from its beginning."""


def snapshot(
    db: SqliteDatabase,
    tallied: Recent,
    *,
    epoch: str,
    now_ms: int,
    checks_per_endpoint: int,
    endpoint_id: str | None,
    compact: bool,
) -> Snapshot:
    """Return the present state of all endpoints, or of one."""
    standings = endpoints.standings(db, endpoint_id)
    only = standings[0].key if endpoint_id is not None and standings else None
    tallies = tallied.of_all(db, now_ms) if only is None else {only: of_one(db, only, now_ms)}
    asked = (db, checks_per_endpoint, only)
    checks = {} if compact else history.recent(*asked, recent_check)
    rows = history.recent(*asked, compact_check) if compact else {}
    return Snapshot(
        seq=event_log.last_seq(db),
        epoch=epoch,
        endpoints=tuple(
            EndpointState(
                endpoint=endpoint_view(standing.endpoint, standing.health),
                statistics=tallies[standing.key].statistics(),
                checks=tuple(checks.get(standing.key, ())),
                rows=tuple(rows.get(standing.key, ())),
            )
            for standing in standings
        ),
        incidents=incidents.latest(db, CLOSED_INCIDENTS, endpoint_id),
        network=spells.network(db),
    )


def view(db: SqliteDatabase, endpoint_id: str) -> EndpointView | None:
    """Return one endpoint."""
    for it in endpoints.standings(db, endpoint_id):
        return endpoint_view(it.endpoint, it.health)
    return None


def detail(db: SqliteDatabase, endpoint_id: str, now_ms: int) -> EndpointDetail | None:
    """Return an endpoint with its last 24 hours and its newest incidents."""
    for standing in endpoints.standings(db, endpoint_id):
        newest = incidents.newest_of(db, endpoint_id, RECENT_INCIDENTS)
        view = endpoint_view(standing.endpoint, standing.health)
        return EndpointDetail(
            **dict(view),
            statistics=of_one(db, standing.key, now_ms).statistics(),
            recent_incidents=tuple(incident_summary(incident) for incident in newest),
        )
    return None


def incident(db: SqliteDatabase, incident_id: str) -> IncidentDetail | None:
    """Return an incident with the checks that were made while it lasted."""
    found = incidents.find(db, incident_id)
    if found is None:
        return None
    it, name, url = found
    end_ms = 2**62 if it.resolved_at_ms is None else it.resolved_at_ms
    checks, _ = history.between(
        db, it.endpoint_id, it.started_at_ms, end_ms, CHECKS_OF_INCIDENT, newest=False
    )
    return IncidentDetail(
        **dict(incident_view(it, name)),
        endpoint=EndpointName(name=name, url=url),
        evidence=incidents.find_evidence(db, it.endpoint_id, it.started_at_ms),
        check_results=tuple(
            IncidentCheck(
                checked_at=instant(check.at_ms),
                status=check_status(check),
                error_message=check.message,
            )
            for check in checks
        ),
    )


def overview(db: SqliteDatabase, tallied: Recent, now_ms: int) -> Overview:
    """Return how all endpoints stand together, and their last 24 hours as one."""
    since_ms = now_ms - DAY_MS
    statuses = Counter(endpoints.statuses(db))
    whole = Tally()
    for tally in tallied.of_all(db, now_ms).values():
        whole.add(tally)
    active, begun = incidents.count(db, since_ms)
    return Overview(
        total_endpoints=statuses.total(),
        status_breakdown=StatusBreakdown(
            up=statuses[Status.UP],
            down=statuses[Status.DOWN],
            degraded=statuses[Status.DEGRADED],
            unknown=statuses[Status.UNKNOWN],
        ),
        overall_uptime=whole.uptime,
        active_incidents=active,
        total_incidents_last24h=begun,
        average_response_time=whole.mean_latency_ms,
    )


def page_of_endpoints(
    db: SqliteDatabase,
    *,
    page: int,
    limit: int,
    status: Status | None,
    is_active: bool | None,
    sort_by: str,
    order: str,
) -> Page[EndpointView]:
    """Return one page of endpoints."""
    found, total = endpoints.page(
        db,
        page=page,
        limit=limit,
        status=status,
        is_active=is_active,
        sort_by=sort_by,
        order=order,
    )
    shown = tuple(endpoint_view(it.endpoint, it.health) for it in found)
    return Page[EndpointView](data=shown, meta=_meta(total, page, limit))


def page_of_incidents(
    db: SqliteDatabase, *, endpoint_id: str | None, active: bool | None, page: int, limit: int
) -> Page[IncidentView]:
    """Return one page of incidents."""
    found, total = incidents.page(
        db, endpoint_id=endpoint_id, active=active, page=page, limit=limit
    )
    return Page[IncidentView](data=tuple(found), meta=_meta(total, page, limit))


def check_results(
    db: SqliteDatabase, endpoint_id: str, start_ms: int, end_ms: int, limit: int
) -> CheckResults:
    """Return the newest checks of a span."""
    found, total = history.between(db, endpoint_id, start_ms, end_ms, limit, newest=True)
    results = tuple(check_view(check) for check in found)
    return CheckResults(endpoint_id=endpoint_id, results=results, total=total)


def _meta(total: int, page: int, limit: int) -> PageMeta:
    return PageMeta(total=total, page=page, limit=limit, total_pages=-(-total // limit))


_DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Figures:
    """Sizes are of the database file, without its write-ahead log. Times are Unix milliseconds.

    ``alerts_given_up`` are those of the last 24 hours.
    """

    database_bytes: int
    alerts_waiting: int
    alerts_waiting_since_ms: int | None
    alerts_given_up: int


def figures(db: SqliteDatabase, now_ms: int) -> Figures:
    """Return them as they are now."""
    (pages,) = db.execute_sql("PRAGMA page_count").fetchone()
    (page_bytes,) = db.execute_sql("PRAGMA page_size").fetchone()
    waiting, since_ms = db.execute_sql(
        "SELECT count(*), min(at_ms) FROM outbox WHERE state = 'pending'"
    ).fetchone()
    (given_up,) = db.execute_sql(
        "SELECT count(*) FROM outbox WHERE state = 'failed' AND settled_ms >= ?",
        (now_ms - _DAY_MS,),
    ).fetchone()
    return Figures(pages * page_bytes, waiting, since_ms, given_up)
