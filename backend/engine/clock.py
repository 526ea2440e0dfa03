"""Time as the engine reads it: a label for people, and a line that never jumps.

Schedules and durations use the monotonic line, stored times the wall clock. Tests hand in a
clock they turn themselves.
"""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """What the engine asks about time. All numbers are milliseconds."""

    def wall_ms(self) -> int:
        """Return the Unix time; it may jump when somebody sets the clock."""

    def monotonic_ms(self) -> float:
        """Return the time since some fixed moment; it never goes back."""

    def asleep_ms(self) -> float:
        """Return how long this computer has slept so far, as far as it can tell."""

    async def sleep_until(self, at_ms: float) -> None:
        """Return when :meth:`monotonic_ms` has reached ``at_ms``, give or take a millisecond."""


class RealClock:
    """The clock of this computer."""

    def wall_ms(self) -> int:
        """Return the Unix time."""
        return time.time_ns() // 1_000_000

    def monotonic_ms(self) -> float:
        """Return the time since this computer started."""
        return time.monotonic() * 1000

    def asleep_ms(self) -> float:
        """Return by how much the clock that runs in sleep is ahead; 0 where there is none.

        On Windows the monotonic clock itself runs on in sleep.
        """
        # Linux has its own for this; on macOS the monotonic clock of the shell runs on.
        runs_on = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
        if runs_on is None:
            return 0.0
        return (time.clock_gettime(runs_on) - time.monotonic()) * 1000

    async def sleep_until(self, at_ms: float) -> None:
        """Return when the monotonic time has come."""
        await asyncio.sleep(max(0.0, at_ms - self.monotonic_ms()) / 1000)
