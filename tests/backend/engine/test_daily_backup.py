"""The daily backup: due a day after the newest file, made up soon after a missed one."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backend.contract.vocabulary import BackupTrouble
from backend.engine.backup import LOOK_MS, SOON_MS, DailyBackup
from backend.storage.archive import Archive
from backend.storage.backups import DAY_MS, make_daily, newest_first
from tests.helpers.fake_clock import FakeClock


@asynccontextmanager
async def at_work(archive: Archive, clock: FakeClock) -> AsyncIterator[DailyBackup]:
    backup = DailyBackup(path=archive.path, clock=clock)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(backup.run(), name="backup under test")
        await clock.wait_for_sleeper(clock.monotonic_ms() + SOON_MS)
        yield backup
        task.cancel()


async def test_a_missed_day_is_made_up_soon_after_the_start_and_not_at_it(tmp_path: Path) -> None:
    clock = FakeClock()
    async with Archive.open(tmp_path) as archive, at_work(archive, clock) as backup:
        assert newest_first(tmp_path, clock.wall_ms()) == []
        assert backup.view().at is None
        clock.advance(SOON_MS)
        await clock.wait_for_sleeper(clock.monotonic_ms() + LOOK_MS)
        (made,) = newest_first(tmp_path, clock.wall_ms())
        assert backup.last_ms == made.taken_ms
        assert backup.trouble is None


async def test_when_the_next_is_due_survives_a_restart(tmp_path: Path) -> None:
    clock = FakeClock()
    async with Archive.open(tmp_path) as archive:
        make_daily(archive.path, clock.wall_ms())
        clock.advance(DAY_MS - SOON_MS - 1000)
        async with at_work(archive, clock):
            clock.advance(SOON_MS)
            await clock.wait_for_sleeper(clock.monotonic_ms() + SOON_MS)
            assert len(newest_first(tmp_path, clock.wall_ms())) == 1, "a second too early"
            clock.advance(SOON_MS)
            await clock.wait_for_sleeper(clock.monotonic_ms() + LOOK_MS)
            assert len(newest_first(tmp_path, clock.wall_ms())) == 2


async def test_damage_that_a_backup_finds_is_told_and_has_the_next_start_look_at_all(
    tmp_path: Path,
) -> None:
    clock = FakeClock()
    async with Archive.open(tmp_path) as archive:
        await archive.try_to_store()
    path = tmp_path / "vigil.db"
    async with Archive.open(tmp_path) as archive, at_work(archive, clock) as backup:
        with path.open("r+b") as file:  # behind the back of all who have read it
            file.seek(path.stat().st_size - 4096)
            file.write(os.urandom(4096))
        clock.advance(SOON_MS)
        await clock.wait_for_sleeper(clock.monotonic_ms() + LOOK_MS)
        assert backup.trouble is BackupTrouble.DAMAGED
        assert newest_first(tmp_path, clock.wall_ms()) == []
        assert (tmp_path / "check-whole").exists()
