"""When a check is due: spread by the id, steady, quicker before a verdict, never a burst."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from backend.contract.vocabulary import Status
from backend.domain.endpoint import Policy
from backend.domain.health import Health
from backend.domain.schedule import SPREAD_WITHIN_MS, next_due, phase, settled_due, spread_due

ids = st.uuids().map(str)
times = st.floats(0, 1e12)
policies = st.builds(
    Policy,
    interval_s=st.integers(5, 86_400),
    retry_interval_s=st.integers(1, 60),
    timeout_ms=st.just(5000),
    degraded_ms=st.just(2000),
    failure_threshold=st.just(3),
    recovery_threshold=st.just(1),
)
WELL = Health(Status.UP)
DOUBTFUL = Health(Status.UP, consecutive_failures=1)
DOWN = Health(Status.DOWN, consecutive_failures=3)


@given(ids)
def test_the_phase_is_the_ids_alone(endpoint_id: str) -> None:
    assert 0 <= phase(endpoint_id) < 1
    assert phase(endpoint_id) == phase(endpoint_id)


def test_phases_are_spread_evenly() -> None:
    tenths = [int(phase(f"endpoint {number}") * 10) for number in range(10_000)]

    assert all(900 < tenths.count(tenth) < 1100 for tenth in range(10))


@given(ids, policies, times)
def test_after_a_start_everybody_is_due_soon(
    endpoint_id: str, policy: Policy, now_ms: float
) -> None:
    due_ms = spread_due(endpoint_id, policy, now_ms)

    assert now_ms <= due_ms <= now_ms + min(SPREAD_WITHIN_MS, policy.interval_s * 1000)


@given(ids, policies, times)
def test_the_check_after_that_comes_within_the_interval(
    endpoint_id: str, policy: Policy, now_ms: float
) -> None:
    due_ms = spread_due(endpoint_id, policy, now_ms)
    waits_ms = settled_due(endpoint_id, policy, due_ms) - due_ms
    interval_ms = policy.interval_s * 1000

    assert min(SPREAD_WITHIN_MS, interval_ms) - 1 <= waits_ms <= interval_ms + 1


def test_from_then_on_all_lie_all_over_the_interval() -> None:
    policy = Policy(
        interval_s=60,
        retry_interval_s=15,
        timeout_ms=5000,
        degraded_ms=2000,
        failure_threshold=3,
        recovery_threshold=1,
    )
    names = [f"endpoint {number}" for number in range(6000)]
    dues_ms = [settled_due(it, policy, spread_due(it, policy, 0)) for it in names]
    tenths = Counter(int(it % 60_000 // 6000) for it in dues_ms)

    assert all(500 < tenths[tenth] < 700 for tenth in range(10))


@given(ids, policies, times, st.sampled_from([WELL, DOUBTFUL, DOWN]), st.floats(-1, 4))
def test_the_next_check_is_never_in_the_past_nor_too_far(
    endpoint_id: str, policy: Policy, now_ms: float, health: Health, late: float
) -> None:
    late_ms = late * policy.interval_s * 1000
    due_ms = next_due(endpoint_id, policy, health, now_ms - late_ms, now_ms)
    longest_s = max(policy.interval_s, policy.retry_interval_s)

    assert now_ms <= due_ms <= max(now_ms, now_ms - late_ms) + longest_s * 1000


@given(ids, policies, times)
def test_a_steady_endpoint_keeps_its_beat(endpoint_id: str, policy: Policy, due_ms: float) -> None:
    took_ms = policy.interval_s * 500

    again = next_due(endpoint_id, policy, WELL, due_ms, due_ms + took_ms)
    assert again == due_ms + policy.interval_s * 1000


@given(ids, policies, times)
def test_doubt_is_settled_at_the_retry_interval(
    endpoint_id: str, policy: Policy, due_ms: float
) -> None:
    doubtful = next_due(endpoint_id, policy, DOUBTFUL, due_ms, due_ms)
    down = next_due(endpoint_id, policy, DOWN, due_ms, due_ms)

    assert doubtful == due_ms + policy.retry_interval_s * 1000
    assert down == due_ms + policy.interval_s * 1000


@given(policies, times)
def test_after_a_long_sleep_checks_do_not_burst(policy: Policy, now_ms: float) -> None:
    slept_ms = now_ms - policy.interval_s * 1000 * 10
    dues = {next_due(f"{n}", policy, WELL, slept_ms, now_ms) for n in range(50)}

    assert len(dues) > 10
