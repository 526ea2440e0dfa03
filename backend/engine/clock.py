"""Time as the engine reads it: a label for people, and a line that never jumps.

Schedules and durations use the monotonic line, stored times are labels that follow the wall clock
and never go back (:mod:`backend.domain.labels`). Tests hand in a clock they turn themselves.
"""

import asyncio
import time
from math import ceil
from typing import Final, Protocol

from backend.domain import labels
from backend.domain.labels import Labels

FURTHEST_AHEAD_MS: Final = 86_400_000
"""So far ahead of the clock labels may begin. What is stored further ahead is of a clock that was
wrong by years: to go on from there would never end."""


_EARLY_MS: Final = 10.0


def next_beat(now_ms: float, every_ms: int) -> float:
    """Return the next whole multiple of ``every_ms``: who beats so shares a waking with others.

    One who woke a little early for a beat has had it.
    """
    return ((now_ms + _EARLY_MS) // every_ms + 1) * every_ms


class Clock(Protocol):
    """What the engine asks about time. All numbers are milliseconds."""

    def wall_ms(self) -> int:
        """Return the Unix time; it leaps when somebody sets the clock forward."""

    def leapt_ms(self, since_ms: int) -> int:
        """Return by how much more than time passed the Unix time has grown since then."""

    def monotonic_ms(self) -> float:
        """Return the time since some fixed moment; it never goes back."""

    def asleep_ms(self) -> float:
        """Return how long this computer has slept so far, as far as it can tell."""

    async def sleep_until(self, at_ms: float) -> None:
        """Return when :meth:`monotonic_ms` has reached ``at_ms``, give or take a millisecond."""


class RealClock:
    """The clock of this computer."""

    def __init__(self, not_before_ms: int = 0) -> None:
        """Begin to tell the time.

        Args:
            not_before_ms: the newest time that is stored, Unix milliseconds.
        """
        now_ms = _now_ms()
        ahead = now_ms < not_before_ms <= now_ms + FURTHEST_AHEAD_MS
        self._labels = Labels(not_before_ms if ahead else now_ms, self._steady_ms())

    def wall_ms(self) -> int:
        """Return the Unix time."""
        self._labels = labels.at(self._labels, _now_ms(), self._steady_ms())
        return int(self._labels.at_ms)

    def leapt_ms(self, since_ms: int) -> int:
        """Return by how much more than time passed the Unix time has grown since then."""
        return round(labels.leapt_ms(self._labels, since_ms))

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
        # In whole milliseconds: less than one would not be slept but spun through on uvloop.
        await asyncio.sleep(max(0, ceil(at_ms - self.monotonic_ms())) / 1000)

    def _steady_ms(self) -> float:
        return self.monotonic_ms() + self.asleep_ms()


def _now_ms() -> float:
    return time.time_ns() / 1_000_000
