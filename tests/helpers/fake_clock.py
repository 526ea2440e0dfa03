"""A clock that a test turns by hand: nothing sleeps, and every time is exact."""

import asyncio
import heapq
import itertools

from tests.helpers.bell import Bell

START_MS = 1_760_000_000_000


class FakeClock:
    """Implements the engine's Clock; times in milliseconds.

    Attributes:
        wall_offset_ms: wall time minus monotonic time; change it to set the wall clock.
        slept_ms: how long the computer slept; add to it to let it sleep.
        leap_ms: how much of the wall time passed because somebody set the clock forward.
    """

    def __init__(self) -> None:
        self.wall_offset_ms = START_MS
        self.slept_ms = 0.0
        self.leap_ms = 0
        self._now_ms = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._bell = Bell()

    def wall_ms(self) -> int:
        """Return the Unix time."""
        return int(self._now_ms) + self.wall_offset_ms

    def leapt_ms(self, since_ms: int) -> int:
        """Return how far the clock was set forward."""
        return self.leap_ms

    def monotonic_ms(self) -> float:
        """Return how far the clock was turned."""
        return self._now_ms

    def asleep_ms(self) -> float:
        """Return how long the computer slept."""
        return self.slept_ms

    async def sleep_until(self, at_ms: float) -> None:
        """Return once the clock was turned that far."""
        if at_ms <= self._now_ms:
            return
        waking = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (at_ms, next(self._order), waking))
        self._bell.ring()
        await waking

    @property
    def next_waking_ms(self) -> float | None:
        """When the first of those who sleep now will wake; None when nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    async def wait_for_any_sleeper(self) -> float:
        """Wait until somebody sleeps, and return when the first of them will wake."""
        await self._bell.until(lambda: self.next_waking_ms is not None, "somebody to sleep", 5)
        return self.next_waking_ms or 0.0

    async def wait_for_sleeper(self, at_ms: float) -> None:
        """Wait until somebody sleeps until that very time."""
        await self._bell.until(
            lambda: any(time == at_ms and not it.done() for time, _, it in self._sleepers),
            f"somebody to sleep until {at_ms}",
            5,
            lambda: [time for time, _, _ in self._sleepers],
        )

    def advance(self, ms: float) -> None:
        """Turn the clock forward and wake whose time has come."""
        self._now_ms += ms
        while (waking_ms := self.next_waking_ms) is not None and waking_ms <= self._now_ms:
            _, _, waking = heapq.heappop(self._sleepers)
            waking.set_result(None)
