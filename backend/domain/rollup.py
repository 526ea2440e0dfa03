"""What was counted and observed over a stretch of time, and how checks are folded into it.

Two rollups add up to the rollup of both, exactly: counts, microseconds and milliseconds are whole
numbers. Called by the archive; knows neither where rollups are kept nor how wide they are.

A check speaks for its endpoint until the next one, but no longer than its reach: what lies beyond
was not observed. Checks that failed by our own fault are not among what is folded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from backend.contract.vocabulary import Limits
from backend.domain.histogram import Histogram


def share_percent(part: float, whole: float) -> float | None:
    """Return ``part / whole * 100``, or ``None`` where nothing was observed."""
    if whole == 0:
        return None
    return part / whole * 100


LATE_MS: Final = 5000
"""How much later than planned a check may be made without leaving a gap behind it."""


class Counted(NamedTuple):
    """A check as far as it is counted. ``latency_us`` is its response time in microseconds."""

    at_ms: int
    success: bool
    degraded: bool
    latency_us: int | None


@dataclass(slots=True)
class Rollup:
    """Sums over a stretch of time, to be added to.

    Response times are those of the successes, in microseconds; times are milliseconds:
    ``up_ms`` answered well, ``slow_ms`` answered slowly, ``down_ms`` failing.
    """

    checks: int = 0
    successes: int = 0
    degraded: int = 0
    latency_us: int = 0
    fastest_us: int | None = None
    slowest_us: int | None = None
    up_ms: int = 0
    slow_ms: int = 0
    down_ms: int = 0
    latencies: Histogram = field(default_factory=Histogram)

    def count(self, check: Counted) -> None:
        """Count one check."""
        self.checks += 1
        if not check.success:
            return
        self.successes += 1
        self.degraded += check.degraded
        if check.latency_us is not None:
            self.latency_us += check.latency_us
            self._stretch(check.latency_us, check.latency_us)
            self.latencies.add(check.latency_us / 1000)

    def observe(self, check: Counted, for_ms: int) -> None:
        """Note how long a check spoke for its endpoint."""
        if not check.success:
            self.down_ms += for_ms
        elif check.degraded:
            self.slow_ms += for_ms
        else:
            self.up_ms += for_ms

    def add(self, other: "Rollup") -> None:
        """Add all that another rollup counted and observed."""
        self.checks += other.checks
        self.successes += other.successes
        self.degraded += other.degraded
        self.latency_us += other.latency_us
        self.up_ms += other.up_ms
        self.slow_ms += other.slow_ms
        self.down_ms += other.down_ms
        self._stretch(other.fastest_us, other.slowest_us)
        self.latencies.merge(other.latencies)

    def _stretch(self, fastest_us: int | None, slowest_us: int | None) -> None:
        if fastest_us is None or slowest_us is None:
            return
        if self.fastest_us is None or fastest_us < self.fastest_us:
            self.fastest_us = fastest_us
        if self.slowest_us is None or slowest_us > self.slowest_us:
            self.slowest_us = slowest_us

    @property
    def observed_ms(self) -> int:
        """How long anything is known of the endpoint."""
        return self.up_ms + self.slow_ms + self.down_ms

    @property
    def uptime(self) -> float | None:
        """Successes over checks in percent, as the contract counts."""
        return share_percent(self.successes, self.checks)

    @property
    def time_weighted_uptime(self) -> float | None:
        """The part of the observed time in which it answered, in percent."""
        return share_percent(self.up_ms + self.slow_ms, self.observed_ms)

    @property
    def mean_ms(self) -> float | None:
        """The mean response time in milliseconds."""
        counted = len(self.latencies)
        return self.latency_us / counted / 1000 if counted else None

    def percentiles_ms(self, *percents: float) -> tuple[float | None, ...]:
        """Return percentiles of the response times, never outside the fastest and slowest.

        Args:
            percents: in ascending order; there is one answer for each.
        """
        if self.fastest_us is None or self.slowest_us is None:
            return (None,) * len(percents)
        fastest_ms, slowest_ms = self.fastest_us / 1000, self.slowest_us / 1000
        found = self.latencies.percentiles(percents)
        return tuple(min(max(it, fastest_ms), slowest_ms) for it in found)


def total(rollups: Iterable[Rollup]) -> Rollup:
    """Return the sum of some rollups."""
    whole = Rollup()
    for rollup in rollups:
        whole.add(rollup)
    return whole


def reach_ms(interval_s: int, timeout_ms: int) -> int:
    """Return how long a check may speak for its endpoint: until the next is surely late."""
    return interval_s * 1000 + timeout_ms + LATE_MS


LONGEST_REACH_MS: Final = reach_ms(Limits.INTERVAL_S[1], Limits.TIMEOUT_MS[1])


def fold(
    checks: Sequence[Counted],
    *,
    start_ms: int,
    end_ms: int,
    width_ms: int,
    reach: int,
    origin_ms: int = 0,
) -> dict[int, Rollup]:
    """Fold the checks of one endpoint into buckets, by the time at which each begins.

    Args:
        checks: oldest first. One made before ``start_ms`` is not counted, but speaks on.
        start_ms: the beginning of what is folded.
        end_ms: the first millisecond after it.
        width_ms: of each bucket.
        reach: how long a check speaks at most, in ms.
        origin_ms: where some bucket begins.
    """
    buckets: defaultdict[int, Rollup] = defaultdict(Rollup)
    for number, check in enumerate(checks):
        following_ms = checks[number + 1].at_ms if number + 1 < len(checks) else end_ms
        if start_ms <= check.at_ms < end_ms:
            buckets[bucket_of(check.at_ms, width_ms, origin_ms)].count(check)
        at_ms = max(check.at_ms, start_ms)
        until_ms = min(check.at_ms + reach, following_ms, end_ms)
        while at_ms < until_ms:
            begin_ms = bucket_of(at_ms, width_ms, origin_ms)
            to_ms = min(until_ms, begin_ms + width_ms)
            buckets[begin_ms].observe(check, to_ms - at_ms)
            at_ms = to_ms
    return dict(buckets)


def bucket_of(at_ms: int, width_ms: int, origin_ms: int) -> int:
    """Return the beginning of the bucket in which a time lies."""
    return at_ms - (at_ms - origin_ms) % width_ms
