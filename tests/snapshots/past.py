"""What has gone wrong in the world of the pictures, and every figure that follows from it.

An outage is written down once, at its endpoint. Incidents, uptimes, days and the shades of charts
are counted from these, so that no two places of a picture contradict each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import fmean, median
from typing import Protocol

from backend.contract.resources import IncidentView
from backend.contract.statistics import LatencyStatistics
from backend.contract.vocabulary import Period, Resolution

NOW = datetime(2026, 11, 23, 5, 5, 9, tzinfo=UTC)
"""14:05:09 on a Monday where the pictures are taken, nine hours east of UTC."""

DAYS_KNOWN = 81
"""So many days there have been checks, today included."""

_CHECKS_A_DAY = 1440
_EAST = timedelta(hours=9)
_LENGTHS = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 30}


@dataclass(frozen=True)
class Outage:
    """One period of failures.

    The second and third check follow the first by 15 and 30 seconds, all others by a minute.

    Attributes:
        ago: How long before ``NOW`` it began.
        failures: How many checks failed.
        error: Why.
        reason: How it ended; None while it has not.
    """

    ago: timedelta
    failures: int
    error: str
    reason: Resolution | None = Resolution.RECOVERED

    @property
    def lasted(self) -> timedelta | None:
        """How long it took, None while it goes on."""
        if self.reason is None:
            return None
        return timedelta(seconds=90 + 60 * (self.failures - 3))

    @property
    def down_ms(self) -> int:
        """How long it took so far."""
        return round((self.lasted or self.ago) / timedelta(milliseconds=1))

    @property
    def age(self) -> int:
        """How many midnights ago it began."""
        return ((NOW + _EAST).date() - (NOW - self.ago + _EAST).date()).days

    def incident(self, name: str, number: int) -> IncidentView:
        """Return it as the backend tells it."""
        started, lasted = NOW - self.ago, self.lasted
        return IncidentView(
            id=f"incident-{name}" + (f"-{number}" if number else ""),
            started_at=started,
            resolved_at=None if lasted is None else started + lasted,
            duration=None if lasted is None else self.down_ms,
            endpoint_id=f"id-{name}",
            endpoint_name=name,
            failure_count=self.failures,
            error_message=self.error,
            reason=self.reason,
        )


@dataclass(frozen=True)
class Counted:
    """What was counted in some time.

    Attributes:
        checks: How many checks there were.
        failed: How many of them failed.
        down_ms: For how long it was down.
        incidents: How many outages began.
    """

    checks: int
    failed: int
    down_ms: int
    incidents: int

    @property
    def uptime(self) -> float | None:
        """Percent of checks that succeeded, None without any."""
        return 100 * (1 - self.failed / self.checks) if self.checks else None


class Answering(Protocol):
    """How fast something answers, and how fast now where that differs."""

    @property
    def latency_ms(self) -> float: ...

    @property
    def now_ms(self) -> float | None: ...


def counted(outages: Iterable[Outage], checks: int) -> Counted:
    """Return what so many checks came to, with these outages among them."""
    told = tuple(outages)
    failed = sum(it.failures for it in told)
    return Counted(checks, failed, sum(it.down_ms for it in told), len(told))


def over(outages: Iterable[Outage], period: Period) -> Counted:
    """Return what was counted in a period that ends now."""
    length = timedelta(days=_LENGTHS[period])
    within = (it for it in outages if it.ago <= length)
    return counted(within, _CHECKS_A_DAY * length.days)


def on_day(outages: Iterable[Outage], age: int) -> Counted:
    """Return what was counted on the day so many days before today."""
    of_day = tuple(it for it in outages if it.age == age)
    if age >= DAYS_KNOWN:
        return counted((), 0)
    today = (NOW + _EAST).hour * 60 + (NOW + _EAST).minute
    return counted(of_day, _CHECKS_A_DAY if age else today)


def statistics(
    of: Sequence[Answering], p50: Sequence[float], p95: Sequence[float]
) -> LatencyStatistics:
    """Return the figures of a chart's lines, and the fastest and slowest answer of who answers."""
    if not p50:
        return LatencyStatistics(average=None, min=None, max=None, p50=None, p95=None, p99=None)
    return LatencyStatistics(
        average=fmean(p50) * 1.15,
        min=min(it.latency_ms for it in of) * 0.7,
        max=max(max(p95) * 1.3, *(it.now_ms or it.latency_ms * 3 for it in of)),
        p50=median(p50),
        p95=sorted(p95)[len(p95) * 4 // 5],
        p99=max(p95),
    )
