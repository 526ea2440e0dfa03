"""What a hundred thousand endpoints cost the scheduler while their checks take no time.

In the test's process: the scheduler, the real clock, and a check that only notes when it began.
Prints the share of a core, how late checks began, and the bytes an endpoint takes.
"""

import asyncio
import time
import tracemalloc

import pytest

from backend.domain.schedule import Agenda
from backend.engine.clock import RealClock
from backend.engine.monitors import Monitors
from backend.engine.recorder import Void
from backend.engine.scheduler import Scheduler
from backend.storage.archive import Monitored
from tests.backend.storage.conftest import an_endpoint

INTERVAL_S = 60


@pytest.mark.parametrize(
    ("endpoints", "seconds"),
    [(2_000, 1), pytest.param(100_000, 2 * INTERVAL_S, marks=pytest.mark.long)],
    ids=["smoke", "full"],
)
@pytest.mark.timeout(300)
async def test_a_hundred_thousand_that_sleep(endpoints: int, seconds: float) -> None:
    known = [an_endpoint(f"{number:036}", check_interval=INTERVAL_S) for number in range(endpoints)]
    clock, begun, worst_ms = RealClock(), 0, 0.0

    async def check(_endpoint_id: str) -> Void:
        nonlocal begun
        begun += 1
        return Void()

    scheduler = Scheduler(
        clock=clock, monitors=Monitors(Monitored(it) for it in known), check=check
    )
    async with asyncio.TaskGroup() as group:
        running = group.create_task(scheduler.run(), name="the scheduler")
        await asyncio.sleep(min(seconds / 2, INTERVAL_S / 2))  # the start is over
        before, began, used = scheduler.load(), time.monotonic(), time.process_time()
        while time.monotonic() - began < seconds / 2:
            await asyncio.sleep(0.25)
            worst_ms = max(worst_ms, scheduler.load().overdue_ms)
        took, used = time.monotonic() - began, time.process_time() - used
        after = scheduler.load()
        running.cancel()
    count = after.begun - before.begun
    late_ms = (after.late_ms - before.late_ms) / max(count, 1)
    print(
        f"\n{endpoints} endpoints every {INTERVAL_S} s: {used / took * 100:.1f} % of a core (goal "
        f"10), {count} checks, late by {late_ms:.1f} ms on average, {worst_ms:.0f} at worst; "
        f"{bytes_an_endpoint(endpoints):.0f} bytes an endpoint (goal 400)"
    )
    assert begun > 0


def bytes_an_endpoint(endpoints: int) -> float:
    """Return what one planned endpoint takes beside its id."""
    ids = [f"{number:036}" for number in range(endpoints)]
    tracemalloc.start()
    try:
        agenda = Agenda()
        for number, endpoint_id in enumerate(ids):
            agenda.plan(endpoint_id, number * 0.6)
        return tracemalloc.get_traced_memory()[0] / endpoints
    finally:
        tracemalloc.stop()
