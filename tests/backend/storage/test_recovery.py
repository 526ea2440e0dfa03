"""A damaged archive: noticed at start, kept aside, and replaced by the newest good backup."""

import asyncio
import os
import shutil
import sqlite3
import stat
import struct
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from backend.contract.vocabulary import RestoredFrom
from backend.storage.archive import Archive
from backend.storage.backups import Backup, last_ms, make_daily, newest_first
from backend.storage.copying import Halt, Stopped, copy
from backend.storage.database import FILE_NAME
from backend.storage.errors import NotStored
from backend.storage.migrations import MIGRATIONS
from backend.storage.recovery import last_restoration, make_whole, suspect
from backend.storage.write_log import log_is_sound
from tests.backend.storage.conftest import (
    an_endpoint,
    created,
    recorded,
    success,
    went_down,
)

NOW_MS = 1_700_000_000_000
DAY_MS = 86_400_000
Damage = Callable[[Path], None]


async def fill(directory: Path, *names: str) -> str:
    """Add endpoints to an archive and return its epoch."""
    async with Archive.open(directory) as archive:
        for name in names:
            await archive.add(an_endpoint(name, note="x" * 3000), [])
        return archive.epoch


def files(directory: Path, pattern: str = "*") -> list[Path]:
    return list(directory.rglob(pattern))


async def content(directory: Path) -> tuple[str, set[str]]:
    async with Archive.open(directory) as archive:
        return archive.epoch, {it.endpoint.id for it in await archive.load()}


def spoil_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(os.urandom(100))


def spoil_page(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'endpoints'"
        ).fetchone()
        (page_bytes,) = db.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * page_bytes)
        file.write(os.urandom(page_bytes))


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [spoil_header, spoil_page, empty])
async def test_a_damaged_archive_is_kept_aside_and_the_newest_backup_takes_its_place(
    directory: Path, damage: Damage
) -> None:
    path = directory / FILE_NAME
    old_epoch = await fill(directory, "a")
    make_daily(path, NOW_MS - DAY_MS)
    await fill(directory, "b")
    newest = make_daily(path, NOW_MS)
    await fill(directory, "lost")
    damage(path)
    damaged = path.read_bytes()

    epoch, found = await content(directory)

    assert found == {"a", "b"}
    assert epoch != old_epoch, "clients must not trust their numbers of events"
    (aside,) = files(directory, "vigil-damaged-*.db")
    assert aside.read_bytes() == damaged
    told = last_restoration(directory)
    assert told is not None
    assert (told.origin, told.damaged) == (RestoredFrom.BACKUP, str(aside))
    assert told.backup_ms == newest.taken_ms
    if sys.platform != "win32":
        modes = {it.is_dir(): stat.S_IMODE(it.stat().st_mode) for it in files(directory)}
        assert modes == {True: 0o700, False: 0o600}


async def test_a_backup_that_is_damaged_itself_is_passed_over(directory: Path) -> None:
    path = directory / FILE_NAME
    await fill(directory, "a")
    older = make_daily(path, NOW_MS - DAY_MS)
    await fill(directory, "b")
    spoil_page(make_daily(path, NOW_MS).path)
    spoil_header(path)

    _, found = await content(directory)

    assert found == {"a"}
    told = last_restoration(directory)
    assert told is not None
    assert told.backup_ms == older.taken_ms


async def test_without_a_good_backup_it_begins_anew_and_says_so(directory: Path) -> None:
    path = directory / FILE_NAME
    await fill(directory, "a")
    spoil_header(make_daily(path, NOW_MS).path)
    spoil_header(path)

    _, found = await content(directory)

    assert found == set()
    told = last_restoration(directory)
    assert told is not None
    assert (told.origin, told.backup_ms) == (RestoredFrom.NOTHING, None)


async def test_a_sound_archive_is_left_as_it_is(directory: Path) -> None:
    before = await fill(directory, "a")
    make_daily(directory / FILE_NAME, NOW_MS)

    epoch, found = await content(directory)

    assert (epoch, found) == (before, {"a"})
    assert last_restoration(directory) is None
    assert not files(directory, "vigil-damaged-*")


WRITER = """
import asyncio, sys
from pathlib import Path
from backend.storage.archive import Archive
from tests.backend.storage.conftest import an_endpoint, created, recorded, success, went_down

async def main():
    async with Archive.open(Path(sys.argv[1])) as archive:
        await archive.add(an_endpoint(), [created(an_endpoint())])
        for at_ms in range(1, 101):
            await archive.record(recorded(success(at_ms=at_ms), events=(went_down(),)))
        print("written", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def leave_a_log(directory: Path) -> Path:
    """Have a writer killed, so that its last changes are in the log alone; return the log."""
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, directory, stdout=PIPE, cwd=Path(__file__).parents[3]
    )
    assert writer.stdout is not None
    assert await writer.stdout.readline() == b"written\n"
    writer.kill()
    await writer.wait()
    return directory / f"{FILE_NAME}-wal"


async def stored(directory: Path) -> tuple[str, int]:
    async with Archive.open(directory) as archive:
        found = await archive.check_results("a", start_ms=1, end_ms=1000, limit=1)
        return archive.epoch, found.total


async def test_the_log_of_a_killed_writer_is_sound_and_so_is_one_torn_off_at_its_end(
    directory: Path,
) -> None:
    wal = await leave_a_log(directory)
    assert log_is_sound(wal)
    with wal.open("r+b") as log:
        log.truncate(wal.stat().st_size - 1000)
    assert log_is_sound(wal)

    _, total = await stored(directory)
    assert 90 <= total <= 100
    assert last_restoration(directory) is None


async def test_of_a_damaged_log_all_before_the_damage_is_kept_and_it_is_said(
    directory: Path,
) -> None:
    wal = await leave_a_log(directory)
    with closing(sqlite3.connect(f"file:{directory / FILE_NAME}?mode=ro", uri=True)) as db:
        (epoch_before,) = db.execute("SELECT epoch FROM meta").fetchone()
    make_daily(directory / FILE_NAME, NOW_MS)
    size = wal.stat().st_size
    with wal.open("r+b") as log:
        log.seek(size // 2)
        log.write(os.urandom(5000))
    damaged = wal.read_bytes()

    epoch, total = await stored(directory)

    assert 10 < total < 90
    assert epoch != epoch_before
    told = last_restoration(directory)
    assert told is not None
    assert told.origin is RestoredFrom.ITSELF
    (aside,) = files(directory, "vigil-damaged-*.db-wal")
    assert aside.read_bytes() == damaged


@pytest.mark.parametrize("moves", range(5))
async def test_a_start_killed_while_it_puts_things_in_place_loses_nothing(
    directory: Path, moves: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wal = await leave_a_log(directory)
    with wal.open("r+b") as log:
        log.seek(wal.stat().st_size // 2)
        log.write(os.urandom(5000))
    _, kept = await stored(shutil.copytree(directory, directory.with_name("whole")))
    left = iter(range(moves))
    rename = Path.rename

    def rename_or_be_killed(path: Path, to: Path) -> Path:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return rename(path, to)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", rename_or_be_killed)
        with pytest.raises(KeyboardInterrupt):
            make_whole(directory / FILE_NAME, NOW_MS, len(MIGRATIONS))

    _, total = await stored(directory)

    assert total == kept > 10
    (aside,) = files(directory, "vigil-damaged-*.db")
    told = last_restoration(directory)
    assert told is not None
    assert told.damaged == str(aside)
    assert aside.with_name(aside.name + "-wal").exists()
    assert not files(directory, "*.restor*")


async def test_a_log_whose_head_is_damaged_is_noticed(directory: Path) -> None:
    wal = await leave_a_log(directory)
    with wal.open("r+b") as log:
        log.seek(16)
        log.write(struct.pack(">I", 1))

    assert not log_is_sound(wal)


async def test_the_eighth_backup_removes_the_oldest(directory: Path) -> None:
    path = directory / FILE_NAME
    await fill(directory, "a")
    made = [make_daily(path, NOW_MS + day * DAY_MS) for day in range(8)]

    left = newest_first(directory, NOW_MS + 8 * DAY_MS)

    assert [it.path for it in left] == [it.path for it in reversed(made[1:])]
    assert last_ms(directory, NOW_MS + 8 * DAY_MS) == made[-1].taken_ms


async def test_one_from_the_future_is_the_first_to_go(directory: Path) -> None:
    path = directory / FILE_NAME
    await fill(directory, "a")
    wrong = make_daily(path, NOW_MS + 1000 * DAY_MS)
    made = [make_daily(path, NOW_MS + day * DAY_MS) for day in range(7)]

    left = newest_first(directory, NOW_MS + 7 * DAY_MS)

    assert wrong.path not in {it.path for it in left}
    assert {it.path for it in left} == {it.path for it in made}


async def test_checks_are_stored_while_a_backup_is_made(directory: Path) -> None:
    path = directory / FILE_NAME
    async with Archive.open(directory) as archive:
        endpoint = an_endpoint(note="x" * 2000)
        await archive.add(endpoint, [created(endpoint) for _ in range(3000)])
        backing_up = asyncio.get_running_loop().run_in_executor(None, make_daily, path, NOW_MS)
        written, longest_s = 0, 0.0
        loop = asyncio.get_running_loop()
        while not backing_up.done():
            began = loop.time()
            await archive.record(recorded(success(at_ms=written + 1), events=(went_down(),)))
            longest_s = max(longest_s, loop.time() - began)
            written += 1
        backup: Backup = await backing_up
    assert written > 5
    assert longest_s < 1
    with closing(sqlite3.connect(backup.path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (events,) = db.execute("SELECT count(*) FROM events").fetchone()
        (checks,) = db.execute("SELECT count(*) FROM checks").fetchone()
    assert events - 3000 == checks, "one moment of it, not a mixture"


async def test_a_copy_that_is_not_wanted_any_more_leaves_nothing(directory: Path) -> None:
    await fill(directory, "a")
    halt = Halt()
    halt.say()

    with pytest.raises(Stopped):
        copy(directory / FILE_NAME, directory / "copy.db", halt)
    assert not files(directory, "copy*")


async def test_what_was_suspected_is_looked_through_whole_once(directory: Path) -> None:
    before = await fill(directory, "a")
    suspect(directory)

    assert await content(directory) == (before, {"a"})
    assert not files(directory, "check-whole")


async def test_a_start_that_broke_off_while_restoring_is_taken_up_again(directory: Path) -> None:
    await fill(directory, "a")
    path = directory / FILE_NAME
    shutil.move(path, path.with_name(FILE_NAME + ".restored"))

    _, found = await content(directory)

    assert found == {"a"}


async def test_a_disk_without_room_for_a_backup_is_left_alone(directory: Path) -> None:
    """A limit for the size of files stands in for a disk: nothing is left of the try."""
    resource = pytest.importorskip("resource")
    await fill(directory, "a")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises((NotStored, OSError)):
            make_daily(directory / FILE_NAME, NOW_MS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((directory / "backups").iterdir()) == []
