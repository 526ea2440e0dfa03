"""One judged check as it is kept: when, what came of it, and whose fault a failure was."""

from dataclasses import dataclass

from backend.contract.vocabulary import Reason
from backend.domain.assertions import Failed, Outcome, Success


@dataclass(frozen=True, slots=True)
class Check:
    """A stored result. ``at_ms`` is Unix milliseconds, unique within its endpoint.

    ``message`` is why it failed, or what a success warns of.
    """

    endpoint_id: str
    at_ms: int
    success: bool
    degraded: bool
    latency_ms: float | None
    status_code: int | None
    message: str | None
    reason: Reason | None

    @property
    def id(self) -> str:
        """A name no other check has."""
        return f"{self.endpoint_id}:{self.at_ms}"


def check_of(endpoint_id: str, outcome: Outcome, at_ms: int) -> Check:
    """Return the check to keep for an outcome."""
    match outcome:
        case Success(latency_ms, status_code, degraded, warning):
            return Check(endpoint_id, at_ms, True, degraded, latency_ms, status_code, warning, None)
        case Failed(reason, message, status_code, latency_ms):
            return Check(endpoint_id, at_ms, False, False, latency_ms, status_code, message, reason)
