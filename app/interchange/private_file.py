"""Writes a file that only its owner may read, as a whole or not at all.

Every export ends here. The new file is made beside the old one and takes its place: half of one
is never seen, and a link in its place is replaced, not followed to what it points to.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class PrivateFile:
    """A file under way; leaving the block without ``keep`` leaves what was there before.

    Every method may raise ``OSError``: it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        # Made with mode 0600, under a name nobody can foresee.
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".vigil-", suffix=".part")
        self._file, self._name = os.fdopen(handle, "wb"), Path(name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # a full disk says so again when what is left is flushed
            self._file.close()
        self._name.unlink(missing_ok=True)

    def write(self, content: bytes) -> None:
        """Add bytes."""
        self._file.write(content)

    def keep(self) -> None:
        """Put the file where it belongs."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._name.replace(self._path)
