"""The judge of one attempt: from the raw facts to a success or a failure, and what is kept of it.

Called by the engine with what a prober brought; looks at nothing but its arguments.
"""

from dataclasses import dataclass, field, replace

from backend.contract.assertions import StatusAssertion
from backend.contract.vocabulary import FindingResult, Reason
from backend.domain.endpoint import Endpoint
from backend.domain.facts import Facts
from backend.domain.findings import Finding, findings
from backend.domain.reply import Failure, Reply


@dataclass(frozen=True, slots=True)
class Success:
    """Every expectation held.

    ``degraded`` when the answer was slower than wanted, or something is to be warned of; then
    ``warning`` says of what.
    """

    latency_ms: float
    status_code: int
    degraded: bool
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """An expectation did not hold, or there was no whole answer."""

    reason: Reason
    message: str
    status_code: int | None = None
    latency_ms: float | None = None
    facts: Facts | None = field(default=None, compare=False, repr=False)
    """What was seen on the way."""


Outcome = Success | Failed


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome, and what came of each assertion; nothing did without an answer."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()


def judge(attempt: Reply | Failure, endpoint: Endpoint) -> Outcome:
    """Judge one attempt by what the endpoint expects."""
    return verdict_on(attempt, endpoint).outcome


def verdict_on(attempt: Reply | Failure, endpoint: Endpoint) -> Verdict:
    """Judge one attempt, and tell what came of each assertion.

    A reply later than the time-out is a failure even when its body is fine: the deadline is a
    promise, and a prober may notice it a moment late. Of several assertions that fail the first
    is the message.
    """
    if isinstance(attempt, Failure):
        reason, message, code = attempt.reason, attempt.message, attempt.status_code
        return Verdict(Failed(reason, message, code, attempt.latency_ms, attempt.facts))
    found = findings(attempt, endpoint.assertions)
    outcome = _outcome(attempt, endpoint, found)
    if isinstance(outcome, Failed):
        outcome = replace(outcome, facts=attempt.facts)
    return Verdict(outcome, found)


def _outcome(reply: Reply, endpoint: Endpoint, found: tuple[Finding, ...]) -> Outcome:
    code, latency_ms = reply.status_code, reply.latency_ms
    if latency_ms > endpoint.policy.timeout_ms:
        return Failed(Reason.NETWORK, "Timeout exceeded", code, latency_ms)
    failing = [finding for finding in found if finding.result is FindingResult.FAILS]
    if not endpoint.expects_status(code):
        by_assertion = [it for it in failing if isinstance(it.assertion, StatusAssertion)]
        expected = f"Expected status {endpoint.expected_status_code}, got {code}"
        message = by_assertion[0].message if by_assertion else expected
        return Failed(Reason.TARGET, message, code, latency_ms)
    if failing:
        return Failed(Reason.ASSERTION, failing[0].message, code, latency_ms)
    warnings = [it.message for it in found if it.result is FindingResult.WARNS]
    is_slow = latency_ms > endpoint.policy.degraded_ms
    return Success(latency_ms, code, is_slow or bool(warnings), warnings[0] if warnings else None)


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
