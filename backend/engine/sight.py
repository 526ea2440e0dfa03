"""Losing sight: what this computer could not watch becomes UNKNOWN, all at once.

Called when it went offline or was asleep. Stored in one transaction, then told, as every change.
"""

import asyncio
from collections.abc import Callable

from backend.contract.events import NetworkChanged, StateEvent
from backend.contract.vocabulary import UnknownReason
from backend.domain.endpoint import Endpoint
from backend.domain.health import lose_sight
from backend.engine.bus import Bus
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.engine.telling import status_changed
from backend.storage.archive import Archive, Monitored


class Sight:
    """Takes the standing of many endpoints back. No incident is touched, nobody is alerted."""

    def __init__(
        self, *, archive: Archive, bus: Bus, clock: Clock, monitors: Monitors, lock: asyncio.Lock
    ) -> None:
        """Put the stations together; ``lock`` is the one the pipeline holds."""
        self._archive = archive
        self._bus = bus
        self._clock = clock
        self._monitors = monitors
        self._lock = lock

    async def lose(
        self,
        reason: UnknownReason,
        lost: Callable[[Endpoint], bool],
        change: NetworkChanged | None = None,
    ) -> None:
        """Make the active endpoints of which ``lost`` says so UNKNOWN, and tell it.

        Args:
            reason: why.
            lost: says of an endpoint whether it is out of sight.
            change: what is told before.

        Raises:
            ArchiveError: it was not stored, so nothing happened.
        """
        async with self._lock:
            unseen: list[Monitored] = []
            events: list[StateEvent] = [] if change is None else [change]
            for before in self._monitors:
                if not (before.endpoint.is_active and lost(before.endpoint)):
                    continue
                health, transition = lose_sight(before.health, reason, self._clock.wall_ms())
                if transition is not None:
                    unseen.append(Monitored(before.endpoint, health, before.incident))
                    events.append(status_changed(before.endpoint, transition, reason=reason))
            await self._tell(unseen, events)

    async def tell(self, change: NetworkChanged) -> None:
        """Store and tell a change of the network that takes nobody out of sight.

        Raises:
            ArchiveError: it was not stored, so nothing happened.
        """
        async with self._lock:
            await self._tell([], [change])

    async def _tell(self, unseen: list[Monitored], events: list[StateEvent]) -> None:
        if not events:
            return
        numbered = await self._archive.sight.lose(unseen, events)
        for monitored in unseen:
            self._monitors.put(monitored)
        for event in numbered:
            self._bus.publish(event)
