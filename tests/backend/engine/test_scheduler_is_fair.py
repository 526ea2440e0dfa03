"""Whatever is planned or dropped: one check an endpoint, a cap on all, and nobody starves."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.assertions import Check
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.domain.schedule import SPREAD_WITHIN_MS
from backend.engine.monitors import Monitors
from backend.engine.room import MOST, SLOW_MS
from backend.engine.scheduler import CHECKS_AT_ONCE, Scheduler
from backend.storage.archive import Monitored
from tests.helpers.fake_clock import FakeClock

INTERVALS_S = (5, 7, 20, 60)
MINUTE_MS = 60_000

crowds = st.lists(
    st.tuples(st.sampled_from(INTERVALS_S), st.integers(0, 3000)), min_size=1, max_size=12
)
meddling = st.lists(
    st.tuples(
        st.integers(0, 3 * MINUTE_MS), st.sampled_from(["soon", "forget", "spread"]), st.integers()
    ),
    max_size=6,
)


@dataclass
class Checks:
    """Checks that take as long as each endpoint's target does; notes what was at the same time."""

    clock: FakeClock
    takes_ms: dict[str, int]
    begun: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    under_way: Counter[str] = field(default_factory=Counter)
    most_of_one: int = 0
    most_at_once: int = 0

    async def check(self, endpoint_id: str) -> Check:
        began_ms = self.clock.monotonic_ms()
        self.begun[endpoint_id].append(began_ms)
        self.under_way[endpoint_id] += 1
        self.most_of_one = max(self.most_of_one, self.under_way[endpoint_id])
        self.most_at_once = max(self.most_at_once, self.under_way.total())
        try:
            await self.clock.sleep_until(began_ms + self.takes_ms[endpoint_id])
        finally:
            self.under_way[endpoint_id] -= 1
        return Check(endpoint_id, int(began_ms), True, False, 1.0, 200, None, None)


async def turn(clock: FakeClock, until_ms: float) -> None:
    """Turn the clock, stopping wherever somebody wants to be woken."""
    while True:
        for _ in range(12):
            await asyncio.sleep(0)
        waking_ms = clock.next_waking_ms
        if waking_ms is None or waking_ms > until_ms:
            clock.advance(until_ms - clock.monotonic_ms())
            return
        clock.advance(waking_ms - clock.monotonic_ms())


@settings(max_examples=40, deadline=None)
@given(crowd=crowds, meddled=meddling)
async def test_nobody_is_checked_twice_at_once_and_nobody_is_forgotten(
    crowd: list[tuple[int, int]], meddled: list[tuple[int, str, int]]
) -> None:
    clock = FakeClock()
    endpoints = [
        _checked_every(f"endpoint {number}", interval_s)
        for number, (interval_s, _) in enumerate(crowd)
    ]
    # As much room as all of them need on the average, and one more.
    load = sum(takes_ms / interval_s / 1000 for interval_s, takes_ms in crowd)
    cap = int(load) + 2
    checks = Checks(clock, {it.id: takes for it, (_, takes) in zip(endpoints, crowd, strict=True)})
    monitors = Monitors(Monitored(it, Health()) for it in endpoints)
    scheduler = Scheduler(clock=clock, monitors=monitors, check=checks.check, checks_at_once=cap)
    forgotten: set[str] = set()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(scheduler.run(), name="scheduler under test")
        for at_ms, what, number in sorted(meddled):
            await turn(clock, max(at_ms, clock.monotonic_ms()))
            endpoint_id = endpoints[number % len(endpoints)].id
            match what:
                case "soon":
                    scheduler.check_soon(endpoint_id)
                    forgotten.discard(endpoint_id)
                case "forget":
                    scheduler.forget(endpoint_id)
                    forgotten.add(endpoint_id)
                case _:
                    scheduler.spread([it.id for it in endpoints])
        began_ms = clock.monotonic_ms()
        await turn(clock, began_ms + 4 * MINUTE_MS)
        task.cancel()

    assert checks.most_of_one <= 1
    assert checks.most_at_once <= cap * MOST
    for endpoint in endpoints:
        lately = [at_ms for at_ms in checks.begun[endpoint.id] if at_ms > began_ms]
        if endpoint.id in forgotten:
            assert not lately
            continue
        interval_ms, takes_ms = endpoint.check_interval * 1000, checks.takes_ms[endpoint.id]
        waits_ms = SPREAD_WITHIN_MS + sum(checks.takes_ms.values())
        expected = (4 * MINUTE_MS - waits_ms - interval_ms) // (interval_ms + takes_ms)
        assert len(lately) >= expected
        gaps = [later - sooner for sooner, later in pairwise(lately)]
        assert all(gap >= takes_ms for gap in gaps)


async def test_what_a_start_brought_together_lies_all_over_the_interval_from_then_on() -> None:
    clock = FakeClock()
    endpoints = [_checked_every(f"endpoint {number}", 60) for number in range(120)]
    checks = Checks(clock, dict.fromkeys((it.id for it in endpoints), 10))
    monitors = Monitors(Monitored(it, Health()) for it in endpoints)
    scheduler = Scheduler(clock=clock, monitors=monitors, check=checks.check)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(scheduler.run(), name="scheduler under test")
        await turn(clock, 5 * MINUTE_MS)
        task.cancel()

    begun = list(checks.begun.values())
    assert len(begun) == 120
    assert all(times[0] <= SPREAD_WITHIN_MS + 50 for times in begun), "all are checked soon"
    assert all(late - soon <= MINUTE_MS + 50 for times in begun for soon, late in pairwise(times))
    tenths = Counter(int(times[-1] % MINUTE_MS // 6000) for times in begun)
    assert max(tenths.values()) <= 24, tenths


async def test_a_hundred_that_hang_for_half_a_minute_delay_nobody() -> None:
    clock = FakeClock()
    endpoints = [_checked_every(f"endpoint {number}", 20) for number in range(1000)]
    hanging = {it.id for it in endpoints[:CHECKS_AT_ONCE]}
    checks = Checks(clock, {it.id: 30_000 if it.id in hanging else 5 for it in endpoints})
    monitors = Monitors(Monitored(it, Health()) for it in endpoints)
    scheduler = Scheduler(clock=clock, monitors=monitors, check=checks.check)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(scheduler.run(), name="scheduler under test")
        await turn(clock, MINUTE_MS)
        task.cancel()

    assert checks.most_at_once > CHECKS_AT_ONCE
    healthy = [times for key, times in checks.begun.items() if key not in hanging]
    assert max(times[0] for times in healthy) <= SPREAD_WITHIN_MS + 50
    late_ms = [late - soon - 20_000 for times in healthy for soon, late in pairwise(times)]
    assert max(late_ms) <= 50


async def test_those_that_hang_have_a_cap_of_their_own() -> None:
    clock = FakeClock()
    endpoints = [_checked_every(f"endpoint {number}", 5) for number in range(50)]
    checks = Checks(clock, dict.fromkeys((it.id for it in endpoints), MINUTE_MS))
    monitors = Monitors(Monitored(it, Health()) for it in endpoints)
    scheduler = Scheduler(clock=clock, monitors=monitors, check=checks.check, checks_at_once=2)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(scheduler.run(), name="scheduler under test")
        await turn(clock, 2 * MINUTE_MS)
        task.cancel()

    assert checks.most_at_once == 2 * MOST
    begun = sorted(at_ms for times in checks.begun.values() for at_ms in times)
    assert begun[2] >= begun[0] + SLOW_MS


def _checked_every(endpoint_id: str, interval_s: int) -> Endpoint:
    return Endpoint(
        id=endpoint_id,
        name="shop",
        url="http://shop.test/",
        check_interval=interval_s,
        created_at_ms=0,
        updated_at_ms=0,
    )
