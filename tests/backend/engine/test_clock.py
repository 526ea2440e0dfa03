"""The clock of this computer, asked by a program that was started."""

import asyncio
import time

import pytest

from backend.__main__ import loop_factory
from backend.engine.clock import FURTHEST_AHEAD_MS, RealClock, next_beat


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def test_the_time_is_that_of_this_computer() -> None:
    assert RealClock().wall_ms() == pytest.approx(now_ms(), abs=100)
    assert RealClock(now_ms() - 5_000_000).wall_ms() == pytest.approx(now_ms(), abs=100)


def test_after_a_clock_was_set_back_time_goes_on_from_what_is_stored() -> None:
    newest_ms = now_ms() + 7_200_000
    clock = RealClock(newest_ms)
    assert clock.wall_ms() == pytest.approx(newest_ms, abs=100)
    assert clock.leapt_ms(0) == 0


def test_what_a_clock_that_was_wrong_by_years_left_is_not_gone_on_from() -> None:
    assert RealClock(now_ms() + 2 * FURTHEST_AHEAD_MS).wall_ms() == pytest.approx(now_ms(), abs=100)


@pytest.mark.parametrize(
    ("now_ms", "beat_ms"), [(0, 2000), (1980, 2000), (1999.999, 4000), (2000, 4000), (3300, 4000)]
)
def test_beats_are_whole_multiples_and_none_is_had_twice(now_ms: float, beat_ms: float) -> None:
    assert next_beat(now_ms, 2000) == beat_ms


def test_a_sleep_of_less_than_a_millisecond_is_slept_and_not_spun_through() -> None:
    async def sleep_often(clock: RealClock) -> float:
        began_ms = clock.monotonic_ms()
        for _ in range(50):
            await clock.sleep_until(clock.monotonic_ms() + 0.3)
        return clock.monotonic_ms() - began_ms

    with asyncio.Runner(loop_factory=loop_factory(audited=False)) as runner:
        assert runner.run(sleep_often(RealClock())) >= 15
