"""What a hundred thousand endpoints cost the scheduler while their checks take no time.

In the test's process: the scheduler, the real clock, and a check that only notes how late it began.
Prints the share of a core, how late checks began (from when they were due, not rounded), and the
bytes an endpoint takes. The limits are a loop that only makes as many tasks, and a bare timer.
"""

import asyncio
import time
import tracemalloc
from array import array

import pytest

from backend.engine.clock import RealClock
from backend.engine.monitors import Monitors
from backend.engine.recorder import Void
from backend.engine.scheduler import Scheduler
from backend.storage.archive import Monitored
from tests.backend.storage.conftest import an_endpoint
from tests.benchmarks.measured_backend import beat, share_of
from tests.helpers.fake_clock import FakeClock

INTERVAL_S = 60
STARTED_S = 15
"""By then, all were checked once."""


@pytest.mark.parametrize(
    ("endpoints", "seconds"),
    [(2_000, 2), pytest.param(100_000, INTERVAL_S / 3, marks=pytest.mark.long)],
    ids=["smoke", "full"],
)
@pytest.mark.timeout(300)
async def test_a_hundred_thousand_that_sleep(endpoints: int, seconds: float) -> None:
    known = [an_endpoint(f"{number:036}", check_interval=INTERVAL_S) for number in range(endpoints)]
    clock, late_ms = RealClock(), array("d")
    monitors = Monitors(Monitored(it) for it in known)

    async def check(endpoint_id: str) -> Void:
        late_ms.append(clock.monotonic_ms() - scheduler._agenda.due_ms(endpoint_id))
        return Void()

    scheduler = Scheduler(clock=clock, monitors=monitors, check=check)
    timer: list[float] = []
    async with asyncio.TaskGroup() as group:
        running = group.create_task(scheduler.run(), name="the scheduler")
        await asyncio.sleep(min(seconds, STARTED_S))
        beating = group.create_task(beat(timer), name="a bare timer")
        began_with, began, used = len(late_ms), time.monotonic(), time.process_time()
        await asyncio.sleep(seconds)
        took, used = time.monotonic() - began, time.process_time() - used
        running.cancel()
        beating.cancel()
    told = late_ms[began_with:]
    bare = await bare_share(len(told) / took, min(seconds, 3))
    p50, p99 = (share_of(told, part) for part in (0.5, 0.99))
    share = used / took * 100
    print(
        f"\n{endpoints} endpoints every {INTERVAL_S} s: {share:.1f} % of a core (goal 10), "
        f"{share / bare:.1f} x the same tasks on a bare loop; {len(told)} checks, late by p50 "
        f"{p50:.0f}, p99 {p99:.0f} (goal 100), worst {max(told):.0f} ms (a bare timer p99 "
        f"{share_of(timer, 0.99):.0f}); "
        f"{await bytes_an_endpoint(monitors, endpoints):.0f} bytes an endpoint (goal 400)"
    )
    assert len(late_ms) >= endpoints * min(1, seconds / STARTED_S) / 2
    assert min(told) >= 0, "none began before it was due"


async def bare_share(per_s: float, seconds: float) -> float:
    """Return the percents of a core that so many tasks a second cost, made 20 times a second."""
    each, used, began = round(per_s / 20), time.process_time(), time.monotonic()

    async def nothing() -> Void:
        return Void()

    while time.monotonic() - began < seconds:
        async with asyncio.TaskGroup() as group:
            for _ in range(each):
                group.create_task(nothing(), name="nothing")
        await asyncio.sleep(0.05)
    return (time.process_time() - used) / (time.monotonic() - began) * 100


async def bytes_an_endpoint(monitors: Monitors, endpoints: int) -> float:
    """Return what one endpoint takes in a scheduler that has just begun, beside its id."""

    async def check(_endpoint_id: str) -> Void:
        return Void()

    tracemalloc.start()
    try:
        scheduler = Scheduler(clock=FakeClock(), monitors=monitors, check=check)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(scheduler.run(), name="the scheduler")
            await asyncio.sleep(0)  # all are planned then, and no time passes
            size, _ = tracemalloc.get_traced_memory()
            running.cancel()
        return size / endpoints
    finally:
        tracemalloc.stop()
