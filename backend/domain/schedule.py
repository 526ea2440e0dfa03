"""When an endpoint is checked next: spread phases, quicker retries, no burst after a pause.

All times are milliseconds of one monotonic clock, handed in by the scheduler.
"""

import hashlib
import heapq
import math
from collections.abc import Callable

from backend.contract.vocabulary import Status
from backend.domain.endpoint import Policy
from backend.domain.health import Health

SPREAD_WITHIN_MS = 10_000
"""After a start or a pause, every endpoint's next check has begun within this time."""

GRAIN_MS = 50
"""Due times are rounded up to this, so that many endpoints share one waking."""

TOGETHER = 4
"""So many endpoints of long intervals share one waking for good: each waking costs a battery."""


class Agenda:
    """When each endpoint is due; who is due next is found in a heap.

    An endpoint that is planned anew leaves its old place in the heap behind, which is passed over
    when its time comes.
    """

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._heap: list[tuple[float, str]] = []

    def __contains__(self, endpoint_id: str) -> bool:
        return endpoint_id in self._due

    @property
    def next_ms(self) -> float:
        """When somebody may be due next, rounded; never, when nobody is planned."""
        return self._heap[0][0] if self._heap else math.inf

    def due_ms(self, endpoint_id: str) -> float:
        """Return when an endpoint is due, not rounded; never, if it is not planned."""
        return self._due.get(endpoint_id, math.inf)

    def plan(self, endpoint_id: str, due_ms: float) -> None:
        """Set when an endpoint is due, whatever was planned before."""
        self._due[endpoint_id] = due_ms
        heapq.heappush(self._heap, (_rounded(due_ms), endpoint_id))

    def drop(self, endpoint_id: str) -> None:
        """Plan an endpoint no more."""
        self._due.pop(endpoint_id, None)

    def pop_due(self, now_ms: float) -> tuple[str, float] | None:
        """Take the next endpoint that is due and since when, rounded; ``None`` when nobody is.

        It stays planned for the time that has come, until it is planned anew.
        """
        while self._heap:
            at_ms, endpoint_id = self._heap[0]
            holds = _rounded(self.due_ms(endpoint_id)) == at_ms
            if holds and at_ms > now_ms:
                return None
            heapq.heappop(self._heap)
            if holds:
                return endpoint_id, at_ms
        return None

    def join(
        self, waking_ms: float, most: int, may: Callable[[str, float], bool]
    ) -> list[tuple[str, float]]:
        """Take who is due next as if it were due already.

        Args:
            waking_ms: the time that has come, at which nobody else is due.
            most: so many at most.
            may: says whether an endpoint may be due so many milliseconds too early.
        """
        joined: list[tuple[str, float]] = []
        while self._heap and len(joined) < most:
            at_ms, endpoint_id = self._heap[0]
            holds = _rounded(self.due_ms(endpoint_id)) == at_ms
            if holds and not may(endpoint_id, at_ms - waking_ms):
                break
            heapq.heappop(self._heap)
            if holds:
                self._due[endpoint_id] = waking_ms
                joined.append((endpoint_id, waking_ms))
        return joined


def _rounded(due_ms: float) -> float:
    return math.ceil(due_ms / GRAIN_MS) * GRAIN_MS if due_ms < math.inf else due_ms


def phase(endpoint_id: str) -> float:
    """Return the endpoint's fixed place within its interval, 0 <= phase < 1, by its id alone."""
    digest = hashlib.blake2b(endpoint_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def spread_due(endpoint_id: str, policy: Policy, now_ms: float) -> float:
    """Return when an endpoint is due after a start or a pause: soon, but never all at once."""
    return now_ms + phase(endpoint_id) * min(SPREAD_WITHIN_MS, policy.interval_s * 1000)


def settled_due(endpoint_id: str, policy: Policy, due_ms: float) -> float:
    """Return when an endpoint is due again after a check that :func:`spread_due` gave it.

    What is spread soon lies close together, and would for ever if it only went on at its interval.
    This once it waits for no longer than that, and not less than all are spread over: from then on
    the endpoints of one interval lie all over it.
    """
    interval_ms = policy.interval_s * 1000
    within_ms = min(SPREAD_WITHIN_MS, interval_ms)
    return due_ms + within_ms + phase(endpoint_id) * (interval_ms - within_ms)


def may_join(policy: Policy, early_ms: float) -> bool:
    """Say whether an endpoint may be due so much too early, to be due with others from then on.

    This once its interval is shorter by a sixtieth at most: by a second where it is a minute.
    """
    return early_ms <= policy.interval_s * 1000 / 60


def next_due(
    endpoint_id: str, policy: Policy, health: Health, due_ms: float, now_ms: float
) -> float:
    """Return when an endpoint whose check was due at ``due_ms`` is due again.

    Between a first failure and its verdict the retry interval holds. Counting from when the check
    was due, not from when it ran, keeps endpoints apart however long checks take; one that is
    behind by more than its interval is spread anew instead of caught up with.
    """
    undecided = health.consecutive_failures > 0 and health.status is not Status.DOWN
    step_s = policy.retry_interval_s if undecided else policy.interval_s
    due_again_ms = due_ms + step_s * 1000
    if due_again_ms + policy.interval_s * 1000 < now_ms:
        return spread_due(endpoint_id, policy, now_ms)
    return max(now_ms, due_again_ms)
