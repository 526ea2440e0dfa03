"""Which part of a series is looked at, how closely, and which of its points the crosshair is on.

The response chart turns mouse and keys into calls of it. Pure: no Qt, no painting.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from widgets.series import MOST_POINTS, Point, Series, thinned

CLOSER = 0.75
_LEAST_STEPS = 6


class Lens:
    """A series, the range of it that is seen, and one of the points seen.

    Attributes:
        series: What is looked at.
        start, end: The range that is seen.
        seen: The series within the range, with no more points than there is room for.
        index: The point of ``seen`` under the crosshair, None for none.
    """

    def __init__(self, series: Series, most: int = MOST_POINTS) -> None:
        self.series, self._most = series, most
        self.start, self.end = series.start, series.end
        self.index: int | None = None
        self.seen = self._within()

    @property
    def is_whole(self) -> bool:
        """Whether the whole period is seen."""
        return (self.start, self.end) == (self.series.start, self.series.end)

    @property
    def point(self) -> Point | None:
        """The point under the crosshair."""
        return None if self.index is None else self.seen.points[self.index]

    def take(self, series: Series) -> None:
        """Look at newer values; a chosen range and the crosshair stay at their times."""
        was_whole, self.series = self.is_whole, series
        if was_whole or self.end <= series.start or self.start >= series.end:
            self.show_all()
        else:
            # The period moves on: what has left it at its beginning is followed.
            self.zoom(self.start, self.end)

    def allow(self, most: int) -> None:
        """Say for how many points there is room."""
        if most != self._most:
            self._most = most
            self._look_again()

    def show_all(self) -> None:
        """See the whole period."""
        self.start, self.end = self.series.start, self.series.end
        self._look_again()

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
        self._look_again()

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
        far = [(abs(p.at + self._half - at), index) for index, p in enumerate(self.seen.points)]
        self.index = min(far)[1] if far else None

    def clear_point(self) -> None:
        """Take the crosshair away."""
        self.index = None

    def step(self, by: int) -> None:
        """Move the crosshair by points; beyond the range, the range follows it."""
        count = len(self.seen.points)
        if not count:
            return
        if self.index is None:
            self.index = count - 1 if by < 0 else 0
            return
        wanted = self.index + by
        if not 0 <= wanted < count and not self.is_whole:
            beyond = wanted if wanted < 0 else wanted - count + 1
            far = timedelta(seconds=self.seen.step_s * beyond)
            longest = self.series.end - self.series.start
            far = min(max(far, -longest), longest)
            self.zoom(self.start + far, self.end + far)
            count = len(self.seen.points)
            wanted = 0 if beyond < 0 else count - 1
        self.index = min(max(wanted, 0), count - 1)

    def _look_again(self) -> None:
        """Take what is in the range now; the crosshair stays at its time if that is seen."""
        at = None if self.point is None else self.point.at + self._half
        self.index = None
        self.seen = self._within()
        if at is not None and self.start <= at <= self.end:
            self.point_at(at)

    def _within(self) -> Series:
        half = timedelta(seconds=self.series.step_s / 2)
        points = (p for p in self.series.points if self.start <= p.at + half <= self.end)
        part = replace(self.series, start=self.start, end=self.end, points=tuple(points))
        return thinned(part, self._most)

    @property
    def _half(self) -> timedelta:
        return timedelta(seconds=self.seen.step_s / 2)
