"""Forgets what is too old, once an hour, in steps between which checks are stored as ever.

Run by the composition root. What is kept how long is said here; how it is removed, the archive
knows.
"""

from typing import Final

import structlog

from backend.engine.clock import Clock
from backend.storage.archive import Archive
from backend.storage.errors import ArchiveError

_HOUR_MS: Final = 3600 * 1000
_DAY_MS: Final = 24 * _HOUR_MS

FIRST_AFTER_MS: Final = 60 * 1000
EVERY_MS: Final = _HOUR_MS
CHECKS_KEPT_MS: Final = 7 * _DAY_MS
DELETED_KEPT_MS: Final = 30 * _DAY_MS
ALERTS_KEPT_MS: Final = 90 * _DAY_MS
EVENTS_KEPT: Final = 10_000

log = structlog.stdlib.get_logger(__name__)


class Retention:
    """Thins the archive out while the backend runs."""

    def __init__(self, *, archive: Archive, clock: Clock) -> None:
        self._archive = archive
        self._clock = clock
        self._works = True

    async def run(self) -> None:
        """Thin out again and again, until cancelled."""
        due_ms = self._clock.monotonic_ms() + FIRST_AFTER_MS
        while True:
            await self._clock.sleep_until(due_ms)
            await self._thin()
            due_ms = self._clock.monotonic_ms() + EVERY_MS

    async def _thin(self) -> None:
        now_ms = self._clock.wall_ms()
        try:
            await self._archive.thin(
                checks_before_ms=now_ms - CHECKS_KEPT_MS,
                events_before_seq_keep=EVENTS_KEPT,
                deleted_before_ms=now_ms - DELETED_KEPT_MS,
            )
            await self._archive.alerts.thin(now_ms - ALERTS_KEPT_MS)
        except ArchiveError as error:
            if self._works:
                log.warning("old rows cannot be removed", cause=str(error))
            self._works = False
        else:
            self._works = True
