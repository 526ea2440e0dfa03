"""Queries of the numbered events: appended by every change of the state, replayed to clients.

Called by the archive on the worker's thread, within the transaction that makes the change.
"""

import json
from collections.abc import Sequence
from typing import cast

from peewee import SqliteDatabase

from backend.contract.events import NetworkChanged, StateEvent, parse_event
from backend.storage.tables import events as table


def append(db: SqliteDatabase, events: Sequence[StateEvent]) -> tuple[StateEvent, ...]:
    """Keep events in their order and return them numbered."""
    return tuple(_append_one(db, event) for event in events)


def _append_one(db: SqliteDatabase, event: StateEvent) -> StateEvent:
    seq = table.insert(
        name=event.event.value,
        endpoint_id="" if isinstance(event, NetworkChanged) else event.endpoint_id,
        data=event.model_dump_json(by_alias=True, exclude={"seq"}),
    ).execute(db)
    return event.model_copy(update={"seq": seq})


def last_seq(db: SqliteDatabase) -> int:
    """Return the number last given, also when its event is gone; 0 before the first."""
    row = db.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
    return 0 if row is None else int(row[0])


def since(db: SqliteDatabase, seq: int) -> list[StateEvent] | None:
    """Return what came after a number, in order.

    ``None`` when some of it is no longer kept, or when that number was never given.
    """
    missed = last_seq(db) - seq
    if seq < 0 or missed < 0:
        return None
    rows = db.execute_sql("SELECT seq, name, data FROM events WHERE seq > ? ORDER BY seq", (seq,))
    found = [
        cast("StateEvent", parse_event(name, json.loads(data) | {"seq": number}))
        for number, name, data in rows
    ]
    return found if len(found) == missed else None


def keep_newest(db: SqliteDatabase, count: int) -> None:
    """Forget all but the newest events."""
    db.execute_sql("DELETE FROM events WHERE seq <= ?", (last_seq(db) - count,))
