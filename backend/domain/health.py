"""The state machine: from a standing and an outcome to the next standing.

One pure function decides UP, DOWN, DEGRADED and UNKNOWN. Called by the pipeline alone.
"""

from dataclasses import dataclass, replace

from backend.contract.vocabulary import Reason, Status, UnknownReason
from backend.domain.assertions import Failed, Outcome, Success
from backend.domain.endpoint import Policy


@dataclass(frozen=True, slots=True)
class Health:
    """Where an endpoint stands. Times are Unix milliseconds.

    ``failing_since_ms`` is the first failure of the present run; while DOWN it is kept until
    the recovery, whatever single successes lie between.

    ``unknown_reason`` says why sight of it was lost; ``interrupted`` that it was DOWN then: its
    outage is over when it is seen to have recovered, not before.
    """

    status: Status = Status.UNKNOWN
    since_ms: int | None = None
    consecutive_failures: int = 0
    consecutive_successes: int = 0
    failing_since_ms: int | None = None
    run_failures: int = 0
    last_checked_ms: int | None = None
    last_latency_ms: float | None = None
    last_error: str | None = None
    unknown_reason: UnknownReason | None = None
    interrupted: bool = False

    @property
    def in_outage(self) -> bool:
        """Whether it is DOWN, or was when it was last seen."""
        return self.status is Status.DOWN or self.interrupted


@dataclass(frozen=True, slots=True)
class Transition:
    """The status changed at ``at_ms``; ``interrupted`` as the standing before it was."""

    previous: Status
    current: Status
    at_ms: int
    interrupted: bool = False

    @property
    def opens_incident(self) -> bool:
        """Whether the endpoint just went DOWN; one that is still down was so all the time."""
        return self.current is Status.DOWN and not self.interrupted

    @property
    def recovers(self) -> bool:
        """Whether the endpoint just came back from DOWN by succeeding."""
        was_down = self.previous is Status.DOWN or self.interrupted
        return was_down and self.current in (Status.UP, Status.DEGRADED)


def advance(
    health: Health, outcome: Outcome, policy: Policy, at_ms: int
) -> tuple[Health, Transition | None]:
    """Return the standing after one more check, and the transition it made, if any.

    Args:
        health: the standing before.
        outcome: the judged check.
        policy: the endpoint's thresholds.
        at_ms: when the check was made, Unix milliseconds.
    """
    seen = replace(health, last_checked_ms=at_ms)
    match outcome:
        case Failed(reason=Reason.OURS):
            return seen, None
        case Success():
            after = _succeeded(seen, outcome, policy, at_ms)
        case Failed():
            after = _failed(seen, outcome, policy, at_ms)
    if after.status is health.status:
        return after, None
    return after, Transition(health.status, after.status, at_ms, health.interrupted)


def lose_sight(
    health: Health, reason: UnknownReason, at_ms: int
) -> tuple[Health, Transition | None]:
    """Return the standing of an endpoint that cannot be judged now: nothing counts against it.

    One that is UNKNOWN already stays as it is. What is known of an outage is kept.

    Args:
        health: the standing before.
        reason: why.
        at_ms: since when, Unix milliseconds.
    """
    if health.status is Status.UNKNOWN:
        return health, None
    after = Health(
        status=Status.UNKNOWN,
        since_ms=at_ms,
        failing_since_ms=health.failing_since_ms if health.in_outage else None,
        run_failures=health.run_failures if health.in_outage else 0,
        last_checked_ms=health.last_checked_ms,
        unknown_reason=reason,
        interrupted=health.in_outage,
    )
    return after, Transition(health.status, Status.UNKNOWN, at_ms)


def _succeeded(health: Health, outcome: Success, policy: Policy, at_ms: int) -> Health:
    successes = health.consecutive_successes + 1
    counted = replace(
        health,
        consecutive_failures=0,
        consecutive_successes=successes,
        last_latency_ms=outcome.latency_ms,
    )
    if health.in_outage and successes < policy.recovery_threshold:
        if health.status is Status.DOWN:
            return counted
        return replace(counted, last_error=outcome.warning)
    status = Status.DEGRADED if outcome.degraded else Status.UP
    return replace(
        counted,
        status=status,
        since_ms=health.since_ms if status is health.status else at_ms,
        failing_since_ms=None,
        run_failures=0,
        last_error=outcome.warning,
        unknown_reason=None,
        interrupted=False,
    )


def _failed(health: Health, outcome: Failed, policy: Policy, at_ms: int) -> Health:
    failures = health.consecutive_failures + 1
    counted = replace(
        health,
        consecutive_failures=failures,
        consecutive_successes=0,
        failing_since_ms=at_ms if health.failing_since_ms is None else health.failing_since_ms,
        run_failures=health.run_failures + 1,
        last_latency_ms=outcome.latency_ms,
        last_error=outcome.message,
    )
    if health.status is Status.DOWN or failures < policy.failure_threshold:
        return counted
    return replace(
        counted,
        status=Status.DOWN,
        # What lies between the outage as it was last seen and now is not known.
        since_ms=at_ms if health.interrupted else counted.failing_since_ms,
        unknown_reason=None,
        interrupted=False,
    )
