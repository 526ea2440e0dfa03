"""One copy of a database, made beside its writer, verified, and private from its first byte.

The one mechanism of the daily backup, of the one before a migration, of the command ``backup`` and
of restoring. Runs on the thread of its caller, which is never the one on which checks are stored.
"""

import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from backend.storage.directory import make_private_file
from backend.storage.errors import Damaged, not_stored, tells_damage

_STEP_PAGES: Final = 256
_PAUSE_S: Final = 0.002
"""After every megabyte the disk is left to others."""


class Stopped(Exception):  # noqa: N818  # a wish, not an error
    """Somebody wanted no copy any more; nothing is left of it."""


class Halt:
    """Ends from another thread what works with a database."""

    def __init__(self) -> None:
        self._said = threading.Event()
        self._connection: sqlite3.Connection | None = None

    def say(self) -> None:
        """End it now."""
        self._said.set()
        if self._connection is not None:
            with suppress(sqlite3.Error):  # closed meanwhile
                self._connection.interrupt()

    def check(self) -> None:
        """Raise :class:`Stopped` once it was said."""
        if self._said.is_set():
            raise Stopped

    @contextmanager
    def over(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Let it end a statement that runs long in this block."""
        self._connection = connection
        try:
            self.check()
            yield
            self.check()
        except sqlite3.OperationalError:
            self.check()
            raise
        finally:
            self._connection = None


def reading(path: Path, *, alone: bool = False) -> sqlite3.Connection:
    """Open a database without the right to write.

    Args:
        path: where it is.
        alone: nobody writes it and it has no log: nothing is laid beside it either.
    """
    mode = "mode=ro&immutable=1" if alone else "mode=ro"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, timeout=5)


def faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Look through all of a database; return what is wrong with it, in SQLite's words."""
    said = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
    return () if said == ["ok"] else tuple(said)


def version_of(connection: sqlite3.Connection) -> int:
    """Return which version of our tables a database has; 0 for none."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def copy(source: Path, to: Path, halt: Halt | None = None) -> int:
    """Copy a database into a file, which is there whole or not at all.

    All of it is of one moment. Whoever writes to it meanwhile waits for nothing, only its log
    cannot be folded in until the copy is made.

    Returns:
        the size of the copy in bytes.

    Raises:
        Damaged: what was copied is not whole.
        NotStored: the copy could not be written.
        OSError: the same.
        Stopped: ``halt`` was said.
    """
    halt = halt or Halt()
    unfinished = to.with_name(to.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    make_private_file(unfinished, fresh=True)
    try:
        with closing(reading(source)) as origin, closing(sqlite3.connect(unfinished)) as made:
            version = _fill(origin, made, halt)
            with halt.over(made):
                found = faults(made)
            if not found and version_of(made) != version:
                found = ("the copy is of another version",)
        if found:
            raise Damaged(source, found[0])
        _to_the_disk(unfinished)
        unfinished.replace(to)
        _to_the_disk(to.parent)
    except sqlite3.Error as error:
        if tells_damage(error):
            raise Damaged(source, str(error)) from error
        raise not_stored(error) from error
    finally:
        for left in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
            left.unlink(missing_ok=True)
    return to.stat().st_size


def _fill(origin: sqlite3.Connection, made: sqlite3.Connection, halt: Halt) -> int:
    def after_step(_status: int, remaining: int, _total: int) -> None:
        halt.check()
        if remaining:
            time.sleep(_PAUSE_S)

    # Within a transaction of its own: else every check stored meanwhile would start it anew.
    origin.execute("BEGIN")
    version = version_of(origin)
    origin.backup(made, pages=_STEP_PAGES, progress=after_step)
    made.execute("PRAGMA journal_mode = DELETE")  # one file, which can be read where none is made
    return version


def _to_the_disk(path: Path) -> None:
    if sys.platform == "win32" and path.is_dir():
        return  # there a directory cannot be opened
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
