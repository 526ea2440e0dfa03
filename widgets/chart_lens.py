"""Which part of a series is looked at, and which of its points the crosshair is on.

The response chart turns mouse and keys into calls of it. Pure: no Qt, no painting.
"""

from datetime import datetime, timedelta

from widgets.series import Point, Series, thinned

CLOSER = 0.75
_LEAST_STEPS = 6


class Lens:
    """A series, the range of it that is seen, and one of its points.

    Attributes:
        series: What is looked at; no more than 720 points.
        start, end: The range that is seen.
        index: The point under the crosshair, None for none.
    """

    def __init__(self, series: Series) -> None:
        self.series = thinned(series)
        self.start, self.end = series.start, series.end
        self.index: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the whole period is seen."""
        return (self.start, self.end) == (self.series.start, self.series.end)

    @property
    def point(self) -> Point | None:
        """The point under the crosshair."""
        return None if self.index is None else self.series.points[self.index]

    def take(self, series: Series) -> None:
        """Look at newer values; a chosen range and the crosshair stay at their times."""
        was_whole, point = self.is_whole, self.point
        self.series = thinned(series)
        if was_whole or self.start < series.start or self.end > series.end:
            self.show_all()
        self.index = None
        if point is not None:
            self.point_at(point.at + self._half)

    def show_all(self) -> None:
        """See the whole period."""
        self.start, self.end = self.series.start, self.series.end

    def zoom(self, start: datetime, end: datetime) -> None:
        """See a part of the period, kept within it and not too narrow."""
        series = self.series
        length = max(end - start, timedelta(seconds=series.step_s * _LEAST_STEPS))
        if length >= series.end - series.start:
            self.show_all()
            return
        begin = start - (length - (end - start)) / 2
        self.start = min(max(begin, series.start), series.end - length)
        self.end = self.start + length

    def zoom_by(self, factor: float, anchor: datetime | None = None) -> None:
        """See ``factor`` of the present range; the anchor stays where it is on the chart."""
        if anchor is None:
            middle = self.start + (self.end - self.start) / 2
            anchor = middle if self.point is None else self.point.at + self._half
        self.zoom(anchor - (anchor - self.start) * factor, anchor + (self.end - anchor) * factor)

    def pan(self, share: float) -> None:
        """Move the range by a share of itself, to later times when it is positive."""
        by = (self.end - self.start) * share
        self.zoom(self.start + by, self.end + by)

    def point_at(self, at: datetime) -> None:
        """Put the crosshair on the seen point nearest to a time."""
        seen = [
            (abs(point.at + self._half - at), index)
            for index, point in enumerate(self.series.points)
            if self.start <= point.at + self._half <= self.end
        ]
        self.index = min(seen)[1] if seen else None

    def clear_point(self) -> None:
        """Take the crosshair away."""
        self.index = None

    def step(self, by: int) -> None:
        """Move the crosshair by points; the range follows it."""
        points = self.series.points
        if not points:
            return
        if self.index is None:
            self.point_at(self.end if by < 0 else self.start)
        else:
            self.index = min(max(self.index + by, 0), len(points) - 1)
        if self.index is None:
            return
        at, length = points[self.index].at, self.end - self.start
        after = at + self._half * 2
        if at < self.start:
            self.zoom(at, at + length)
        elif after > self.end:
            self.zoom(after - length, after)

    def seen_points(self) -> list[Point]:
        """Return the points within the range."""
        return [p for p in self.series.points if self.start <= p.at + self._half <= self.end]

    @property
    def _half(self) -> timedelta:
        return timedelta(seconds=self.series.step_s / 2)
