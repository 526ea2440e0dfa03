"""The commands on incidents: acknowledge one, snooze it, note something, take that back.

Called by the API. Stored first, then told, as every command. Knows nothing of HTTP.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from backend.alerts.herald import SILENT, Herald
from backend.contract.commands import IncidentAcknowledgement
from backend.contract.resources import IncidentView
from backend.contract.wire import unix_ms
from backend.domain.incident import Acknowledgement, Incident
from backend.domain.views import incident_view
from backend.engine.bus import Bus
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.engine.telling import incident_updated
from backend.storage.archive import Archive, Monitored
from backend.storage.errors import IncidentClosed, NoSuchIncident

LONGEST_SNOOZE_MS: Final = 366 * 86_400_000


class SnoozeRefused(ValueError):  # noqa: N818  # a decision, not an error
    """The snooze would end in the past, or later than anybody can mean."""


class Incidents:
    """Keeps what somebody says of open incidents."""

    def __init__(
        self,
        *,
        archive: Archive,
        bus: Bus,
        clock: Clock,
        monitors: Monitors,
        lock: asyncio.Lock,
        herald: Herald = SILENT,
    ) -> None:
        """Put the command's stations together; ``lock`` is the one the pipeline holds."""
        self._archive = archive
        self._bus = bus
        self._clock = clock
        self._monitors = monitors
        self._lock = lock
        self._herald = herald

    async def acknowledge(self, incident_id: str, said: IncidentAcknowledgement) -> IncidentView:
        """Keep that somebody knows of an incident; said again, it is changed.

        Raises:
            SnoozeRefused: its end is not within a year from now.
            NoSuchIncident: there is none.
            IncidentClosed: it is over.
            ArchiveError: it was not stored.
        """
        now_ms = self._clock.wall_ms()
        return await self._change(incident_id, lambda known: _acknowledged(known, said, now_ms))

    async def withdraw(self, incident_id: str) -> IncidentView:
        """Take an acknowledgement back, with its snooze and its note.

        Raises:
            NoSuchIncident: there is none.
            IncidentClosed: it is over.
            ArchiveError: it was not stored.
        """
        return await self._change(incident_id, lambda _known: None)

    async def _change(
        self,
        incident_id: str,
        step: Callable[[Acknowledgement | None], Acknowledgement | None],
    ) -> IncidentView:
        async with self._lock:
            monitored, incident = await self._open_one(incident_id)
            changed = replace(incident, acknowledgement=step(incident.acknowledgement))
            view = incident_view(changed, monitored.endpoint.name)
            if changed == incident:
                return view
            event = incident_updated(monitored.endpoint, changed)
            numbered = await self._archive.incidents.keep(changed, [event])
            self._monitors.put(replace(monitored, incident=changed))
            for told in numbered:
                self._bus.publish(told)
            self._herald.look_again()
            return view

    async def _open_one(self, incident_id: str) -> tuple[Monitored, Incident]:
        for monitored in self._monitors:
            incident = monitored.incident
            if incident is not None and incident.id == incident_id:
                return monitored, incident
        if await self._archive.incident(incident_id) is None:
            raise NoSuchIncident(incident_id)
        raise IncidentClosed


def _acknowledged(
    known: Acknowledgement | None, said: IncidentAcknowledgement, now_ms: int
) -> Acknowledgement:
    after = known or Acknowledgement(now_ms)
    if "note" in said.model_fields_set:
        after = replace(after, note=said.note or "")
    if said.says_snooze:
        after = replace(
            after,
            snoozed_until_ms=_end_of_snooze(said, now_ms),
            snoozed_to_recovery=said.until is not None,
        )
    return after


def _end_of_snooze(said: IncidentAcknowledgement, now_ms: int) -> int | None:
    if said.snooze_until is None:
        return None
    until_ms = unix_ms(said.snooze_until)
    if until_ms <= now_ms:
        raise SnoozeRefused("snoozeUntil must be in the future")
    if until_ms - now_ms > LONGEST_SNOOZE_MS:
        raise SnoozeRefused("snoozeUntil must be within a year from now")
    return until_ms
