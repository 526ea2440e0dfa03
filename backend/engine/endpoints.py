"""The commands: add, change, remove and restore an endpoint.

Called by the API. Each is stored first, then changes what is monitored, then is told; the answer
is the endpoint as it now is. Knows nothing of HTTP.
"""

import asyncio
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

from backend.alerts.herald import SILENT, Herald
from backend.contract.commands import EndpointDraft, EndpointPatch
from backend.contract.events import (
    EndpointCreated,
    EndpointDeleted,
    StateEvent,
)
from backend.contract.resources import DeletedView, EndpointView
from backend.contract.vocabulary import Resolution, Status
from backend.contract.wire import instant
from backend.domain.alerting import OutboxEntry
from backend.domain.endpoint import Endpoint, changed_fields, starts_anew
from backend.domain.health import Health, Transition
from backend.domain.incident import Incident, resolved
from backend.domain.views import endpoint_view, unknown_reason
from backend.engine.bus import Bus
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.engine.scheduler import Scheduler
from backend.engine.telling import endpoint_updated, incident_resolved, status_changed
from backend.storage.archive import Archive, Monitored
from backend.storage.errors import NoSuchEndpoint

_WORDS_ONLY: Final = frozenset({"name", "tags", "note", "updated_at_ms"})
"""Fields that say nothing about how or when an endpoint is checked."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """An edit and what follows from it."""

    before: Monitored
    after: Monitored
    closed: Incident | None
    restarts: bool
    rechecks: bool


class Endpoints:
    """Changes which endpoints there are, and what they are."""

    def __init__(
        self,
        *,
        archive: Archive,
        bus: Bus,
        clock: Clock,
        monitors: Monitors,
        scheduler: Scheduler,
        lock: asyncio.Lock,
        herald: Herald = SILENT,
    ) -> None:
        """Put the command's stations together; ``lock`` is the one the pipeline holds."""
        self._archive = archive
        self._bus = bus
        self._clock = clock
        self._monitors = monitors
        self._scheduler = scheduler
        self._lock = lock
        self._herald = herald

    async def add(self, draft: EndpointDraft) -> EndpointView:
        """Add an endpoint; an active one is checked at once.

        Raises:
            ArchiveError: it was not stored.
        """
        now_ms = self._clock.wall_ms()
        values = {name: getattr(draft, name) for name in EndpointDraft.model_fields}
        endpoint = Endpoint(id=str(uuid4()), created_at_ms=now_ms, updated_at_ms=now_ms, **values)
        view = endpoint_view(endpoint, Health())
        async with self._lock:
            numbered = await self._archive.add(endpoint, [_created(endpoint, view)])
            self._begin(endpoint, numbered)
        return view

    async def change(self, endpoint_id: str, patch: EndpointPatch) -> EndpointView:
        """Change some fields of an endpoint; without a difference nothing happens.

        What is asked or expected anew starts from UNKNOWN, and so does what is paused.

        Raises:
            NoSuchEndpoint: there is none.
            ArchiveError: it was not stored.
        """
        async with self._lock:
            before = self._get(endpoint_id)
            edit = _edit(before, patch, self._clock.wall_ms(), self._leapt_ms(before))
            if edit is None:
                return endpoint_view(before.endpoint, before.health)
            events = _edit_events(edit)
            alerts = self._alerts_of(edit)
            numbered = await self._archive.change(edit.after, events, edit.closed, alerts)
            (self._monitors.renew if edit.restarts else self._monitors.put)(edit.after)
            if not edit.after.endpoint.is_active:
                self._scheduler.forget(endpoint_id)
            elif edit.rechecks:
                self._scheduler.check_soon(endpoint_id)
            self._tell(numbered)
            self._herald.go(alerts)
            return endpoint_view(edit.after.endpoint, edit.after.health)

    async def remove(self, endpoint_id: str) -> DeletedView:
        """Delete an endpoint, to be restored within the retention time.

        Raises:
            NoSuchEndpoint: there is none.
            ArchiveError: it was not stored.
        """
        async with self._lock:
            monitored = self._get(endpoint_id)
            endpoint, now_ms = monitored.endpoint, self._clock.wall_ms()
            closed, events = _close(
                monitored, Resolution.DELETED, now_ms, self._leapt_ms(monitored)
            )
            events.append(
                EndpointDeleted(
                    endpoint_id=endpoint.id, endpoint_name=endpoint.name, name=endpoint.name
                )
            )
            alerts = self._herald.of_closing(
                endpoint, monitored.health, closed, Resolution.DELETED, now_ms
            )
            numbered = await self._archive.delete(endpoint_id, now_ms, events, closed, alerts)
            self._monitors.drop(endpoint_id)
            self._scheduler.forget(endpoint_id)
            self._tell(numbered)
            self._herald.go(alerts)
        return DeletedView(message="Endpoint deleted", deleted_at=instant(now_ms))

    async def restore(self, endpoint_id: str) -> EndpointView:
        """Take a deletion back; one that is not deleted stays as it is.

        Raises:
            NoSuchEndpoint: there is none, or it is no longer kept.
            ArchiveError: it was not stored.
        """
        async with self._lock:
            living = self._monitors.get(endpoint_id)
            if living is not None:
                return endpoint_view(living.endpoint, living.health)
            deleted = await self._archive.restore(endpoint_id)
            if deleted is None:
                raise NoSuchEndpoint(endpoint_id)
            endpoint = replace(deleted, updated_at_ms=self._clock.wall_ms())
            view = endpoint_view(endpoint, Health())
            numbered = await self._archive.undelete(endpoint, [_created(endpoint, view)])
            self._begin(endpoint, numbered)
        return view

    def _get(self, endpoint_id: str) -> Monitored:
        monitored = self._monitors.get(endpoint_id)
        if monitored is None:
            raise NoSuchEndpoint(endpoint_id)
        return monitored

    def _leapt_ms(self, monitored: Monitored) -> int:
        """Return how far the clock was set forward in the endpoint's open incident."""
        if monitored.incident is None:
            return 0
        return self._clock.leapt_ms(monitored.incident.started_at_ms)

    def _begin(self, endpoint: Endpoint, numbered: tuple[StateEvent, ...]) -> None:
        self._monitors.renew(Monitored(endpoint))
        if endpoint.is_active:
            self._scheduler.check_soon(endpoint.id)
        self._tell(numbered)

    def _alerts_of(self, edit: _Edit) -> tuple[OutboxEntry, ...]:
        """Return what an edit that starts anew ends for the channels that were told."""
        if not edit.restarts:
            return ()
        new = edit.after.endpoint
        resolution = Resolution.EDITED if new.is_active else Resolution.PAUSED
        return self._herald.of_closing(
            new, edit.before.health, edit.closed, resolution, new.updated_at_ms
        )

    def _tell(self, numbered: tuple[StateEvent, ...]) -> None:
        for event in numbered:
            self._bus.publish(event)


def _edit(before: Monitored, patch: EndpointPatch, now_ms: int, leapt_ms: int) -> _Edit | None:
    """Return what a patch makes of an endpoint; ``None`` where it makes no difference."""
    old = before.endpoint
    new = replace(old, **patch.changes())  # type: ignore[arg-type]  # the same names and types
    changed = changed_fields(old, new)
    if not changed:
        return None
    new = replace(new, updated_at_ms=now_ms)
    pauses = old.is_active and not new.is_active
    restarts = pauses or starts_anew(old, new)
    rechecks = bool(changed - _WORDS_ONLY)
    if not restarts:
        return _Edit(before, replace(before, endpoint=new), None, restarts, rechecks)
    # When it was last checked stays true, and keeps the times of its checks apart.
    fresh = Health(last_checked_ms=before.health.last_checked_ms)
    closed = None
    if before.incident is not None:
        resolution = Resolution.PAUSED if pauses else Resolution.EDITED
        closed = resolved(before.incident, resolution, now_ms, leapt_ms)
    return _Edit(before, Monitored(new, fresh), closed, restarts, rechecks)


def _edit_events(edit: _Edit) -> list[StateEvent]:
    """Return what tells an edit: the new endpoint first, then what follows from it."""
    before, after = edit.before, edit.after
    events: list[StateEvent] = [endpoint_updated(before, after)]
    if before.health.status is not after.health.status:
        at_ms = after.endpoint.updated_at_ms
        transition = Transition(before.health.status, Status.UNKNOWN, at_ms)
        reason = unknown_reason(after.endpoint, after.health)
        events.append(status_changed(after.endpoint, transition, reason=reason))
    if edit.closed is not None:
        events.append(incident_resolved(after.endpoint, edit.closed))
    return events


def _close(
    monitored: Monitored, resolution: Resolution, at_ms: int, leapt_ms: int
) -> tuple[Incident | None, list[StateEvent]]:
    """Return the endpoint's open incident closed, and what tells it."""
    if monitored.incident is None:
        return None, []
    closed = resolved(monitored.incident, resolution, at_ms, leapt_ms)
    return closed, [incident_resolved(monitored.endpoint, closed)]


def _created(endpoint: Endpoint, view: EndpointView) -> EndpointCreated:
    return EndpointCreated(endpoint_id=endpoint.id, endpoint_name=endpoint.name, **dict(view))
