"""The last 24 hours of one endpoint in three numbers, counted on with every check.

Part of an endpoint's record; made from what a snapshot says, and by each check after it.
"""

import math
from typing import NamedTuple

from app.state.rings import Seen
from backend.contract.resources import EndpointStatistics
from backend.contract.vocabulary import CheckStatus, Reason


class Day(NamedTuple):
    """The last 24 hours of one endpoint, counted on as checks arrive.

    Checks older than 24 h leave with the next snapshot, not before.

    Attributes:
        checks: how many there were.
        successes: how many of them succeeded.
        avg_response_time: mean response time of the successes in ms, ``None`` without any.
    """

    checks: int = 0
    successes: int = 0
    avg_response_time: float | None = None

    @property
    def uptime(self) -> float | None:
        """Successes per checks in percent, ``None`` when nothing was observed."""
        return None if self.checks == 0 else self.successes / self.checks * 100

    def and_one(self, check: Seen) -> "Day":
        """Return the day with one more check; one that failed by our own fault is left out."""
        if check.reason is Reason.OURS:
            return self
        if check.status is not CheckStatus.SUCCESS:
            return Day(self.checks + 1, self.successes, self.avg_response_time)
        successes = self.successes + 1
        mean = self.avg_response_time or 0.0
        mean += ((check.response_time or 0.0) - mean) / successes
        return Day(self.checks + 1, successes, mean)

    def says_the_same_as(self, other: "Day") -> bool:
        """Return whether two differ by no more than rounding."""
        ours, theirs = self.avg_response_time, other.avg_response_time
        same_mean = ours == theirs or (
            ours is not None and theirs is not None and math.isclose(ours, theirs)
        )
        return same_mean and self[:2] == other[:2]

    @staticmethod
    def told(statistics: EndpointStatistics) -> "Day":
        """Return the day as the backend counted it."""
        checks = statistics.total_checks24h
        successes = round((statistics.uptime24h or 0) * checks / 100)
        return Day(checks, successes, statistics.avg_response_time24h)


NO_DAY = Day()
