"""Can anything be stored? Heard from every transaction, told to clients, and tried for again.

The archive tells it how each came out. While nothing can be stored it tries every two seconds;
what was owed is told when it is stored. Holds no results itself: the archive owes them.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from backend.contract.events import StateEvent, StorageChanged
from backend.contract.self_health import RestorationView
from backend.contract.vocabulary import StorageTrouble
from backend.contract.wire import instant
from backend.engine.bus import Bus
from backend.engine.clock import Clock
from backend.storage.archive import Archive
from backend.storage.errors import ArchiveError
from backend.storage.recovery import Restoration

AGAIN_MS: Final = 2000

log = structlog.stdlib.get_logger(__name__)


class Storing:
    """Whether the archive stores.

    Attributes:
        trouble: why it does not; ``None`` while it does.
        failures: how many transactions could not be stored since the start.
    """

    def __init__(
        self, *, archive: Archive, bus: Bus, clock: Clock, restoration: Restoration | None = None
    ) -> None:
        """Listen to the archive from now on.

        Args:
            archive: what is listened to.
            bus: where it is told.
            clock: what tells the time.
            restoration: what became of the last damaged archive, to be told with it.
        """
        self._archive, self._bus, self._clock = archive, bus, clock
        self._restoration = None if restoration is None else restoration_view(restoration)
        self._since_ms = 0
        self._troubled = asyncio.Event()
        self._on_paid: list[Callable[[], None]] = []
        self.trouble: StorageTrouble | None = None
        self.failures = 0
        archive.watch(self)

    def now(self) -> StorageChanged:
        """Return how it stands."""
        return StorageChanged(
            trouble=self.trouble,
            since=None if self.trouble is None else instant(self._since_ms),
            restoration=self._restoration,
        )

    def when_stored_again(self, call: Callable[[], None]) -> None:
        """Call something each time all that was owed is stored."""
        self._on_paid.append(call)

    def stored(self, paid: tuple[StateEvent, ...]) -> None:
        """Hear that something was stored, and which events that were owed are numbered now."""
        if self.trouble is not None:
            log.info("results are stored again")
            self.trouble = None
            self._troubled.clear()
            self._bus.publish(self.now())
            for call in self._on_paid:
                call()
        for event in paid:
            self._bus.publish(event)

    def failed(self, trouble: StorageTrouble) -> None:
        """Hear that nothing can be stored, and why."""
        self.failures += 1
        if trouble is self.trouble:
            return
        if self.trouble is None:
            self._since_ms = self._clock.wall_ms()
        log.error("results cannot be stored", cause=trouble.value)
        self.trouble = trouble
        self._troubled.set()
        self._bus.publish(self.now())

    async def run(self) -> None:
        """While nothing can be stored, try it again and again, until cancelled."""
        while True:
            await self._troubled.wait()
            await self._clock.sleep_until(self._clock.monotonic_ms() + AGAIN_MS)
            try:
                await self._archive.try_to_store()
            except ArchiveError:
                continue  # heard of already, by ``failed``


def restoration_view(it: Restoration) -> RestorationView:
    """Return a restoration as clients are told it."""
    return RestorationView(
        at=instant(it.at_ms),
        origin=it.origin,
        backup_at=None if it.backup_ms is None else instant(it.backup_ms),
        damaged=it.damaged,
        cause=it.cause,
    )
