"""What can go wrong with the archive, as one tree. Raised by this package, caught by its callers.

ArchiveError
├── DataDirectoryInUse        another backend holds the lock of the directory
├── DataDirectoryNotWritable  the directory cannot be made, locked or written
├── NewerDatabase             written by a newer Vigil; left untouched
├── NoArchive                 the directory to be looked at holds none
├── OlderDatabase             only looked at, so not migrated
├── Damaged                   what is looked at, or a copy of it, is not whole
├── NoRoom                    a backup would fill the disk
├── NoSuchEndpoint            to be changed, but never added, or deleted
├── NoSuchIncident            to be acknowledged, but never opened, or thinned out
├── IncidentClosed            to be acknowledged, but over
└── NotStored                 a transaction failed and was rolled back (disk full, a broken rule)
"""

import sqlite3
from pathlib import Path
from typing import Final

from backend.contract.vocabulary import StorageTrouble

_PRIMARY: Final = 0xFF
"""What of an extended code of SQLite is the plain one."""

_OF_THE_DISK: Final = frozenset(
    {
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    }
)
_OF_THE_FILE: Final = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_FORMAT,
        sqlite3.SQLITE_ERROR,  # "unsupported file format", of a statement that has no fault
        sqlite3.SQLITE_IOERR_READ,
        sqlite3.SQLITE_IOERR_SHORT_READ,
    }
)


class ArchiveError(Exception):
    """The archive could not do what it was asked; its message is for people."""


class DataDirectoryInUse(ArchiveError):
    """Another process works with this directory."""

    def __init__(self, directory: Path) -> None:
        super().__init__(f"{directory} is in use by another Vigil")


class DataDirectoryNotWritable(ArchiveError):
    """The directory cannot hold the archive."""

    def __init__(self, directory: Path, cause: OSError) -> None:
        super().__init__(f"{directory} cannot be written: {cause.strerror or cause}")


class NewerDatabase(ArchiveError):
    """The database is of a version this program does not know."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"{path} was written by a newer Vigil (version {found}, this one knows {known})"
        )


class NoArchive(ArchiveError):
    """The directory holds no archive."""

    def __init__(self, directory: Path) -> None:
        super().__init__(f"{directory} holds no archive of Vigil")


class OlderDatabase(ArchiveError):
    """The database is of an earlier version, and only looked at."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} was written by an older Vigil: start this one on it once")


class Damaged(ArchiveError):
    """The database cannot be read as one."""

    def __init__(self, path: Path, cause: str) -> None:
        super().__init__(f"{path} is damaged or cannot be read: {cause}")


class NoRoom(ArchiveError):
    """The disk has no room for a backup."""

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(f"a backup needs {needed} bytes of free disk, there are {free}")


class NoSuchEndpoint(ArchiveError):
    """There is no such endpoint, or no longer."""

    def __init__(self, endpoint_id: str) -> None:
        super().__init__(f"there is no endpoint {endpoint_id}")


class NoSuchIncident(ArchiveError):
    """There is no such incident."""

    def __init__(self, incident_id: str) -> None:
        super().__init__(f"there is no incident {incident_id}")


class IncidentClosed(ArchiveError):
    """The incident is over."""

    def __init__(self) -> None:
        super().__init__("the incident is closed: only an open one can be acknowledged")


class NotStored(ArchiveError):
    """Nothing of the transaction was kept.

    ``trouble`` says what is wrong with the disk; ``None`` where it is not to blame.
    """

    def __init__(self, message: str, trouble: StorageTrouble | None = None) -> None:
        super().__init__(message)
        self.trouble = trouble


def not_stored(error: BaseException) -> NotStored:
    """Return a failure of the database, as this tree knows it."""
    code = _code_of(error) & _PRIMARY
    trouble = None
    if code == sqlite3.SQLITE_FULL:
        trouble = StorageTrouble.FULL
    elif code in _OF_THE_DISK:
        trouble = StorageTrouble.UNWRITABLE
    return NotStored(str(error), trouble)


def tells_damage(error: BaseException) -> bool:
    """Say whether a failure to read a database shows that its file is damaged."""
    code = _code_of(error)
    return code in _OF_THE_FILE or code & _PRIMARY in _OF_THE_FILE


def _code_of(error: BaseException) -> int:
    """Return SQLite's code; peewee's errors have it in what they were made of."""
    cause: BaseException | None = error
    while cause is not None:
        code = getattr(cause, "sqlite_errorcode", None)
        if code is not None:
            return int(code)
        cause = cause.__cause__ or cause.__context__
    return sqlite3.SQLITE_ERROR


class TokenListUnusable(Exception):
    """A file is no list of tokens, or may not be trusted; the message is one sentence."""


class NoSuchToken(Exception):
    """There is no token of that name."""


class TokenNameTaken(Exception):
    """There is a token of that name already."""
