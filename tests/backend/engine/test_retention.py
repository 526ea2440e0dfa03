"""What is forgotten, and when."""

import asyncio

import pytest

from backend.engine.retention import FOLD_EVERY_MS, Kept, Retention
from backend.storage.folding import SETTLING_MS
from backend.storage.tiers import all_tiers
from tests.backend.engine.conftest import Engine

HOUR_MS = 3_600_000


@pytest.mark.parametrize("kept", [Kept(), Kept(checks_days=1)], ids=["as it is", "as set"])
async def test_old_checks_go_within_the_hour_and_new_ones_stay(engine: Engine, kept: Kept) -> None:
    endpoint_id = await engine.add(checkInterval=86_400)
    await engine.checks(1)
    engine.clock.wall_offset_ms += kept.checks_ms + HOUR_MS
    await engine.scheduler.check_now(endpoint_id)

    async def total() -> int:
        found = await engine.archive.check_results(endpoint_id, start_ms=0, end_ms=2**53, limit=9)
        return found.total

    assert await total() == 2
    retention = Retention(archive=engine.archive, clock=engine.clock, kept=kept)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(retention.run(), name="retention under test")
        await engine.clock.wait_for_sleeper(FOLD_EVERY_MS)
        engine.clock.advance(FOLD_EVERY_MS)
        await engine.clock.wait_for_sleeper(2 * FOLD_EVERY_MS)
        assert await total() == 1
        task.cancel()


async def test_checks_are_folded_every_minute(engine: Engine) -> None:
    endpoint_id = await engine.add(checkInterval=86_400)
    await engine.checks(1)
    retention = Retention(archive=engine.archive, clock=engine.clock)

    async def minutes() -> int:
        found = await engine.archive.statistics.daily(endpoint_id, 1, engine.clock.wall_ms())
        (tier, *_) = await engine.archive._writing.read(lambda db: all_tiers(db)[1:])
        assert found.days[0].total_checks == 1, "counted once, folded or not"
        return tier.folded_until_ms

    async with asyncio.TaskGroup() as group:
        task = group.create_task(retention.run(), name="retention under test")
        assert await minutes() == 0
        for number in (1, 2):
            await engine.clock.wait_for_sleeper(number * FOLD_EVERY_MS)
            engine.clock.advance(FOLD_EVERY_MS)
            await engine.clock.wait_for_sleeper((number + 1) * FOLD_EVERY_MS)
            assert 0 < engine.clock.wall_ms() - await minutes() <= FOLD_EVERY_MS + SETTLING_MS
        task.cancel()
