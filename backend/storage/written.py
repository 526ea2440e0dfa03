"""The snapshot as text: put together from what SQLite and this file write, not from models.

Every client that comes asks for all endpoints with their last checks, which are tens of thousands
of values. SQLite writes the checks, outside of the interpreter's lock; what the user set is written
once per edit; what moves with every check is written each time. Says the same as
:func:`backend.storage.views.snapshot` with ``compact``. Called by the archive's counter.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from peewee import SqliteDatabase

from backend.contract.resources import IncidentView
from backend.contract.vocabulary import RECENT_CHECKS, UnknownReason
from backend.contract.wire import format_instant, instant
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.domain.views import endpoint_view
from backend.storage import event_log, incidents, spells
from backend.storage.recent import Recent, Tally
from backend.storage.tables import ENDPOINT_COLUMNS, endpoint_of, endpoints, health
from backend.storage.views import CLOSED_INCIDENTS
from backend.storage.worker import Transaction

_SETTINGS: Final = tuple(field.name for field in fields(Endpoint))
_IS_ACTIVE: Final = _SETTINGS.index("is_active")
_STANDING: Final = (
    health.c.status,
    health.c.last_latency_ms,
    health.c.last_checked_ms,
    health.c.consecutive_failures,
    health.c.last_error,
    health.c.unknown_reason,
    health.c.since_ms,
)
# Of each endpoint one range of its checks is read, from its end; group_concat keeps their order.
_ROWS: Final = """
    SELECT key, (
        SELECT group_concat(line) FROM (
            SELECT json_array(
                at_ms, CASE WHEN NOT success THEN 0 WHEN degraded THEN 2 ELSE 1 END,
                latency_ms, status_code, message
            ) AS line
            FROM (
                SELECT at_ms, success, degraded, latency_ms, status_code, message
                FROM checks WHERE endpoint = key ORDER BY at_ms DESC LIMIT ?
            )
            ORDER BY at_ms
        )
    )
    FROM endpoints WHERE deleted_at_ms IS NULL
"""
_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True)
class WrittenSnapshot:
    """A compact snapshot of all endpoints; ``text`` is its JSON."""

    seq: int
    epoch: str
    text: str


class WrittenArchive:
    """Writes snapshots."""

    def __init__(self, read: Transaction, tallied: Recent, epoch: str) -> None:
        self._read, self._tallied, self._epoch = read, tallied, epoch
        self._settings: dict[int, tuple[tuple[Any, ...], str]] = {}

    async def snapshot(
        self, now_ms: int, checks_per_endpoint: int = RECENT_CHECKS, *, packed: bool = False
    ) -> WrittenSnapshot:
        """Return the present state and the number of the last event it includes.

        Args:
            now_ms: the end of the 24 hours the statistics cover, Unix milliseconds.
            checks_per_endpoint: how many of the last checks of each.
            packed: those of each as a text.
        """
        return await self._read(lambda db: self._snapshot(db, now_ms, checks_per_endpoint, packed))

    def _snapshot(
        self, db: SqliteDatabase, now_ms: int, checks: int, packed: bool
    ) -> WrittenSnapshot:
        seq = event_log.last_seq(db)
        tallies = self._tallied.of_all(db, now_ms)
        rows = dict(db.execute_sql(_ROWS, (checks,)))
        states = []
        for key, *values in _endpoints(db):
            settings, standing = tuple(values[: len(_SETTINGS)]), values[len(_SETTINGS) :]
            checked = _rows(rows[key] or "", packed)
            states.append(
                f'{{"endpoint":{{{self._settings_of(key, settings)},'
                f"{_standing(bool(settings[_IS_ACTIVE]), standing)}}},"
                f'"statistics":{_statistics(tallies[key])},"checks":[],{checked}}}'
            )
        shown = incidents.latest(db, CLOSED_INCIDENTS, None)
        network = spells.network(db).model_dump_json(by_alias=True)
        text = (
            f'{{"seq":{seq},"epoch":{_json(self._epoch)},"endpoints":[{",".join(states)}],'
            f'"incidents":[{",".join(map(_incident, shown))}],"network":{network}}}'
        )
        self._forget_but(rows)
        return WrittenSnapshot(seq, self._epoch, text)

    def _settings_of(self, key: int, settings: tuple[Any, ...]) -> str:
        """Return what the user set, as the inside of an object; the same text until an edit."""
        known = self._settings.get(key)
        if known is not None and known[0] == settings:
            return known[1]
        endpoint = endpoint_of(dict(zip(_SETTINGS, settings, strict=True)))
        view = endpoint_view(endpoint, Health()).to_wire()
        text = _inside({name: it for name, it in view.items() if name not in _MOVES})
        self._settings[key] = settings, text
        return text

    def _forget_but(self, living: dict[int, str]) -> None:
        if len(self._settings) > len(living):
            self._settings = {key: it for key, it in self._settings.items() if key in living}


_MOVES: Final = frozenset(
    {
        "currentStatus",
        "lastResponseTime",
        "lastCheckedAt",
        "consecutiveFailures",
        "lastError",
        "unknownReason",
        "statusSince",
    }
)
"""What of an endpoint a check may change."""


def _endpoints(db: SqliteDatabase) -> Iterable[tuple[Any, ...]]:
    """Return key, settings and standing of every endpoint, oldest first."""
    columns = (endpoints.c.key, *ENDPOINT_COLUMNS, *_STANDING)
    query = endpoints.select(*columns).join(health, on=health.c.endpoint == endpoints.c.key)
    living = query.where(endpoints.c.deleted_at_ms.is_null()).order_by(endpoints.c.key)
    found: Iterable[tuple[Any, ...]] = living.tuples().execute(db)
    return found


def _standing(is_active: bool, standing: Sequence[Any]) -> str:
    """Write the columns :data:`_STANDING`."""
    status, latency_ms, checked_ms, failures, error, unknown_reason, since_ms = standing
    return _inside(
        {
            "currentStatus": status,
            "lastResponseTime": latency_ms,
            "lastCheckedAt": _instant(checked_ms),
            "consecutiveFailures": failures,
            "lastError": error,
            "unknownReason": unknown_reason if is_active else UnknownReason.PAUSED.value,
            "statusSince": _instant(since_ms),
        }
    )


def _statistics(tally: Tally) -> str:
    return _json(
        {
            "uptime24h": tally.uptime,
            "totalChecks24h": tally.checks,
            "avgResponseTime24h": tally.mean_latency_ms,
        }
    )


def _rows(rows: str, packed: bool) -> str:
    """Write the rows of one endpoint, which SQLite has put one behind the other."""
    return f'"rows":[],"packed":{_json(f"[{rows}]")}' if packed else f'"rows":[{rows}],"packed":""'


def _incident(incident: IncidentView) -> str:
    return incident.model_dump_json(by_alias=True)


def _instant(at_ms: int | None) -> str | None:
    return None if at_ms is None else format_instant(instant(at_ms))


def _inside(values: dict[str, object]) -> str:
    return _json(values)[1:-1]
