"""How late the loop comes to its turns: looked at once a second, and no more often.

Run by the composition root, read by who tells of the backend's health.
"""

from collections import deque
from typing import Final

from backend.contract.self_health import LoopView
from backend.engine.clock import Clock
from backend.engine.sleep import GAP_MS

BEAT_MS: Final = 1000
BEATS_KEPT: Final = 300


class Pulse:
    """The last five minutes of the loop."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._late_ms: deque[float] = deque(maxlen=BEATS_KEPT)

    async def run(self) -> None:
        """Feel it until cancelled."""
        while True:
            planned_ms = self._clock.monotonic_ms() + BEAT_MS
            await self._clock.sleep_until(planned_ms)
            late_ms = max(0.0, self._clock.monotonic_ms() - planned_ms)
            if late_ms < GAP_MS:  # else this process was stopped, which is no burden
                self._late_ms.append(late_ms)

    def view(self) -> LoopView:
        """Return how late it was; ``None`` before the first beat."""
        if not self._late_ms:
            return LoopView(p50=None, p99=None, longest=None)
        late_ms = sorted(self._late_ms)
        last = len(late_ms) - 1
        return LoopView(
            p50=round(late_ms[last // 2], 1),
            p99=round(late_ms[last * 99 // 100], 1),
            longest=round(late_ms[last], 1),
        )
