"""Writes a file that only its owner may read, as a whole or not at all.

Every export ends here. The new file is made beside the old one and takes its place: half of one
is never seen, and a link in its place is replaced, not followed to what it points to.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write(path: Path, parts: Iterable[bytes]) -> None:
    """Put bytes where ``path`` says.

    Raises:
        OSError: it cannot be written; what was there before is still there.
    """
    # Made with mode 0600, under a name nobody can foresee.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".vigil-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            for part in parts:
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
