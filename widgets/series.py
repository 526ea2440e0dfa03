"""What the charts draw: a series of response times with its outages, and days of uptime.

Presenters build them from the backend's answers; charts and bars read them. Pure values: nothing
here knows how they are drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

MOST_POINTS = 720
"""More points than this cost painting time that nobody sees."""

_BROKEN_AFTER = 1.5
"""Steps between two points beyond which something is missing between them."""


@dataclass(frozen=True, slots=True)
class Point:
    """The response times of one step of time.

    Attributes:
        at: The beginning of the step (aware).
        p50_ms, p95_ms: Median and 95th percentile, None when no answer came in that step.
    """

    at: datetime
    p50_ms: float | None
    p95_ms: float | None

    @property
    def is_known(self) -> bool:
        """Whether any answer came."""
        return self.p50_ms is not None and self.p95_ms is not None


@dataclass(frozen=True, slots=True)
class Outage:
    """A span in which something was down.

    Attributes:
        start, end: Both aware; of one that is still open, the end is the present.
        name: What was down, "" where only one thing can be meant.
        is_open: Whether it still is.
    """

    start: datetime
    end: datetime
    name: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Response times over a period.

    Attributes:
        start, end: The period (aware); points may be missing at both ends.
        step_s: Seconds from one point to the next.
        points: In their order; steps without any check may be left out.
        outages: In their order; they may overlap.
    """

    start: datetime
    end: datetime
    step_s: float
    points: tuple[Point, ...]
    outages: tuple[Outage, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no response time at all."""
        return not any(point.is_known for point in self.points)


@dataclass(frozen=True, slots=True)
class UptimeDay:
    """One day of an endpoint.

    Attributes:
        day: Which day.
        percent: Share of the checks that succeeded, None when nothing was observed.
        down_s: Seconds in which it failed.
    """

    day: date
    percent: float | None
    down_s: float = 0.0


def runs(series: Series) -> list[list[Point]]:
    """Return the points in unbroken runs: a step without an answer, or left out, is a gap."""
    found: list[list[Point]] = []
    reach = timedelta(seconds=series.step_s * _BROKEN_AFTER)
    previous: Point | None = None
    for point in series.points:
        if not point.is_known:
            previous = None
            continue
        if previous is None or point.at - previous.at > reach:
            found.append([])
        found[-1].append(point)
        previous = point
    return found


def thinned(series: Series, most: int = MOST_POINTS) -> Series:
    """Return the series with neighbours joined until it has no more points than ``most``.

    The median of joined steps is their mean, the 95th percentile their highest, so that no peak
    is lost. Joints lie at fixed times: they do not wander when the period moves on. A step
    without an answer between answers disappears only with its neighbours.
    """
    size = -(-len(series.points) // max(1, most))
    if size <= 1:
        return series
    step_s = series.step_s * size
    joined = tuple(
        _joined(datetime.fromtimestamp(number * step_s, UTC), list(group))
        for number, group in groupby(series.points, lambda p: p.at.timestamp() // step_s)
    )
    return replace(series, step_s=step_s, points=joined)


def _joined(at: datetime, points: Sequence[Point]) -> Point:
    medians = [point.p50_ms for point in points if point.p50_ms is not None]
    highest = [point.p95_ms for point in points if point.p95_ms is not None]
    if not medians or not highest:
        return Point(at, None, None)
    return Point(at, sum(medians) / len(medians), max(highest))
