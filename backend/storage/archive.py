"""The archive's counter: every method is one job on the worker, one transaction, one answer.

Called by the engine, the API and the gateway. A method that writes returns after the commit, so
what it returns may be told. Every method raises :class:`ArchiveError` when it cannot be done.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal, Self

from peewee import SqliteDatabase

from backend.contract.events import StateEvent
from backend.contract.resources import (
    CheckResults,
    EndpointDetail,
    EndpointView,
    IncidentDetail,
    Overview,
    Page,
    Snapshot,
)
from backend.contract.vocabulary import RECENT_CHECKS, Status
from backend.domain.alerting import OutboxEntry
from backend.domain.endpoint import Endpoint
from backend.domain.incident import Incident
from backend.storage import endpoints, event_log, history, incidents, outbox, retention, views
from backend.storage.alert_archive import AlertArchive
from backend.storage.database import Database
from backend.storage.incident_archive import IncidentArchive
from backend.storage.incidents import keep_evidence
from backend.storage.recent import Recent
from backend.storage.retention import Before
from backend.storage.spells import SightArchive
from backend.storage.statistics_archive import StatisticsArchive
from backend.storage.tables import Monitored, Record
from backend.storage.worker import WORD_S, Worker
from backend.storage.writing import StoringWatch, Writing
from backend.storage.written import WrittenArchive

__all__ = ["Archive", "Before", "EndpointOrder", "Monitored", "Order", "Record"]

EndpointOrder = Literal["name", "createdAt", "lastCheckedAt"]
Order = Literal["ASC", "DESC"]


class Archive:
    """All that is kept, behind one thread. Made by :meth:`open`."""

    epoch: str
    """Names this database: numbers of events mean nothing in another one."""

    def __init__(self, worker: Worker, database: Database, epoch: str) -> None:
        self._database = database
        self._writing = writing = Writing(worker, database)
        self.epoch = epoch
        self.alerts = AlertArchive(writing)
        self.incidents = IncidentArchive(writing.read, writing.write)
        self.sight = SightArchive(writing.read, writing.write)
        self._recent = Recent()
        self.written = WrittenArchive(writing.read, self._recent, epoch)
        self.statistics = StatisticsArchive(writing.read, writing.write_softly, self._recent)

    @classmethod
    @asynccontextmanager
    async def open(cls, directory: Path, word_s: float = WORD_S) -> AsyncIterator[Self]:
        """Open the archive in a directory, which is made if needed, until the block ends.

        Raises:
            DataDirectoryInUse: another process has it open.
            DataDirectoryNotWritable: it cannot be made or written.
            NewerDatabase: a newer program wrote it; it is left untouched.
        """
        with Worker() as worker:
            database = await worker.run_long(lambda: Database.open(directory), word_s)
            try:
                yield cls(worker, database, await worker.run(lambda: _epoch(database)))
            finally:
                await worker.run(database.close)

    @property
    def path(self) -> Path:
        """Where its file is."""
        return self._database.path

    async def load(self) -> list[Monitored]:
        """Return all endpoints that are not deleted."""

        def job(db: SqliteDatabase) -> list[Monitored]:
            open_ones = incidents.open_incidents(db)
            return [
                Monitored(it.endpoint, it.health, open_ones.get(it.endpoint.id))
                for it in endpoints.standings(db)
            ]

        return await self._writing.read(job)

    async def add(self, endpoint: Endpoint, events: Sequence[StateEvent]) -> tuple[StateEvent, ...]:
        """Keep a new endpoint and return its events numbered."""
        return await self.add_all([endpoint], events)

    async def add_all(
        self, new: Sequence[Endpoint], events: Sequence[StateEvent]
    ) -> tuple[StateEvent, ...]:
        """Keep new endpoints, all or none, and return their events numbered."""

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            for endpoint in new:
                endpoints.insert(db, endpoint)
            return event_log.append(db, events)

        return await self._writing.write(job)

    async def change(
        self,
        monitored: Monitored,
        events: Sequence[StateEvent],
        closed: Incident | None = None,
        alerts: Sequence[OutboxEntry] = (),
    ) -> tuple[StateEvent, ...]:
        """Keep an endpoint's new values and health, and the incident the change closed."""

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            key = endpoints.update(db, monitored.endpoint)
            endpoints.put_health(db, key, monitored.health)
            if closed is not None:
                incidents.put(db, key, closed)
            outbox.append(db, alerts)
            return event_log.append(db, events)

        return await self._writing.write(job)

    async def delete(
        self,
        endpoint_id: str,
        deleted_at_ms: int,
        events: Sequence[StateEvent],
        closed: Incident | None,
        alerts: Sequence[OutboxEntry] = (),
    ) -> tuple[StateEvent, ...]:
        """Hide an endpoint until it is restored or thinned out; its incidents keep its name."""

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            key = endpoints.soft_delete(db, endpoint_id, deleted_at_ms)
            if closed is not None:
                incidents.put(db, key, closed)
            outbox.append(db, alerts)
            return event_log.append(db, events)

        return await self._writing.write(job)

    async def restore(self, endpoint_id: str) -> Endpoint | None:
        """Look up a deleted endpoint, to be handed to :meth:`undelete`; writes nothing."""
        return await self._writing.read(lambda db: endpoints.deleted(db, endpoint_id))

    async def undelete(
        self, endpoint: Endpoint, events: Sequence[StateEvent]
    ) -> tuple[StateEvent, ...]:
        """Show a deleted endpoint again, as one that was never checked; its history is back."""

        def job(db: SqliteDatabase) -> tuple[StateEvent, ...]:
            endpoints.undelete(db, endpoint)
            return event_log.append(db, events)

        return await self._writing.write(job)

    async def record(self, record: Record) -> tuple[StateEvent, ...]:
        """Keep one check; see :meth:`record_all`."""
        return (await self.record_all([record]))[0]

    async def record_all(self, records: Sequence[Record]) -> list[tuple[StateEvent, ...]]:
        """Keep checks and all that follows from them, all or none; return the events numbered.

        Without events they are safe from a crash of the process, with them from a loss of power.

        Raises:
            NoSuchEndpoint: one was deleted meanwhile.
            NotStored: also when an endpoint has another open incident.
        """
        return await self._writing.write(
            lambda db: [self._record(db, it) for it in records],
            durable=any(it.events or it.alerts for it in records),
        )

    def owe(self, record: Record) -> None:
        """Keep a check that could not be kept as soon as anything can be."""
        self._writing.owe(lambda db: self._record(db, record))

    def _record(self, db: SqliteDatabase, record: Record) -> tuple[StateEvent, ...]:
        key = endpoints.live_key(db, record.check.endpoint_id)
        if history.append(db, key, record.check):
            self._recent.forget()
        endpoints.put_health(db, key, record.health)
        if record.incident is not None:
            incidents.put(db, key, record.incident)
        keep_evidence(db, key, record.check.at_ms, record.evidence)
        outbox.append(db, record.alerts)
        return event_log.append(db, record.events)

    def watch(self, watch: StoringWatch) -> None:
        """Tell ``watch`` from now on whether anything can be stored."""
        self._writing.watch(watch)

    async def try_to_store(self) -> None:
        """Store what is owed, or at least something, to find out whether it can be."""
        await self._writing.write(lambda db: db.execute_sql("UPDATE meta SET epoch = epoch"))

    async def snapshot(
        self,
        *,
        now_ms: int,
        checks_per_endpoint: int = RECENT_CHECKS,
        endpoint_id: str | None = None,
        compact: bool = False,
    ) -> Snapshot:
        """Return the present state and the number of the last event it includes.

        Args:
            now_ms: the end of the 24 hours the statistics cover, Unix milliseconds.
            checks_per_endpoint: how many of the last checks of each.
            endpoint_id: this endpoint alone; ``None`` for all.
            compact: the checks as rows.
        """
        return await self._writing.read(
            lambda db: views.snapshot(
                db,
                self._recent,
                epoch=self.epoch,
                now_ms=now_ms,
                checks_per_endpoint=checks_per_endpoint,
                endpoint_id=endpoint_id,
                compact=compact,
            )
        )

    async def events_since(self, seq: int) -> list[StateEvent] | None:
        """Return the events after a number in order; ``None`` where only a snapshot helps."""
        return await self._writing.read(lambda db: event_log.since(db, seq))

    async def view(self, endpoint_id: str) -> EndpointView | None:
        """Return one endpoint."""
        return await self._writing.read(lambda db: views.view(db, endpoint_id))

    async def detail(self, endpoint_id: str, now_ms: int) -> EndpointDetail | None:
        """Return one endpoint with its last 24 hours and newest incidents."""
        return await self._writing.read(lambda db: views.detail(db, endpoint_id, now_ms))

    async def page_of_endpoints(
        self,
        *,
        page: int,
        limit: int,
        status: Status | None,
        is_active: bool | None,
        sort_by: EndpointOrder,
        order: Order,
    ) -> Page[EndpointView]:
        """Return one page of endpoints; pages count from 1, ``None`` filters nothing."""
        return await self._writing.read(
            lambda db: views.page_of_endpoints(
                db,
                page=page,
                limit=limit,
                status=status,
                is_active=is_active,
                sort_by=sort_by,
                order=order,
            )
        )

    async def check_results(
        self, endpoint_id: str, *, start_ms: int, end_ms: int, limit: int
    ) -> CheckResults:
        """Return the newest checks of a span, both ends included; ``total`` counts all of it."""
        return await self._writing.read(
            lambda db: views.check_results(db, endpoint_id, start_ms, end_ms, limit)
        )

    async def incident(self, incident_id: str) -> IncidentDetail | None:
        """Return one incident with the checks made while it lasted."""
        return await self._writing.read(lambda db: views.incident(db, incident_id))

    async def overview(self, now_ms: int) -> Overview:
        """Return how all endpoints stand together."""
        return await self._writing.read(lambda db: views.overview(db, self._recent, now_ms))

    async def figures(self, now_ms: int) -> views.Figures:
        """Return how large it is, and how much waits in it."""
        return await self._writing.read(lambda db: views.figures(db, now_ms))

    async def thin(self, before: Before) -> None:
        """Remove what is too old and folded, in steps between which checks are stored."""
        await retention.thin(self._writing.write_softly, before)
        await self._writing.read(lambda _: self._recent.forget())


def _epoch(database: Database) -> str:
    with database.reading() as db:
        return str(db.execute_sql("SELECT epoch FROM meta").fetchone()[0])
