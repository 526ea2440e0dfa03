"""What this computer could not see, offline or asleep: its counter, and the queries below it.

The engine calls the counter, each method one job on the worker, one transaction, one answer; the
queries run on the worker's thread.
"""

from collections.abc import Sequence

from peewee import SqliteDatabase

from backend.contract.events import NetworkChanged, StateEvent
from backend.contract.resources import NetworkView, OfflineSpell
from backend.contract.wire import instant, unix_ms
from backend.storage import endpoints, event_log
from backend.storage.tables import Monitored
from backend.storage.worker import Transaction

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


class SightArchive:
    """Keeps when this computer was offline, and whose status became UNKNOWN by that."""

    def __init__(self, read: Transaction, write: Transaction) -> None:
        self._read = read
        self._write = write

    async def offline_since_ms(self) -> int | None:
        """Return since when this computer is offline, as it was last known."""
        return await self._read(open_since_ms)

    async def lose(
        self, unseen: Sequence[Monitored], events: Sequence[StateEvent]
    ) -> tuple[StateEvent, ...]:
        """Keep the new standings of endpoints that cannot be judged; return the events numbered.

        A change of the network among the events begins or ends a time offline.
        """

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            for monitored in unseen:
                key = endpoints.live_key(db, monitored.endpoint.id)
                endpoints.put_health(db, key, monitored.health)
            for event in events:
                if isinstance(event, NetworkChanged):
                    at_ms = unix_ms(event.since)
                    (end if event.online else begin)(db, at_ms)
            return event_log.append(db, events)

        return await self._write(job)
