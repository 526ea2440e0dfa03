"""The state machine: what must hold after any run of checks."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.vocabulary import Reason, Status
from backend.domain.assertions import Failed, Outcome, Success
from backend.domain.endpoint import Policy
from backend.domain.health import Health, Transition, advance

FAST = Success(10, 200, degraded=False)
SLOW = Success(900, 200, degraded=True)
BROKEN = Failed(Reason.TARGET, "Expected status 200, got 503", 503, 10)
OURS = Failed(Reason.OURS, "Internal error: MemoryError")

outcomes = st.lists(
    st.one_of(
        st.sampled_from([FAST, SLOW, OURS]),
        st.builds(
            Failed, st.sampled_from([r for r in Reason if r is not Reason.OURS]), st.just("")
        ),
    ),
    max_size=60,
)
thresholds = st.integers(1, 5)


def policy_of(failures: int = 3, successes: int = 1) -> Policy:
    return Policy(60, 15, 5000, 2000, failures, successes)


@dataclass(frozen=True)
class Step:
    outcome: Outcome
    at_ms: int
    before: Health
    after: Health
    transition: Transition | None


def run(checks: list[Outcome], policy: Policy) -> list[Step]:
    """Advance through checks made at 1000, 2000, ... ms."""
    steps: list[Step] = []
    health = Health()
    for number, outcome in enumerate(checks, start=1):
        after, transition = advance(health, outcome, policy, number * 1000)
        steps.append(Step(outcome, number * 1000, health, after, transition))
        health = after
    return steps


def failed(outcome: Outcome) -> bool:
    return isinstance(outcome, Failed)


@given(outcomes, thresholds, thresholds)
def test_down_needs_that_many_failures_in_a_row(
    checks: list[Outcome], failures: int, successes: int
) -> None:
    counted: list[Step] = []
    for step in run(checks, policy_of(failures, successes)):
        if step.outcome is not OURS:
            counted.append(step)
        if step.transition is not None and step.transition.current is Status.DOWN:
            last = [it.outcome for it in counted[-failures:]]
            assert len(last) == failures
            assert all(map(failed, last))


@given(outcomes, thresholds)
def test_that_many_failures_in_a_row_are_always_down(checks: list[Outcome], failures: int) -> None:
    steps = run([*checks, *[BROKEN] * failures], policy_of(failures))

    assert steps[-1].after.status is Status.DOWN


@given(outcomes, thresholds, thresholds)
def test_our_own_fault_never_counts(checks: list[Outcome], failures: int, successes: int) -> None:
    policy = policy_of(failures, successes)
    without = run([it for it in checks if it is not OURS], policy)
    statuses = [it.after.status for it in run(checks, policy) if it.outcome is not OURS]

    assert statuses == [it.after.status for it in without]
    for step in run(checks, policy):
        if step.outcome is OURS:
            assert step.transition is None
            assert step.after.last_checked_ms == step.at_ms
            assert step.after.consecutive_failures == step.before.consecutive_failures
            assert step.after.consecutive_successes == step.before.consecutive_successes


@given(outcomes, thresholds, thresholds)
def test_an_outage_begins_with_the_first_failure_of_its_run(
    checks: list[Outcome], failures: int, successes: int
) -> None:
    first_failure_ms: int | None = None
    for step in run(checks, policy_of(failures, successes)):
        if step.outcome is OURS:
            continue
        if not failed(step.outcome):
            if step.before.status is not Status.DOWN:
                first_failure_ms = None
        elif first_failure_ms is None:
            first_failure_ms = step.at_ms
        if step.transition is not None and step.transition.opens_incident:
            assert step.after.failing_since_ms == first_failure_ms
            assert step.after.since_ms == first_failure_ms
            assert step.after.run_failures == failures
        if step.transition is not None and step.transition.recovers:
            first_failure_ms = None


@given(outcomes, thresholds, thresholds)
def test_recovery_needs_that_many_successes_in_a_row(
    checks: list[Outcome], failures: int, successes: int
) -> None:
    counted: list[Outcome] = []
    for step in run(checks, policy_of(failures, successes)):
        if step.outcome is not OURS:
            counted.append(step.outcome)
        if step.transition is not None and step.transition.recovers:
            assert not any(map(failed, counted[-successes:]))
            assert len(counted) >= successes + failures


@given(outcomes, thresholds)
def test_that_many_successes_in_a_row_always_end_an_outage(
    checks: list[Outcome], successes: int
) -> None:
    last = run([*checks, *[FAST] * successes], policy_of(2, successes))[-1].after

    assert last.status is Status.UP
    assert last.failing_since_ms is None
    assert last.run_failures == 0
    assert last.last_error is None


@given(outcomes, thresholds, thresholds)
def test_a_transition_is_told_exactly_when_the_status_changes(
    checks: list[Outcome], failures: int, successes: int
) -> None:
    for step in run(checks, policy_of(failures, successes)):
        changed = step.before.status is not step.after.status
        assert (step.transition is not None) is changed
        if step.transition is not None:
            assert step.transition.previous is step.before.status
            assert step.transition.current is step.after.status
            assert step.transition.at_ms == step.at_ms
        else:
            assert step.after.since_ms == step.before.since_ms


@pytest.mark.parametrize(("outcome", "status"), [(FAST, Status.UP), (SLOW, Status.DEGRADED)])
def test_a_first_success_decides_at_once(outcome: Success, status: Status) -> None:
    (step,) = run([outcome], policy_of())

    assert step.transition == Transition(Status.UNKNOWN, status, 1000)
    assert not step.transition.recovers
    assert step.after.last_latency_ms == outcome.latency_ms


def test_before_the_verdict_the_status_stays_and_failures_count() -> None:
    steps = run([FAST, BROKEN, BROKEN, BROKEN], policy_of())

    assert [step.after.status for step in steps] == [Status.UP] * 3 + [Status.DOWN]
    assert [step.after.consecutive_failures for step in steps] == [0, 1, 2, 3]
    assert steps[-1].after.last_error == BROKEN.message


def test_a_single_success_within_an_outage_does_not_restart_it() -> None:
    last = run([BROKEN] * 3 + [FAST, BROKEN], policy_of(3, 2))[-1].after

    assert last.status is Status.DOWN
    assert last.failing_since_ms == 1000
    assert last.run_failures == 4
