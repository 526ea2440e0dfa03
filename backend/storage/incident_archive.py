"""The archive's counter for incidents: their lists, and what somebody says of them.

Called by the engine and the API. Each method is one job on the worker, one transaction, one answer.
"""

from collections.abc import Sequence
from typing import Literal

from peewee import SqliteDatabase

from backend.contract.events import StateEvent
from backend.contract.resources import IncidentView, Page
from backend.domain.incident import Incident
from backend.storage import endpoints, event_log, incidents, views
from backend.storage.worker import Transaction


class IncidentArchive:
    """Incidents, behind the archive's one thread."""

    def __init__(self, read: Transaction, write: Transaction) -> None:
        self._read = read
        self._write = write

    async def keep(
        self, incident: Incident, events: Sequence[StateEvent]
    ) -> tuple[StateEvent, ...]:
        """Keep what somebody said of an incident and return its events numbered."""

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            incidents.put(db, endpoints.live_key(db, incident.endpoint_id), incident)
            return event_log.append(db, events)

        return await self._write(job)

    async def page(
        self,
        *,
        endpoint_id: str | None,
        status: Literal["active", "resolved"] | None,
        page: int,
        limit: int,
    ) -> Page[IncidentView]:
        """Return one page of incidents, newest first, those of deleted endpoints included."""
        active = None if status is None else status == "active"
        return await self._read(
            lambda db: views.page_of_incidents(
                db, endpoint_id=endpoint_id, active=active, page=page, limit=limit
            )
        )
