"""An archive looked at from outside, read-only, also while a backend works with it.

Called by the commands. Nothing is migrated, locked or written here but copies.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from peewee import PeeweeException, SqliteDatabase

from backend.domain.endpoint import Endpoint
from backend.storage import endpoints, spells
from backend.storage.backups import last_ms, newest_first
from backend.storage.copying import copy, faults, reading
from backend.storage.database import FILE_NAME
from backend.storage.directory import held_since_ms
from backend.storage.endpoints import Standing
from backend.storage.errors import Damaged, NewerDatabase, NoArchive, OlderDatabase
from backend.storage.migrations import MIGRATIONS
from backend.storage.recovery import Restoration, last_restoration
from backend.storage.views import figures


@dataclass(frozen=True, slots=True)
class Late:
    """An endpoint without a check for more than two intervals; ``since_ms`` is its last one."""

    name: str
    since_ms: int


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found. With ``damage`` nothing but it is known. Times are Unix milliseconds."""

    running: bool
    damage: tuple[str, ...] = ()
    version: int = 0
    size_bytes: int = 0
    endpoints: int = 0
    open_incidents: int = 0
    late: tuple[Late, ...] = ()
    offline_since_ms: int | None = None
    waiting: int = 0
    waiting_since_ms: int | None = None
    given_up: int = 0
    free_bytes: int = 0
    backup_ms: int | None = None
    backups: int = 0
    restoration: Restoration | None = None


def endpoints_of(directory: Path, *, missing_is_empty: bool = False) -> list[Endpoint]:
    """Return the endpoints that are not deleted, oldest first.

    Raises:
        ArchiveError: there is no archive, or it cannot be read as it is.
    """
    try:
        with _looking_at(directory) as db:
            return [it.endpoint for it in endpoints.standings(db)]
    except NoArchive:
        if missing_is_empty:
            return []
        raise


def back_up(directory: Path, to: Path) -> int:
    """Copy an archive into a new file, verify the copy, and return its size in bytes.

    Raises:
        ArchiveError: there is no archive, or the copy is not whole.
        OSError: the file cannot be written.
    """
    return copy(_existing(directory), to)


def examine(directory: Path, now_ms: int) -> Examination:
    """Return how an archive is.

    Raises:
        ArchiveError: there is none, or one of another version.
    """
    path = _existing(directory)
    began_ms = held_since_ms(directory)
    damage = _damage(path)
    if damage:
        return Examination(began_ms is not None, damage)
    with _looking_at(directory) as db:
        (opened,) = _row(db, "SELECT count(*) FROM incidents WHERE resolved_at_ms IS NULL")
        waits = figures(db, now_ms)
        standings = endpoints.standings(db)
        return Examination(
            running=began_ms is not None,
            version=len(MIGRATIONS),
            size_bytes=path.stat().st_size,
            endpoints=len(standings),
            open_incidents=opened,
            late=tuple(_late_ones(standings, began_ms or 0, now_ms)),
            offline_since_ms=spells.open_since_ms(db),
            waiting=waits.alerts_waiting,
            waiting_since_ms=waits.alerts_waiting_since_ms,
            given_up=waits.alerts_given_up,
            free_bytes=shutil.disk_usage(directory).free,
            backup_ms=last_ms(directory, now_ms),
            backups=len(newest_first(directory, now_ms)),
            restoration=last_restoration(directory),
        )


def _late_ones(standings: list[Standing], began_ms: int, now_ms: int) -> Iterator[Late]:
    for it in standings:
        endpoint, policy = it.endpoint, it.endpoint.policy
        since_ms = max(it.health.last_checked_ms or 0, endpoint.updated_at_ms, began_ms)
        if endpoint.is_active and now_ms - since_ms > policy.interval_s * 2000 + policy.timeout_ms:
            yield Late(endpoint.name, since_ms)


def _damage(path: Path) -> tuple[str, ...]:
    try:
        with closing(reading(path)) as connection:
            return faults(connection)
    except sqlite3.Error as error:
        return (str(error),)


@contextmanager
def _looking_at(directory: Path) -> Iterator[SqliteDatabase]:
    """Read one state of an archive of the present version."""
    path = _existing(directory)
    db = SqliteDatabase(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
    try:
        db.connect()
        (version,) = _row(db, "PRAGMA user_version")
        if version > len(MIGRATIONS):
            raise NewerDatabase(path, version, len(MIGRATIONS))
        if version < len(MIGRATIONS):
            raise OlderDatabase(path)
        db.begin()
        yield db
    except (PeeweeException, sqlite3.Error) as error:
        raise Damaged(path, str(error)) from error
    finally:
        db.close()


def _existing(directory: Path) -> Path:
    path = directory / FILE_NAME
    if not path.is_file():
        raise NoArchive(directory)
    return path


def _row(db: SqliteDatabase, sql: str, *values: object) -> tuple[int, ...]:
    found: tuple[int, ...] = db.execute_sql(sql, values).fetchone()
    return found
