"""Folds what is over and forgets what is too old, in steps between which checks are stored as ever.

Run by the composition root. What is kept how long is said here; how it is folded and removed, the
archive knows.
"""

from dataclasses import dataclass
from typing import Final

import structlog

from backend.engine.clock import Clock
from backend.sparing import give_back
from backend.storage.archive import Archive, Before
from backend.storage.errors import ArchiveError

_MINUTE_MS: Final = 60 * 1000
_HOUR_MS: Final = 60 * _MINUTE_MS
_DAY_MS: Final = 24 * _HOUR_MS

FOLD_EVERY_MS: Final = _MINUTE_MS
THIN_EVERY_MS: Final = _HOUR_MS
DELETED_KEPT_MS: Final = 30 * _DAY_MS
ALERTS_KEPT_MS: Final = 90 * _DAY_MS
EVENTS_KEPT: Final = 10_000

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """How long each grain of the history is kept, in the units people set it in.

    Days are kept for ever. Whatever is set, nothing goes before it is folded into what is coarser.
    """

    checks_days: int = 7
    minutes_hours: int = 48
    hours_days: int = 90

    @property
    def checks_ms(self) -> int:
        """How long single checks are kept."""
        return self.checks_days * _DAY_MS

    @property
    def minutes_ms(self) -> int:
        """How long minutes are kept."""
        return self.minutes_hours * _HOUR_MS

    @property
    def hours_ms(self) -> int:
        """How long hours are kept."""
        return self.hours_days * _DAY_MS


class Retention:
    """Keeps the history small while the backend runs."""

    def __init__(self, *, archive: Archive, clock: Clock, kept: Kept | None = None) -> None:
        self._archive = archive
        self._clock = clock
        self._kept = kept or Kept()
        self._works = True

    async def run(self) -> None:
        """Fold every minute and thin out every hour, until cancelled."""
        due_ms = thin_ms = self._clock.monotonic_ms() + FOLD_EVERY_MS
        while True:
            await self._clock.sleep_until(due_ms)
            thins = self._clock.monotonic_ms() >= thin_ms
            await self._tidy(thins)
            give_back()
            now_ms = self._clock.monotonic_ms()
            due_ms = now_ms + FOLD_EVERY_MS
            if thins:
                thin_ms = now_ms + THIN_EVERY_MS

    async def _tidy(self, thins: bool) -> None:
        now_ms = self._clock.wall_ms()
        try:
            await self._archive.statistics.fold(now_ms)
            if thins:
                await self._archive.thin(self._too_old(now_ms))
                await self._archive.alerts.thin(now_ms - ALERTS_KEPT_MS)
        except ArchiveError as error:
            if self._works:
                log.warning("the history cannot be tidied", cause=str(error))
            self._works = False
        else:
            self._works = True

    def _too_old(self, now_ms: int) -> Before:
        return Before(
            checks_ms=now_ms - self._kept.checks_ms,
            minutes_ms=now_ms - self._kept.minutes_ms,
            hours_ms=now_ms - self._kept.hours_ms,
            deleted_ms=now_ms - DELETED_KEPT_MS,
            events_kept=EVENTS_KEPT,
        )
