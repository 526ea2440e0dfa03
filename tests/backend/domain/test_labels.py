"""What time it says on things, when somebody sets the clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.labels import KEPT_LEAPS, Labels, at, leapt_ms

START = Labels(at_ms=1_000_000, steady_ms=0)
HOUR_MS = 3_600_000


def test_labels_follow_a_clock_that_nobody_sets() -> None:
    after = at(START, 1_005_003, 5000)
    assert (after.at_ms, after.leaps) == (1_005_003, ())


def test_a_clock_that_is_set_forward_is_believed_at_once_and_no_time_has_passed() -> None:
    after = at(START, 1_005_000 + HOUR_MS, 5000)
    assert after.at_ms == 1_005_000 + HOUR_MS
    assert leapt_ms(after, 1_000_000) == HOUR_MS
    assert leapt_ms(after, after.at_ms) == 0, "what begins now has not seen it"


def test_a_clock_that_is_set_back_is_approached_slowly() -> None:
    after = at(START, 1_010_000 - HOUR_MS, 10_000)
    assert after.at_ms == pytest.approx(1_009_500)
    assert leapt_ms(after, 0) == 0


def test_labels_arrive_at_the_clock_that_was_set_back() -> None:
    ahead = Labels(at_ms=1_000_100, steady_ms=0)
    assert at(ahead, 1_005_000, 5000).at_ms == 1_005_000


def test_a_clock_set_forward_and_back_again_ends_ahead_and_remembers_one_leap() -> None:
    forward = at(START, 1_001_000 + HOUR_MS, 1000)
    back = at(forward, 1_002_000, 2000)
    assert back.at_ms == pytest.approx(forward.at_ms + 950)
    assert leapt_ms(back, 1_000_000) == HOUR_MS


def test_the_memory_of_leaps_has_an_end() -> None:
    labels = START
    for number in range(1, KEPT_LEAPS * 3):
        labels = at(labels, labels.at_ms + HOUR_MS, number)
    assert len(labels.leaps) == KEPT_LEAPS


@given(
    st.lists(
        st.tuples(st.integers(-10 * HOUR_MS, 10 * HOUR_MS), st.integers(0, 100_000)), max_size=30
    )
)
def test_labels_never_go_back_and_never_stand_still(steps: list[tuple[int, int]]) -> None:
    labels, steady_ms = START, 0.0
    for set_by_ms, passed_ms in steps:
        steady_ms += passed_ms
        after = at(labels, START.at_ms + steady_ms + set_by_ms, steady_ms)
        assert after.at_ms - labels.at_ms >= passed_ms * 0.95 - 0.01
        labels = after
