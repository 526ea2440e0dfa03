"""Notices that this computer slept, or that this process was stopped: nothing was observed then.

Run by the composition root. It looks at the clocks every two seconds, because nothing else tells
a process that time has passed it by; a signal from the system would come no sooner than that.
"""

from collections.abc import Callable, Iterable
from typing import Final

import structlog

from backend.contract.vocabulary import UnknownReason
from backend.domain.endpoint import Endpoint
from backend.engine.clock import Clock
from backend.engine.monitors import Monitors
from backend.engine.sight import Sight
from backend.storage.errors import ArchiveError

TICK_MS: Final = 2000
GAP_MS: Final = 5000
"""A shorter one is a busy computer, not one that was away."""

SETTLE_MS: Final = 3000
"""How long the network may take to come back after a sleep."""

log = structlog.stdlib.get_logger(__name__)


class SleepWatch:
    """After a gap: who missed a check is UNKNOWN, and all are checked again, spread over time."""

    def __init__(
        self,
        *,
        clock: Clock,
        sight: Sight,
        monitors: Monitors,
        spread: Callable[[Iterable[str], float], None],
    ) -> None:
        """Take what is told.

        Args:
            clock: what is watched.
            sight: takes standings back.
            monitors: who is monitored.
            spread: checks endpoints soon, one after another, no sooner than in so many ms.
        """
        self._clock = clock
        self._sight = sight
        self._monitors = monitors
        self._spread = spread

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            planned_ms = self._clock.monotonic_ms() + TICK_MS
            asleep_ms = self._clock.asleep_ms()
            await self._clock.sleep_until(planned_ms)
            late_ms = max(0.0, self._clock.monotonic_ms() - planned_ms)
            gap_ms = self._clock.asleep_ms() - asleep_ms + late_ms
            if gap_ms >= GAP_MS:
                await self._woke(gap_ms)

    async def _woke(self, gap_ms: float) -> None:
        log.info("this computer was asleep, or this process was stopped", seconds=gap_ms / 1000)

        def missed_a_check(endpoint: Endpoint) -> bool:
            return gap_ms > endpoint.policy.interval_s * 1000

        try:
            await self._sight.lose(UnknownReason.ASLEEP, missed_a_check)
        except ArchiveError as error:
            log.error("what was not observed could not be stored", cause=str(error))
        self._spread([it.endpoint.id for it in self._monitors], SETTLE_MS)
