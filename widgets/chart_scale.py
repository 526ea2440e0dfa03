"""Where values and times lie on a chart, and at which of them its axes say something.

Pure: no painting. The response chart and its painter call it.
"""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QRectF

_NICE = (1, 2, 2.5, 5, 10)
_NICE_FOR_FEW = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
"""Where there are three ticks, a rounder step may leave the upper half of a chart empty."""

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_TIME_STEPS = (
    *(_MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE),
    *(_HOUR, 2 * _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR),
    *(_DAY, 2 * _DAY, 5 * _DAY, 10 * _DAY, 30 * _DAY, 90 * _DAY, 365 * _DAY),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The plot's rectangle and what lies at its edges.

    Attributes:
        rect: The plot in the widget's coordinates.
        start, end: Times at its left and right edge (aware).
        top_ms: Value at its upper edge; 0 lies at its lower one.
        text: How large its words are; 1 is their usual size.
    """

    rect: QRectF
    start: datetime
    end: datetime
    top_ms: float
    text: float = 1.0

    def x(self, at: datetime) -> float:
        """Return where a time lies, also outside the plot."""
        share = (at - self.start) / (self.end - self.start)
        return self.rect.left() + share * self.rect.width()

    def y(self, value_ms: float) -> float:
        """Return where a value lies."""
        return self.rect.bottom() - value_ms / self.top_ms * self.rect.height()

    def time_at(self, x: float) -> datetime:
        """Return the time at an x, kept within the plot."""
        share = min(1.0, max(0.0, (x - self.rect.left()) / max(1.0, self.rect.width())))
        return self.start + (self.end - self.start) * share


def value_ticks(highest_ms: float, most: int = 5) -> tuple[float, ...]:
    """Return round values from 0 to at least the highest, at most ``most`` of them."""
    least = max(highest_ms, 4.0) / (most - 1)
    power = 10.0 ** math.floor(math.log10(least))
    steps = _NICE if most > 3 else _NICE_FOR_FEW
    step = next(nice * power for nice in steps if nice * power >= least * (1 - 1e-9))
    count = math.ceil(max(highest_ms, 4.0) / step * (1 - 1e-9))
    return tuple(step * number for number in range(count + 1))


def time_ticks(start: datetime, end: datetime, most: int) -> tuple[datetime, ...]:
    """Return round local times within a span, at most about ``most`` of them.

    They are aligned to the local day, so that they stay round across a change of summer time.
    """
    span_s = (end - start).total_seconds()
    step_s = next((each for each in _TIME_STEPS if span_s / each <= most + 0.5), _TIME_STEPS[-1])
    step = timedelta(seconds=step_s)
    # Naive local times: adding to them moves the hands of the clock on the wall.
    wall = start.astimezone().replace(tzinfo=None)
    wall = wall.replace(hour=0, minute=0, second=0, microsecond=0)
    if step_s > _DAY:
        wall -= timedelta(days=wall.toordinal() % (step_s // _DAY))
    ticks: list[datetime] = []
    while (at := wall.astimezone(UTC)) <= end:
        if at >= start and (not ticks or at > ticks[-1]):
            ticks.append(at)
        wall += step
    return tuple(ticks)
