"""Folding counts every check once, observes every millisecond at most once, and adds up exactly."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.rollup import Counted, Rollup, fold, reach_ms, total

START_MS, END_MS, REACH_MS = 6_000_000, 6_600_000, 70_000


def check(at_ms: int, success: bool = True, degraded: bool = False) -> Counted:
    return Counted(at_ms, success, degraded, 20_000 if success else None)


checks = st.lists(
    st.builds(
        Counted,
        at_ms=st.integers(START_MS - REACH_MS, END_MS + 1000),
        success=st.booleans(),
        degraded=st.booleans(),
        latency_us=st.integers(0, 10_000_000),
    ),
    max_size=40,
    unique_by=lambda it: it.at_ms,
).map(sorted)


def folded(made: list[Counted], width_ms: int, start_ms: int = START_MS) -> dict[int, Rollup]:
    return fold(made, start_ms=start_ms, end_ms=END_MS, width_ms=width_ms, reach=REACH_MS)


@given(checks, st.sampled_from([1000, 60_000, 100_000]))
def test_buckets_add_up_to_the_whole(made: list[Counted], width_ms: int) -> None:
    whole = folded(made, END_MS - START_MS)
    assert total(folded(made, width_ms).values()) == total(whole.values())


@given(checks, st.integers(START_MS, END_MS))
def test_the_parts_of_a_span_add_up_to_it(made: list[Counted], middle_ms: int) -> None:
    spans = [(START_MS, middle_ms), (middle_ms, END_MS)]
    parts = [
        total(fold(made, start_ms=a, end_ms=b, width_ms=60_000, reach=REACH_MS).values())
        for a, b in spans
    ]
    assert total(parts) == total(folded(made, 60_000).values())


@given(checks)
def test_a_check_speaks_until_the_next_but_no_longer_than_its_reach(made: list[Counted]) -> None:
    up = down = 0
    for one, following in pairwise([*made, check(END_MS + 10**9)]):
        until_ms = min(one.at_ms + REACH_MS, following.at_ms, END_MS)
        for_ms = max(0, until_ms - max(one.at_ms, START_MS))
        up, down = (up + for_ms, down) if one.success else (up, down + for_ms)
    whole = total(folded(made, 60_000).values())
    assert (whole.up_ms + whole.slow_ms, whole.down_ms) == (up, down)
    assert whole.observed_ms <= END_MS - START_MS


@given(checks)
def test_uptime_is_that_of_all_checks_of_the_span(made: list[Counted]) -> None:
    inside = [it for it in made if START_MS <= it.at_ms < END_MS]
    whole = total(folded(made, 60_000).values())
    assert (whole.checks, whole.successes) == (len(inside), sum(it.success for it in inside))
    if inside:
        assert whole.uptime == sum(it.success for it in inside) / len(inside) * 100
    latencies = [it.latency_us or 0 for it in inside if it.success]
    assert len(whole.latencies) == len(latencies)
    assert whole.fastest_us == min(latencies, default=None)
    assert whole.slowest_us == max(latencies, default=None)


def test_quick_rechecks_of_a_failure_do_not_weigh_more_than_their_time() -> None:
    made = [check(START_MS), check(START_MS + 60_000, success=False)]
    made += [check(START_MS + 60_000 + n * 1000, success=False) for n in range(1, 10)]
    made += [check(START_MS + 70_000), check(START_MS + 130_000)]
    whole = total(
        fold(
            made, start_ms=START_MS, end_ms=START_MS + 140_000, width_ms=140_000, reach=REACH_MS
        ).values()
    )
    assert whole.uptime == pytest.approx(3 / 13 * 100)
    assert whole.time_weighted_uptime == pytest.approx(130 / 140 * 100)


def test_slow_answers_are_time_in_which_it_answered() -> None:
    made = [check(START_MS, degraded=True), check(START_MS + 30_000)]
    (bucket,) = fold(
        made, start_ms=START_MS, end_ms=START_MS + 60_000, width_ms=60_000, reach=REACH_MS
    ).values()
    assert (bucket.slow_ms, bucket.up_ms, bucket.degraded) == (30_000, 30_000, 1)
    assert bucket.time_weighted_uptime == 100


def test_nothing_observed_is_no_number() -> None:
    nothing = Rollup()
    assert nothing.uptime is None
    assert nothing.time_weighted_uptime is None
    assert nothing.mean_ms is None
    assert nothing.percentiles_ms(50, 95) == (None, None)


def test_a_percentile_lies_between_the_fastest_and_the_slowest() -> None:
    rollup = Rollup()
    rollup.count(Counted(0, True, False, 103_000))
    assert rollup.percentiles_ms(50, 95) == (103, 103)


def test_a_check_reaches_until_the_next_is_surely_late() -> None:
    assert reach_ms(60, 5000) == 70_000
