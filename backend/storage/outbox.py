"""Queries of the outbox: what is to be told, what was tried, and what came of it.

Called by the archive within the transaction that changes the state, and by the alerts' archive;
always on the worker's thread.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from peewee import SqliteDatabase, fn

from backend.contract.vocabulary import DeliveryState, Status
from backend.domain.alert_plan import SAME_STATUS_MS, Desk, OpenAlert, Pending
from backend.domain.alerting import ENDINGS, OutboxEntry
from backend.storage.alert_tables import entry_of, entry_row, outbox

AT_ONCE = 500
"""How many waiting alerts of a channel are looked at together, the oldest first."""

# What is told of a beginning holds while it is so; an end holds while no incident is open anew.
_PENDING = """
    SELECT o.*, CASE
        WHEN o.kind IN ('down', 'reminder') THEN EXISTS (
            SELECT 1 FROM incidents i WHERE i.id = o.subject AND i.resolved_at_ms IS NULL)
        WHEN o.kind = 'degraded' THEN EXISTS (
            SELECT 1 FROM endpoints e JOIN health h ON h.endpoint = e.key
            WHERE e.id = o.endpoint_id AND e.deleted_at_ms IS NULL AND h.status = 'DEGRADED')
        ELSE NOT EXISTS (
            SELECT 1 FROM endpoints e JOIN incidents i ON i.endpoint = e.key
            WHERE e.id = o.endpoint_id AND i.resolved_at_ms IS NULL)
        END AS holds, EXISTS (
            SELECT 1 FROM incidents i WHERE i.id = o.subject
            AND (i.snoozed_to_recovery OR i.snoozed_until_ms > ?)) AS snoozed
    FROM outbox o WHERE o.channel_id = ? AND o.state = 'pending' ORDER BY o.key LIMIT ?
"""
# SQLite takes the other columns of a group from the row with the maximum.
_TOLD = """
    SELECT endpoint_id, status, max(key) FROM outbox
    WHERE channel_id = ? AND state IN ('delivered', 'merged') AND endpoint_id IN (
        SELECT endpoint_id FROM outbox WHERE channel_id = ? AND state = 'pending'
        UNION ALL SELECT value FROM json_each(?))
    GROUP BY endpoint_id
"""
_TOLD_AT = """
    SELECT endpoint_id, status, max(settled_ms) FROM outbox
    WHERE channel_id = ? AND state = 'delivered' AND settled_ms >= ? AND endpoint_id IN (
        SELECT endpoint_id FROM outbox WHERE channel_id = ? AND state = 'pending'
        UNION ALL SELECT value FROM json_each(?))
    GROUP BY endpoint_id, status
"""
_OPEN_ALERTS = """
    SELECT o.*, (SELECT max(settled_ms) FROM outbox r
                 WHERE r.subject = o.subject AND r.channel_id = o.channel_id
                   AND r.state != 'pending') AS last_told_ms,
                (SELECT count(*) FROM outbox r
                 WHERE r.subject = o.subject AND r.channel_id = o.channel_id
                   AND r.kind = 'reminder') AS reminders,
                i.snoozed_until_ms, i.snoozed_to_recovery
    FROM incidents i JOIN outbox o ON o.subject = i.id
    WHERE i.resolved_at_ms IS NULL AND o.channel_id = ? AND o.kind = 'down'
      AND o.state = 'delivered'
      AND NOT EXISTS (SELECT 1 FROM outbox r WHERE r.subject = o.subject
                      AND r.channel_id = o.channel_id AND r.state = 'pending')
"""
_TROUBLED = """
    SELECT status IN ('DOWN', 'DEGRADED') FROM outbox
    WHERE channel_id = ? AND endpoint_id = ? AND state NOT IN ('dropped', 'failed')
    ORDER BY key DESC LIMIT 1
"""
# The newest that was told of an endpoint stays, however old: it is what the channel believes.
_THIN = """
    DELETE FROM outbox WHERE state != 'pending' AND settled_ms < ? AND key NOT IN (
        SELECT max(key) FROM outbox WHERE state IN ('delivered', 'merged')
        GROUP BY channel_id, endpoint_id)
"""


def append(db: SqliteDatabase, entries: Iterable[OutboxEntry]) -> None:
    """Keep alerts that are not kept yet; an end only where the beginning went.

    One for a channel that was removed meanwhile is left out.
    """
    for entry in entries:
        if not _channel_exists(db, entry.channel_id):
            continue
        if entry.notice.kind in ENDINGS and not _believes_in_trouble(db, entry):
            continue
        outbox.insert(**entry_row(entry)).on_conflict_ignore().execute(db)


def _channel_exists(db: SqliteDatabase, channel_id: str) -> bool:
    found = db.execute_sql("SELECT 1 FROM channels WHERE id = ?", (channel_id,)).fetchone()
    return found is not None


def _believes_in_trouble(db: SqliteDatabase, entry: OutboxEntry) -> bool:
    found = db.execute_sql(_TROUBLED, (entry.channel_id, entry.notice.endpoint_id)).fetchone()
    return found is not None and bool(found[0])


def desk(db: SqliteDatabase, channel_id: str, now_ms: int, about: Sequence[str] = ()) -> Desk:
    """Return all that the plan of a channel depends on.

    Args:
        db: the archive.
        channel_id: whose.
        now_ms: the present, Unix milliseconds.
        about: endpoints of which alerts wait elsewhere.
    """
    others = json.dumps(list(about))
    told = db.execute_sql(_TOLD, (channel_id, channel_id, others))
    since_ms = now_ms - SAME_STATUS_MS
    told_at = db.execute_sql(_TOLD_AT, (channel_id, since_ms, channel_id, others))
    (last_try_ms,) = db.execute_sql(
        "SELECT max(last_try_ms) FROM outbox WHERE channel_id = ?", (channel_id,)
    ).fetchone()
    held = db.execute_sql(
        "SELECT held_until_ms FROM channels WHERE id = ?", (channel_id,)
    ).fetchone()
    return Desk(
        pending=tuple(_pending(row) for row in _rows(db, _PENDING, (now_ms, channel_id, AT_ONCE))),
        told={endpoint_id: Status(status) for endpoint_id, status, _ in told},
        told_at_ms={(endpoint_id, Status(status)): at for endpoint_id, status, at in told_at},
        open_alerts=tuple(
            OpenAlert(
                entry_of(row),
                row["last_told_ms"],
                row["reminders"],
                row["snoozed_until_ms"],
                bool(row["snoozed_to_recovery"]),
            )
            for row in _rows(db, _OPEN_ALERTS, (channel_id,))
        ),
        last_try_ms=last_try_ms,
        held_until_ms=None if held is None else held[0],
    )


def begin(db: SqliteDatabase, ids: Sequence[str], now_ms: int) -> None:
    """Note that a delivery begins, so that a crash in the middle of it is known."""
    outbox.update(
        attempts=outbox.c.attempts + 1,
        last_try_ms=now_ms,
        next_try_ms=None,
        first_try_ms=fn.coalesce(outbox.c.first_try_ms, now_ms),
    ).where(outbox.c.id.in_(list(ids))).execute(db)


def settle(
    db: SqliteDatabase, ids: Sequence[str], state: DeliveryState, now_ms: int, error: str | None
) -> None:
    """Note how alerts ended: delivered, dropped, merged or given up."""
    outbox.update(state=state.value, settled_ms=now_ms, next_try_ms=None, error=error).where(
        outbox.c.id.in_(list(ids)) & (outbox.c.state == DeliveryState.PENDING.value)
    ).execute(db)


def postpone(
    db: SqliteDatabase,
    ids: Sequence[str],
    next_try_ms: int,
    error: str,
    reached: Sequence[str],
) -> None:
    """Note that a delivery failed, when it is tried again, and which targets have it already."""
    outbox.update(next_try_ms=next_try_ms, error=error, reached=json.dumps(list(reached))).where(
        outbox.c.id.in_(list(ids)) & (outbox.c.state == DeliveryState.PENDING.value)
    ).execute(db)


def thin(db: SqliteDatabase, settled_before_ms: int) -> None:
    """Forget what was settled before a time, but for what channels still believe."""
    db.execute_sql(_THIN, (settled_before_ms,))


def page(
    db: SqliteDatabase,
    *,
    channel_id: str | None,
    endpoint_id: str | None,
    state: DeliveryState | None,
    page: int,
    limit: int,
) -> tuple[list[dict[str, Any]], int]:
    """Return one page of rows, newest first, and how many there are on all pages."""
    query = outbox.select(*_LOG_COLUMNS)
    if channel_id is not None:
        query = query.where(outbox.c.channel_id == channel_id)
    if endpoint_id is not None:
        query = query.where(outbox.c.endpoint_id == endpoint_id)
    if state is not None:
        query = query.where(outbox.c.state == state.value)
    total = query.count(db)
    rows = query.order_by(outbox.c.key.desc()).limit(limit).offset((page - 1) * limit)
    return list(rows.dicts().execute(db)), total


def _pending(row: dict[str, Any]) -> Pending:
    return Pending(
        entry=entry_of(row),
        holds=bool(row["holds"]),
        attempts=row["attempts"],
        first_try_ms=row["first_try_ms"],
        next_try_ms=row["next_try_ms"],
        reached=tuple(json.loads(row["reached"])),
        snoozed=bool(row["snoozed"]),
    )


def _rows(db: SqliteDatabase, sql: str, values: tuple[object, ...]) -> list[dict[str, Any]]:
    cursor = db.execute_sql(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


_LOG_COLUMNS = tuple(
    outbox.c[name]
    for name in (
        "id",
        "channel_id",
        "channel_name",
        "endpoint_id",
        "kind",
        "status",
        "at_ms",
        "number",
        "notice",
        "state",
        "attempts",
        "next_try_ms",
        "settled_ms",
        "error",
    )
)
