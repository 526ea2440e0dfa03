"""Queries of the times in which this computer was offline.

Called by the archive on the worker's thread.
"""

from peewee import SqliteDatabase

from backend.contract.resources import NetworkView, OfflineSpell
from backend.contract.wire import instant

SHOWN = 50
"""How many of the newest a snapshot carries."""

KEPT = 1000

_NEWEST = "SELECT since_ms, until_ms FROM offline_spells ORDER BY since_ms DESC LIMIT ?"


def begin(db: SqliteDatabase, since_ms: int) -> None:
    """Keep that this computer is offline since then, and forget the oldest times."""
    db.execute_sql("INSERT OR IGNORE INTO offline_spells VALUES (?, NULL)", (since_ms,))
    db.execute_sql(
        "DELETE FROM offline_spells WHERE since_ms NOT IN "
        "(SELECT since_ms FROM offline_spells ORDER BY since_ms DESC LIMIT ?)",
        (KEPT,),
    )


def end(db: SqliteDatabase, until_ms: int) -> None:
    """Keep that it is online since then."""
    db.execute_sql("UPDATE offline_spells SET until_ms = ? WHERE until_ms IS NULL", (until_ms,))


def open_since_ms(db: SqliteDatabase) -> int | None:
    """Return since when it is offline, Unix milliseconds; ``None`` when it is not."""
    row = db.execute_sql(
        "SELECT since_ms FROM offline_spells WHERE until_ms IS NULL ORDER BY since_ms"
    ).fetchone()
    return None if row is None else int(row[0])


def network(db: SqliteDatabase) -> NetworkView:
    """Return how it stands, with the newest times offline."""
    rows = db.execute_sql(_NEWEST, (SHOWN,)).fetchall()
    spells = tuple(
        OfflineSpell(since=instant(since), until=None if until is None else instant(until))
        for since, until in rows
    )
    return NetworkView(online=all(until is not None for _, until in rows), spells=spells)
