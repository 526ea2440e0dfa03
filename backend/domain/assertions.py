"""The judge of one attempt: from the raw facts to a success or a failure.

Called by the pipeline with what a prober brought; looks at nothing but its arguments.
"""

from dataclasses import dataclass

from backend.contract.vocabulary import Reason
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Reply


@dataclass(frozen=True, slots=True)
class Success:
    """Every expectation held; ``degraded`` when the answer was slower than wanted."""

    latency_ms: float
    status_code: int
    degraded: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """An expectation did not hold, or there was no whole answer."""

    reason: Reason
    message: str
    status_code: int | None = None
    latency_ms: float | None = None


Outcome = Success | Failed


def judge(attempt: Reply | Failure, endpoint: Endpoint) -> Outcome:
    """Judge one attempt by what the endpoint expects.

    A reply later than the time-out is a failure even when its body is fine: the deadline is a
    promise, and a prober may notice it a moment late.
    """
    match attempt:
        case Failure(reason, message, status_code, latency_ms):
            return Failed(reason, message, status_code, latency_ms)
        case Reply(status_code=code, latency_ms=latency_ms):
            policy = endpoint.policy
            if latency_ms > policy.timeout_ms:
                return Failed(Reason.NETWORK, "Timeout exceeded", code, latency_ms)
            if code != endpoint.expected_status_code:
                expected = endpoint.expected_status_code
                message = f"Expected status {expected}, got {code}"
                return Failed(Reason.TARGET, message, code, latency_ms)
            return Success(latency_ms, code, degraded=latency_ms > policy.degraded_ms)
