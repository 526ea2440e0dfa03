"""When an endpoint is checked next: spread phases, quicker retries, no burst after a pause.

All times are milliseconds of one monotonic clock, handed in by the scheduler.
"""

import hashlib

from backend.contract.vocabulary import Status
from backend.domain.endpoint import Policy
from backend.domain.health import Health

SPREAD_WITHIN_MS = 10_000
"""After a start or a pause, every endpoint's next check has begun within this time."""


def phase(endpoint_id: str) -> float:
    """Return the endpoint's fixed place within its interval, 0 <= phase < 1, by its id alone."""
    digest = hashlib.blake2b(endpoint_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def spread_due(endpoint_id: str, policy: Policy, now_ms: float) -> float:
    """Return when an endpoint is due after a start or a pause: soon, but never all at once."""
    return now_ms + phase(endpoint_id) * min(SPREAD_WITHIN_MS, policy.interval_s * 1000)


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
