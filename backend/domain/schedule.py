"""When an endpoint is checked next: spread phases, quicker retries, no burst after a pause.

All times are milliseconds of one monotonic clock, handed in by the scheduler.
"""

import hashlib

from backend.contract.vocabulary import Status
from backend.domain.endpoint import Policy
from backend.domain.health import Health

FIRST_CHECK_WITHIN_MS = 10_000
"""After a start, every endpoint has had its first check begun within this time."""


def phase(endpoint_id: str) -> float:
    """Return the endpoint's fixed place within its interval, 0 <= phase < 1, by its id alone."""
    digest = hashlib.blake2b(endpoint_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def first_due(endpoint_id: str, policy: Policy, now_ms: float) -> float:
    """Return when an endpoint loaded at a start is first due: soon, but spread."""
    window_ms = min(FIRST_CHECK_WITHIN_MS, policy.interval_s * 1000)
    return now_ms + phase(endpoint_id) * window_ms


def next_due(
    endpoint_id: str, policy: Policy, health: Health, started_ms: float, now_ms: float
) -> float:
    """Return when an endpoint whose check began at ``started_ms`` is due again.

    Between a first failure and its verdict the retry interval holds. Otherwise the endpoint keeps
    to its own grid, ``phase + n * interval``, so that delays never pile up; a grid point closer
    than half an interval to the check just made is skipped, and so is one already past.
    """
    if health.consecutive_failures > 0 and health.status is not Status.DOWN:
        return max(now_ms, started_ms + policy.retry_interval_s * 1000)
    interval_ms = policy.interval_s * 1000
    offset_ms = phase(endpoint_id) * interval_ms
    earliest_ms = max(now_ms, started_ms + interval_ms / 2)
    steps = -((offset_ms - earliest_ms) // interval_ms)
    return offset_ms + steps * interval_ms
