"""The data directory: private, and held by one process at a time.

Called by the database before it touches a file. Knows nothing of what is kept inside.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from backend.storage.errors import DataDirectoryInUse, DataDirectoryNotWritable

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600


def make_private_file(path: Path) -> None:
    """Create an empty file that only its owner may read, unless it exists.

    SQLite gives its -wal and -shm files the mode of the database, so they follow.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE_FILE))


class DirectoryLock:
    """A lock that the kernel releases, however its holder ends."""

    def __init__(self, directory: Path) -> None:
        """Make the directory if needed, close it to others, and lock it.

        Raises:
            DataDirectoryInUse: another process holds it.
            DataDirectoryNotWritable: it cannot be made or written.
        """
        try:
            directory.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
            with suppress(PermissionError):  # somebody else's directory: our files are private
                directory.chmod(_PRIVATE_DIRECTORY)
            self._file = os.open(directory / "lock", os.O_CREAT | os.O_RDWR, _PRIVATE_FILE)
        except OSError as error:
            raise DataDirectoryNotWritable(directory, error) from error
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise DataDirectoryInUse(directory) from error
        os.utime(directory / "lock")  # says since when, to who looks from outside

    def release(self) -> None:
        """Let others have the directory."""
        os.close(self._file)


def held_since_ms(directory: Path) -> int | None:
    """Return since when a process works with a directory, Unix ms; ``None`` where none does."""
    try:
        file = os.open(directory / "lock", os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        _lock(file)
    except OSError:
        return os.fstat(file).st_mtime_ns // 1_000_000
    else:
        return None
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
