"""What time it says on things, when somebody sets the clock of this computer.

Pure; the engine's clock asks. Labels never go back, or history would be out of order. A clock that
is set forward is believed at once; one that is set back is approached slowly, so that durations
stay what they were. All times are milliseconds.
"""

from dataclasses import dataclass
from typing import Final

SET_MS: Final = 1000.0
"""A smaller difference is the work of a time server, not of somebody who sets the clock."""

SLOWER: Final = 0.05
"""By which part labels go slower while they are ahead of the clock."""

KEPT_LEAPS: Final = 50


@dataclass(frozen=True, slots=True)
class Leap:
    """The clock was set forward: the label before and the one after are the same moment."""

    from_ms: float
    to_ms: float


@dataclass(frozen=True, slots=True)
class Labels:
    """The label of one moment, and every time the clock was set forward before it.

    Attributes:
        at_ms: the label, Unix milliseconds.
        steady_ms: the moment, on a line that never jumps.
        leaps: oldest first.
    """

    at_ms: float
    steady_ms: float
    leaps: tuple[Leap, ...] = ()


def at(before: Labels, wall_ms: float, steady_ms: float) -> Labels:
    """Return the label of a later moment.

    Args:
        before: an earlier one.
        wall_ms: what the clock says, Unix milliseconds.
        steady_ms: the moment.
    """
    passed_ms = steady_ms - before.steady_ms
    even_ms = before.at_ms + passed_ms
    if wall_ms < even_ms:
        slower_ms = even_ms - SLOWER * passed_ms
        return Labels(max(wall_ms, slower_ms), steady_ms, before.leaps)
    if wall_ms - even_ms < SET_MS:
        return Labels(wall_ms, steady_ms, before.leaps)
    leaps = (*before.leaps, Leap(even_ms, wall_ms))[-KEPT_LEAPS:]
    return Labels(wall_ms, steady_ms, leaps)


def leapt_ms(labels: Labels, since_ms: float) -> float:
    """Return by how much more than time passed labels have grown since one of them."""
    return sum(leap.to_ms - leap.from_ms for leap in labels.leaps if leap.from_ms >= since_ms)
