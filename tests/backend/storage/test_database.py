"""The file: private, held once, migrated with a backup, and safe from being killed."""

import asyncio
import os
import sqlite3
import stat
import sys
from asyncio.subprocess import PIPE
from contextlib import closing
from pathlib import Path

import pytest

from backend.storage.archive import Archive
from backend.storage.database import FILE_NAME, Database
from backend.storage.directory import DirectoryLock
from backend.storage.errors import (
    DataDirectoryInUse,
    DataDirectoryNotWritable,
    NewerDatabase,
    NotStored,
)
from backend.storage.migrations import MIGRATIONS, m0007_secret_references
from tests.backend.storage.conftest import NOW_MS, an_endpoint, created, recorded, success

unix_only = pytest.mark.skipif(sys.platform == "win32", reason="file modes are Unix's")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def modes_in(directory: Path) -> dict[str, int]:
    return {path.name: mode(path) for path in directory.iterdir()}


@unix_only
async def test_every_file_is_private(directory: Path) -> None:
    before = os.umask(0)
    try:
        async with Archive.open(directory) as archive:
            await archive.add(an_endpoint(), [])
            found = modes_in(directory)
    finally:
        os.umask(before)

    assert mode(directory) == 0o700
    assert {FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", "lock"} <= set(found)
    assert set(found.values()) == {0o600}


@unix_only
def test_a_directory_open_to_others_is_closed_to_them(directory: Path) -> None:
    directory.mkdir(mode=0o755)
    Database.open(directory).close()

    assert mode(directory) == 0o700


async def test_a_second_opening_is_refused_and_a_later_one_is_not(directory: Path) -> None:
    async with Archive.open(directory) as archive:
        with pytest.raises(DataDirectoryInUse, match="in use by another Vigil"):
            async with Archive.open(directory):
                pass
        await archive.add(an_endpoint(), [])
    async with Archive.open(directory) as archive:
        assert len(await archive.load()) == 1


@pytest.mark.parametrize("below", ["file/vigil", "file"])
async def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DataDirectoryNotWritable, match="cannot be written"):
        async with Archive.open(tmp_path / below):
            pass


def test_a_newer_database_is_refused_untouched(directory: Path) -> None:
    Database.open(directory).close()
    path = directory / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerDatabase, match="newer Vigil"):
        Database.open(directory)

    assert path.read_bytes() == before
    assert not list(directory.glob("*backup*"))
    DirectoryLock(directory).release()  # the refusal did not leave it locked


def test_a_program_that_would_send_a_reference_to_a_secret_as_it_stands_is_kept_away(
    directory: Path,
) -> None:
    Database.open(directory).close()
    of_before = MIGRATIONS[: MIGRATIONS.index(m0007_secret_references.migrate)]
    with pytest.raises(NewerDatabase, match="newer Vigil"):
        Database.open(directory, of_before)


async def test_an_older_database_is_backed_up_before_it_is_migrated(directory: Path) -> None:
    async with Archive.open(directory) as archive:
        await archive.add(an_endpoint(), [])

    def widen(db) -> None:
        db.execute_sql("ALTER TABLE endpoints ADD COLUMN colour TEXT")

    Database.open(directory, (*MIGRATIONS, widen)).close()
    backup = directory / "backups" / f"vigil-version-{len(MIGRATIONS)}.db"

    assert version(directory / FILE_NAME) == len(MIGRATIONS) + 1
    assert version(backup) == len(MIGRATIONS)
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT id FROM endpoints").fetchall() == [("a",)]
    if sys.platform != "win32":
        assert mode(backup) == 0o600
    with pytest.raises(NewerDatabase):
        Database.open(directory)


async def test_a_migration_that_fails_changes_nothing(directory: Path) -> None:
    async with Archive.open(directory) as archive:
        await archive.add(an_endpoint(), [])

    def break_off(db) -> None:
        db.execute_sql("DELETE FROM health")
        db.execute_sql("this is not SQL")

    with pytest.raises(Exception, match="syntax error"):
        Database.open(directory, (*MIGRATIONS, break_off))
    async with Archive.open(directory) as archive:
        assert len(await archive.load()) == 1


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


@pytest.fixture
def foreign_file(directory: Path) -> Path:
    directory.mkdir()
    path = directory / FILE_NAME
    path.write_bytes(b"precious " * 1000)
    return path


def test_something_else_than_a_database_is_kept_under_another_name(foreign_file: Path) -> None:
    Database.open(foreign_file.parent).close()

    (kept,) = foreign_file.parent.glob("vigil-damaged-*.db")
    assert kept.read_bytes() == b"precious " * 1000
    assert version(foreign_file) == len(MIGRATIONS)


async def test_a_full_disk_acknowledges_nothing_and_heals_by_itself(archive: Archive) -> None:
    async def allow_pages(count: int) -> None:
        def limit() -> None:
            with archive._database.reading() as db:
                db.execute_sql(f"PRAGMA max_page_count = {count}")

        await archive._writing._worker.run(limit)

    await archive.add(an_endpoint(), [])
    await allow_pages(1)  # as small as it can be: what is used already
    stored = 0

    async def fill() -> None:
        nonlocal stored
        while True:
            told = created(an_endpoint(note="x" * 1000))
            await archive.record(recorded(success(at_ms=stored), events=(told,)))
            stored += 1

    with pytest.raises(NotStored, match="database or disk is full"):
        await fill()
    assert len(await archive.events_since(0) or ()) == stored
    await allow_pages(1_000_000)
    told = created(an_endpoint())
    (event,) = await archive.record(recorded(success(at_ms=NOW_MS), events=(told,)))

    assert event.seq == stored + 1
    total = (await archive.check_results("a", start_ms=0, end_ms=NOW_MS, limit=1)).total
    assert total == stored + 1


async def test_only_what_may_not_be_lost_waits_for_the_disk(archive: Archive) -> None:
    async def synchronous() -> int:
        def ask() -> int:
            with archive._database.reading() as db:
                return db.execute_sql("PRAGMA synchronous").fetchone()[0]

        return await archive._writing._worker.run(ask)

    await archive.add(an_endpoint(), [])
    assert await synchronous() == 2, "FULL"
    await archive.record(recorded(success()))
    assert await synchronous() == 1, "NORMAL"
    event = created(an_endpoint())
    await archive.record(recorded(success(at_ms=NOW_MS + 1), events=(event,)))
    assert await synchronous() == 2, "FULL"


WRITER = """
import asyncio, sys
from pathlib import Path
from backend.storage.archive import Archive
from tests.backend.storage.conftest import an_endpoint, created, recorded, success, went_down

async def main():
    async with Archive.open(Path(sys.argv[1])) as archive:
        await archive.add(an_endpoint(), [created(an_endpoint())])
        for at_ms in range(1, 1_000_000):
            (event,) = await archive.record(recorded(success(at_ms=at_ms), events=(went_down(),)))
            print(at_ms, event.seq, flush=True)

asyncio.run(main())
"""


async def test_what_was_acknowledged_survives_a_kill(directory: Path) -> None:
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, directory, stdout=PIPE, cwd=Path(__file__).parents[3]
    )
    assert writer.stdout is not None
    acknowledged = [await writer.stdout.readline() for _ in range(50)]
    writer.kill()
    acknowledged += [line async for line in writer.stdout if line.endswith(b"\n")]
    await writer.wait()
    last_at_ms, last_seq = map(int, acknowledged[-1].split())

    async with Archive.open(directory) as archive:
        found = await archive.check_results("a", start_ms=1, end_ms=last_at_ms, limit=1)
        assert found.total == last_at_ms
        events = await archive.events_since(0)
        assert events is not None
        assert [event.seq for event in events][:last_seq] == list(range(1, last_seq + 1))
