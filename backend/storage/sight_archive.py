"""The archive's counter for what this computer could not see: offline, or asleep.

Called by the engine. Each method is one job on the worker, one transaction, one answer.
"""

from collections.abc import Sequence

from peewee import SqliteDatabase

from backend.contract.events import NetworkChanged, StateEvent
from backend.storage import endpoints, event_log, spells
from backend.storage.records import Monitored
from backend.storage.worker import Transaction


class SightArchive:
    """Keeps when this computer was offline, and whose status became UNKNOWN by that."""

    def __init__(self, read: Transaction, write: Transaction) -> None:
        self._read = read
        self._write = write

    async def offline_since_ms(self) -> int | None:
        """Return since when this computer is offline, as it was last known."""
        return await self._read(spells.open_since_ms)

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
                    at_ms = round(event.since.timestamp() * 1000)
                    (spells.end if event.online else spells.begin)(db, at_ms)
            return event_log.append(db, events)

        return await self._write(job)
