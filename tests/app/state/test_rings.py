"""Packed rings of checks: what goes in comes out, in order, and no more than is to be kept."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.state import rings
from app.state.rings import NO_CHECKS, Check, Ring
from backend.contract.vocabulary import CheckStatus, Reason, Status
from tests.app.state.builders import START


def a_check(second: float, **values: object) -> Check:
    plain = Check(
        START + timedelta(seconds=second), CheckStatus.SUCCESS, False, 50.5, 200, None, None
    )
    return plain._replace(**values)


FAILED = {
    "status": CheckStatus.FAILURE,
    "response_time": None,
    "status_code": None,
    "error_message": "Timeout exceeded",
    "reason": Reason.NETWORK,
}
SLOW = {"is_degraded": True, "response_time": 1900.25}


def seconds_of(ring: Ring) -> list[float]:
    return [(check.checked_at - START).total_seconds() for check in ring]


@st.composite
def histories(draw: st.DrawFn) -> list[Check]:
    seconds = sorted(draw(st.sets(st.integers(0, 60), max_size=50)))
    return [a_check(at, **draw(st.sampled_from(({}, FAILED, SLOW)))) for at in seconds]


@given(histories())
def test_what_is_packed_is_found_again(checks: list[Check]) -> None:
    ring = Ring.of(checks)

    assert list(ring) == checks
    assert [ring[place] for place in range(len(ring))] == checks
    assert [ring[place - len(ring)] for place in range(len(ring))] == checks
    assert ring == Ring.of(checks)


@given(histories(), st.integers(-60, 60), st.integers(-60, 60))
def test_a_slice_is_that_of_a_list(checks: list[Check], first: int, end: int) -> None:
    assert list(Ring.of(checks)[first:end]) == checks[first:end]
    assert list(Ring.of(checks)[-40:]) == checks[-40:]


@given(histories(), st.integers(0, 60), st.integers(1, 6))
def test_one_more_check_takes_its_place(checks: list[Check], second: int, limit: int) -> None:
    ring, late = Ring.of(checks[-limit:]), a_check(second, **FAILED)

    together = rings.appended(ring, late, limit)

    expected = sorted({check.checked_at: check for check in (late, *ring)}.values())[-limit:]
    if expected == list(ring):
        assert together is None
    else:
        assert together == Ring.of(expected)


@given(histories(), st.integers(0, 60))
def test_those_since_a_moment_are_the_later_ones(checks: list[Check], second: int) -> None:
    at = START + timedelta(seconds=second)

    assert list(Ring.of(checks).since(at)) == [check for check in checks if check.checked_at > at]


def test_messages_leave_with_their_checks() -> None:
    ring: Ring | None = Ring.of([a_check(0, **FAILED)])
    for second in (1, 2):
        assert ring is not None
        ring = rings.appended(ring, a_check(second), 2)

    assert ring is not None
    assert ring.faults == {}


def test_what_was_told_holds_for_its_span_and_newer_ones_stay() -> None:
    held, told = Ring.of([a_check(1), a_check(2), a_check(9)]), Ring.of([a_check(2), a_check(4)])

    assert seconds_of(rings.merged(held, told, 40)) == [1, 2, 4, 9]
    assert seconds_of(rings.merged(held, told, 3)) == [2, 4, 9]


def test_older_ones_go_where_a_hole_would_lie_between() -> None:
    held, told = Ring.of([a_check(1), a_check(2)]), Ring.of([a_check(5), a_check(6)])

    assert seconds_of(rings.merged(held, told, 40)) == [5, 6]


def test_a_ring_that_has_all_that_was_told_stays_itself() -> None:
    held = Ring.of([a_check(1), a_check(2)])

    assert rings.merged(held, Ring.of([a_check(1), a_check(2)]), 40) is held
    assert rings.merged(held, NO_CHECKS, 40) is held


def test_a_ring_says_what_its_newest_checks_speak_for() -> None:
    ring = Ring.of([a_check(0), a_check(1, **FAILED), a_check(2, **SLOW)])

    assert ring.statuses(40) == (Status.UP, Status.DOWN, Status.DEGRADED)
    assert ring.statuses(2) == (Status.DOWN, Status.DEGRADED)
    assert NO_CHECKS.statuses(40) == ()
