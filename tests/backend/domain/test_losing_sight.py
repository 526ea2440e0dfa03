"""What becomes of a standing when this computer cannot watch: nothing is held against anybody."""

from hypothesis import given
from hypothesis import strategies as st

from backend.contract.vocabulary import Reason, Status, UnknownReason
from backend.domain.assertions import Failed, Success
from backend.domain.endpoint import Policy
from backend.domain.health import Health, Transition, advance, lose_sight

FAST = Success(10, 200, degraded=False)
BROKEN = Failed(Reason.NETWORK, "Timeout exceeded")
AWAY = "away"

steps = st.lists(st.sampled_from([FAST, BROKEN, AWAY]), max_size=60)
thresholds = st.integers(1, 4)


def policy_of(failures: int, successes: int = 1) -> Policy:
    return Policy(60, 15, 5000, 2000, failures, successes)


def walk(taken: list[object], policy: Policy) -> list[tuple[object, Health, Transition | None]]:
    """Take steps at 1000, 2000, ... ms and return what each led to."""
    health, found = Health(), []
    for number, step in enumerate(taken, start=1):
        at_ms = number * 1000
        if isinstance(step, str):
            health, transition = lose_sight(health, UnknownReason.OFFLINE, at_ms)
        else:
            health, transition = advance(health, step, policy, at_ms)
        found.append((step, health, transition))
    return found


@given(steps, thresholds, thresholds)
def test_incidents_open_and_close_in_turns_whatever_lies_between(
    taken: list[object], failures: int, successes: int
) -> None:
    is_open = False
    for _, health, transition in walk(taken, policy_of(failures, successes)):
        if transition is not None and transition.opens_incident:
            assert not is_open
            is_open = True
        if transition is not None and transition.recovers:
            assert is_open
            is_open = False
        assert health.in_outage is is_open


@given(steps, thresholds)
def test_failures_from_before_do_not_count_after(taken: list[object], failures: int) -> None:
    in_a_row = 0
    for step, health, transition in walk(taken, policy_of(failures)):
        lost = step == AWAY and transition is not None
        in_a_row = in_a_row + 1 if step is BROKEN else 0 if step is FAST or lost else in_a_row
        assert health.consecutive_failures == in_a_row
        if transition is not None and transition.current is Status.DOWN:
            assert in_a_row >= failures


@given(steps, thresholds)
def test_who_is_out_of_sight_is_unknown_and_says_why(taken: list[object], failures: int) -> None:
    for step, health, transition in walk(taken, policy_of(failures)):
        if step == AWAY:
            assert health.status is Status.UNKNOWN
            assert transition is None or not (transition.opens_incident or transition.recovers)
        if transition is not None:
            reason = UnknownReason.OFFLINE if health.status is Status.UNKNOWN else None
            assert health.unknown_reason is reason


def test_an_outage_that_goes_on_is_down_again_since_it_is_seen_again() -> None:
    *_, (_, seen, _), (_, lost, _), (_, again, transition) = walk(
        [BROKEN, BROKEN, AWAY, BROKEN], policy_of(1)
    )
    assert seen.failing_since_ms == lost.failing_since_ms == again.failing_since_ms == 1000
    assert again.since_ms == 4000
    assert again.run_failures == 3
    assert transition == Transition(Status.UNKNOWN, Status.DOWN, 4000, interrupted=True)
