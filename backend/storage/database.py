"""The file: opened, brought to the present version, and written in transactions.

Lives on the worker's thread alone. Knows no table; the query files do.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from peewee import SqliteDatabase

from backend.storage.backups import make_before_migration
from backend.storage.copying import reading, version_of
from backend.storage.directory import DirectoryLock, make_private_file
from backend.storage.errors import DataDirectoryNotWritable, NewerDatabase
from backend.storage.migrations import MIGRATIONS, Migration
from backend.storage.recovery import make_whole

FILE_NAME = "vigil.db"

_PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}


class Database:
    """One open database and the lock of its directory."""

    def __init__(self, lock: DirectoryLock, connection: SqliteDatabase) -> None:
        self._lock = lock
        self._connection = connection
        self._synchronous: str | None = None

    @property
    def path(self) -> Path:
        """Where its file is."""
        return Path(self._connection.database)

    @classmethod
    def open(cls, directory: Path, migrations: Sequence[Migration] = MIGRATIONS) -> Self:
        """Lock the directory, open its database, and migrate it; a damaged one is replaced.

        Raises:
            ArchiveError: in use, not writable, or newer than ``migrations``.
        """
        lock = DirectoryLock(directory)
        try:
            return cls(lock, _open_file(directory / FILE_NAME, migrations))
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Fold the write-ahead log into the file, close it, and release the directory."""
        try:
            self._connection.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._connection.close()
            self._lock.release()

    @contextmanager
    def reading(self) -> Iterator[SqliteDatabase]:
        """Read one consistent state."""
        with _transaction(self._connection, "DEFERRED"):
            yield self._connection

    @contextmanager
    def writing(self, *, durable: bool) -> Iterator[SqliteDatabase]:
        """Write all or nothing; committed when the block ends.

        Args:
            durable: survive a loss of power too, for the price of waiting for the disk. Without
                it a commit survives a crash of the process, and at most the last ones are lost
                with the machine.
        """
        synchronous = "FULL" if durable else "NORMAL"
        if synchronous != self._synchronous:
            self._connection.execute_sql(f"PRAGMA synchronous = {synchronous}")
            self._synchronous = synchronous
        with _transaction(self._connection, "IMMEDIATE"):
            yield self._connection


@contextmanager
def _transaction(connection: SqliteDatabase, kind: str) -> Iterator[None]:
    """Commit what the block did, or nothing of it.

    SQLite itself rolls back on a full disk; peewee's ``atomic`` would then fail in its own
    rollback, and hide why.
    """
    connection.begin(kind)
    try:
        yield
        connection.commit()
    except BaseException:
        if connection.connection().in_transaction:
            connection.rollback()
        raise


def _open_file(path: Path, migrations: Sequence[Migration]) -> SqliteDatabase:
    try:
        _refuse_newer(path, len(migrations))
        make_whole(path, time.time_ns() // 1_000_000, len(migrations))
        make_private_file(path)
    except OSError as error:
        raise DataDirectoryNotWritable(path.parent, error) from error
    with closing(reading(path)) as looked_at:
        found = version_of(looked_at)
    if 0 < found < len(migrations):
        make_before_migration(path, found)
    connection = SqliteDatabase(str(path), pragmas=_PRAGMAS)
    connection.connect()
    try:
        for version, migrate in enumerate(migrations[found:], start=found + 1):
            with _transaction(connection, "EXCLUSIVE"):
                migrate(connection)
                connection.execute_sql(f"PRAGMA user_version = {version}")
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_newer(path: Path, known: int) -> None:
    """Look without the right to write, so that a newer database stays untouched."""
    if not path.exists():
        return
    with suppress(sqlite3.Error), closing(reading(path)) as connection:
        found = version_of(connection)
        if found > known:
            raise NewerDatabase(path, found, known)
