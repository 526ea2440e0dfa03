"""The backups of a data directory: how they are named, which there are, which go.

Made daily by the engine, before a migration by the database, looked through when a damaged archive
is restored. A daily one carries its time in its name, since files are copied about; one from
before a migration carries its version, so that one that fails again and again drives out no other.
"""

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from backend.contract.wire import instant, unix_ms
from backend.storage.copying import Halt, copy
from backend.storage.errors import NoRoom

FOLDER: Final = "backups"
KEPT: Final = 7
DAY_MS: Final = 86_400_000
RESERVE_BYTES: Final = 64 * 1024 * 1024
"""A backup leaves at least so much of the disk free: it must not be what fills it."""

_DAILY: Final = re.compile(r"vigil-(\d{8}T\d{6}Z)\.db")
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_MIGRATION: Final = re.compile(r"vigil-version-\d+\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """One file, and when it was taken, Unix milliseconds."""

    path: Path
    taken_ms: int
    is_daily: bool


def newest_first(directory: Path, now_ms: int) -> list[Backup]:
    """Return all backups, newest first.

    One from the future was named by a clock set wrong, and is taken for older than all others.
    """
    found = [it for path in (directory / FOLDER).glob("vigil-*.db") if (it := _read(path))]
    known = [it for it in found if it.taken_ms <= now_ms]
    known.sort(key=lambda it: it.taken_ms, reverse=True)
    return known + [it for it in found if it.taken_ms > now_ms]


def last_ms(directory: Path, now_ms: int) -> int | None:
    """Return when the newest daily backup was taken; ``None`` where there is none."""
    daily = [it.taken_ms for it in newest_first(directory, now_ms) if it.is_daily]
    return next((taken_ms for taken_ms in daily if taken_ms <= now_ms), None)


def make_daily(source: Path, now_ms: int, halt: Halt | None = None) -> Backup:
    """Take a backup, and remove all but the newest seven.

    Raises:
        NoRoom: the disk has not enough.
        ArchiveError: it could not be written, or is not whole; the older ones stay.
        OSError: the same.
        Stopped: ``halt`` was said.
    """
    directory = source.parent
    path = _folder(directory) / f"vigil-{instant(now_ms):{_STAMP}}.db"
    _require_room(source)
    copy(source, path, halt)
    daily = [it for it in newest_first(directory, now_ms) if it.is_daily]
    for old in daily[KEPT:]:
        old.path.unlink(missing_ok=True)
    return Backup(path, now_ms, is_daily=True)


def make_before_migration(source: Path, version: int) -> None:
    """Keep what is about to be migrated, in place of an earlier one of the same version.

    Raises:
        ArchiveError: it could not be written, or is not whole.
    """
    copy(source, _folder(source.parent) / f"vigil-version-{version}.db")


def _folder(directory: Path) -> Path:
    folder = directory / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _require_room(source: Path) -> None:
    log = source.with_name(source.name + "-wal")
    needed = source.stat().st_size + (log.stat().st_size if log.exists() else 0) + RESERVE_BYTES
    free = shutil.disk_usage(source.parent).free
    if free < needed:
        raise NoRoom(needed, free)


def _read(path: Path) -> Backup | None:
    daily = _DAILY.fullmatch(path.name)
    try:
        if daily:
            taken = datetime.strptime(daily[1], _STAMP).replace(tzinfo=UTC)
            return Backup(path, unix_ms(taken), is_daily=True)
        if _MIGRATION.fullmatch(path.name):
            return Backup(path, path.stat().st_mtime_ns // 1_000_000, is_daily=False)
    except (ValueError, OSError):
        return None  # no time of this calendar, or gone meanwhile
    return None
