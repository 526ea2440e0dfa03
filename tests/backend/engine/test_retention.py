"""What is forgotten, and when."""

import asyncio

from backend.engine.retention import FOLD_EVERY_MS, Kept, Retention
from tests.backend.engine.conftest import Engine

HOUR_MS = 3_600_000


async def test_old_checks_go_within_the_hour_and_new_ones_stay(engine: Engine) -> None:
    endpoint_id = await engine.add(checkInterval=86_400)
    await engine.checks(1)
    engine.clock.wall_offset_ms += Kept().checks_ms + HOUR_MS
    await engine.scheduler.check_now(endpoint_id)

    async def total() -> int:
        found = await engine.archive.check_results(endpoint_id, start_ms=0, end_ms=2**53, limit=9)
        return found.total

    assert await total() == 2
    retention = Retention(archive=engine.archive, clock=engine.clock)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(retention.run(), name="retention under test")
        await engine.clock.wait_for_sleeper(FOLD_EVERY_MS)
        engine.clock.advance(FOLD_EVERY_MS)
        await engine.clock.wait_for_sleeper(2 * FOLD_EVERY_MS)
        assert await total() == 1
        task.cancel()
