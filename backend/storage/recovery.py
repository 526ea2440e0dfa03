"""A damaged archive: noticed at start, kept aside, and replaced by the newest that is good.

Called by the database, which holds the lock of the directory, before it opens the file. Nothing
that was damaged is ever deleted. What took its place is another database to every client, since
numbers of events may be given again in it: it gets a new epoch.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

import structlog

from backend.contract.vocabulary import RestoredFrom
from backend.contract.wire import instant
from backend.storage.backups import FOLDER, newest_first
from backend.storage.copying import copy, faults, reading, version_of
from backend.storage.directory import make_private_file, write_private
from backend.storage.errors import Damaged, tells_damage
from backend.storage.write_log import log_is_sound

CHECK_WITHIN_S: Final = 2.0
"""How long the start may wait for it: some 120 MB here. What is larger is looked through whole
once a day, with the backup, and at the next start if that found something."""

_NOTE: Final = "restored.json"
_SUSPECT: Final = "check-whole"

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Restoration:
    """What became of a damaged archive. ``backup_ms`` is when the backup was taken; Unix ms."""

    at_ms: int
    origin: RestoredFrom
    damaged: str
    cause: str
    backup_ms: int | None = None


def make_whole(path: Path, now_ms: int, known_version: int) -> None:
    """See that there is no damaged database at ``path``, and keep a note if there was.

    Args:
        path: where the database is, or is going to be.
        now_ms: the present, Unix milliseconds.
        known_version: a backup of a later version is passed over.

    Raises:
        OSError: the files cannot be moved or written.
        ArchiveError: the same.
    """
    restored = path.with_name(path.name + ".restored")
    if restored.exists():  # the last start broke off in between
        before = last_restoration(path.parent)
        _put_in_place(restored, path, Path(before.damaged) if before else _aside(path, now_ms))
    cause, is_log = _cause(path)
    if cause is None:
        return
    log.error("the archive is damaged", cause=cause)
    made = path.with_name(path.name + ".restoring")
    origin, backup_ms = _restore(path, made, now_ms, known_version, is_log=is_log)
    aside = _aside(path, now_ms)
    _keep_note(path.parent, Restoration(now_ms, origin, str(aside), cause, backup_ms))
    # From this name on what is restored is whole and the note is of it: a start that breaks off
    # later is taken up again, and not told from the half that it left.
    with suppress(FileNotFoundError):
        made.rename(restored)
    _put_in_place(restored, path, aside)
    (path.parent / _SUSPECT).unlink(missing_ok=True)
    log.error("the archive was restored", origin=origin.value, damaged=aside.name)


def _put_in_place(restored: Path, path: Path, aside: Path) -> None:
    """Move what is damaged aside, its log first: no log must ever lie beside another database."""
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    with suppress(FileNotFoundError):
        restored.rename(path)


def last_restoration(directory: Path) -> Restoration | None:
    """Return what became of the last damaged archive of a directory."""
    try:
        values = json.loads((directory / _NOTE).read_text("utf-8"))
        values["origin"] = RestoredFrom(values["origin"])
        return Restoration(**values)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        log.warning("the note of a restoration cannot be read", cause=str(error))
        return None


def suspect(directory: Path) -> None:
    """Have the next start look through all of the database, however long it takes."""
    make_private_file(directory / _SUSPECT)


def _cause(path: Path) -> tuple[str | None, bool]:
    """Return what is wrong, if anything, and whether it is the log alone."""
    wal = path.with_name(path.name + "-wal")
    if not path.exists() or not path.stat().st_size:
        lost = path.exists() and (wal.exists() or any((path.parent / FOLDER).glob("vigil-*.db")))
        return ("the file is empty" if lost else None), False
    sound = log_is_sound(wal)
    suspected = (path.parent / _SUSPECT).exists()
    try:
        found = _faults_within(path, None if suspected else CHECK_WITHIN_S)
    except sqlite3.Error as error:
        if not tells_damage(error):
            raise
        found = (str(error),)
    if found:
        return found[0], False
    if suspected:
        (path.parent / _SUSPECT).unlink(missing_ok=True)
    return (None, False) if sound else ("the log of the last changes is damaged", True)


def _faults_within(path: Path, seconds: float | None) -> tuple[str, ...]:
    """Return what a look at the database found in this time; ``None`` for all the time it takes."""
    with closing(reading(path)) as connection:
        version_of(connection)
        if seconds is None:
            return faults(connection)
        timer = threading.Timer(seconds, connection.interrupt)
        timer.start()
        try:
            return faults(connection)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                raise
            log.info("the archive is too large to be looked through at start")
            return ()
        finally:
            timer.cancel()
            timer.join()


def _aside(path: Path, now_ms: int) -> Path:
    """Return a name with the date for what is damaged."""
    return path.with_name(f"vigil-damaged-{instant(now_ms):%Y%m%dT%H%M%S}.{now_ms % 1000:03d}Z.db")


def _restore(
    path: Path, to: Path, now_ms: int, known_version: int, *, is_log: bool
) -> tuple[RestoredFrom, int | None]:
    """Copy the newest good one; return what it is, and of a backup when it was taken.

    Raises:
        ArchiveError: it cannot be written. Nothing was changed then.
        OSError: the same.
    """
    for candidate, origin, taken_ms in _candidates(path, now_ms, is_log=is_log):
        try:
            with closing(reading(candidate)) as connection:
                version = version_of(connection)
            if not 0 < version <= known_version:
                raise Damaged(candidate, f"version {version}")
            copy(candidate, to)
            _give_new_epoch(to)
        except (Damaged, sqlite3.Error) as error:
            log.warning("this one is not good either", file=candidate.name, cause=str(error))
            to.unlink(missing_ok=True)
        else:
            return origin, taken_ms
    return RestoredFrom.NOTHING, None


def _candidates(
    path: Path, now_ms: int, *, is_log: bool
) -> Iterator[tuple[Path, RestoredFrom, int | None]]:
    if is_log:
        # All but the end of the log is newer than any backup.
        yield path, RestoredFrom.ITSELF, None
    for backup in newest_first(path.parent, now_ms):
        yield backup.path, RestoredFrom.BACKUP, backup.taken_ms


def _give_new_epoch(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET epoch = ?", (str(uuid4()),))


def _keep_note(directory: Path, restoration: Restoration) -> None:
    note = directory / _NOTE
    values = asdict(restoration) | {"origin": restoration.origin.value}
    write_private(note, json.dumps(values).encode())
