"""The data directory: private, and held by one process at a time; and files as it takes them.

Called by the database before it touches a file, and by whoever writes one. It may lie where others
may write: no link that lies in a file's place is followed, no name of an unfinished file can be
foreseen. Knows nothing of what is kept inside.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backend.storage.errors import DataDirectoryInUse, DataDirectoryNotWritable

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def open_private(path: Path | str, flags: int) -> int:
    """Open a file that only its owner may read, from its first byte; return its descriptor.

    Args:
        path: where; a link there is not followed.
        flags: as for ``os.open``.

    Raises:
        OSError: it cannot be opened, is a link, or is somebody else's and open to others.
    """
    handle = os.open(path, flags | _NO_LINK, _PRIVATE_FILE)
    try:
        if os.name == "posix" and os.fstat(handle).st_mode & 0o077:
            os.fchmod(handle, _PRIVATE_FILE)
    except BaseException:
        os.close(handle)
        raise
    return handle


def make_private_file(path: Path, *, fresh: bool = False) -> None:
    """Create an empty file that only its owner may read, unless it exists.

    SQLite gives its -wal and -shm files the mode of the database, so they follow.

    Args:
        path: where.
        fresh: it must not exist.

    Raises:
        OSError: as of :func:`open_private`; it exists, where it must not.
    """
    os.close(open_private(path, os.O_CREAT | os.O_RDWR | (os.O_EXCL if fresh else 0)))


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read in one step, whatever lies in its place.

    Raises:
        OSError: it cannot be written; then all is as it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock while the block runs; its file stays, empty.

    Raises:
        OSError: another process holds it, or the file cannot be made.
    """
    file = open_private(path, os.O_CREAT | os.O_RDWR)
    try:
        _lock(file)
        yield
    finally:
        os.close(file)


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
            self._file = open_private(directory / "lock", os.O_CREAT | os.O_RDWR)
        except OSError as error:
            raise DataDirectoryNotWritable(directory, error) from error
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise DataDirectoryInUse(directory) from error
        # Says since when, to who looks from outside.
        os.utime(self._file if os.utime in os.supports_fd else directory / "lock")

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
