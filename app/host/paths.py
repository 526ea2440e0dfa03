"""Where the desktop keeps things, and whether it may: one folder per profile, nobody else's.

Asked by the entry point before anything is opened. It makes the folders (0700) and names the
files in them; it opens none.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

PRIVATE = 0o700


class UnusableDirectoryError(Exception):
    """The data directory cannot be used; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one profile; all lie below ``data_dir``."""

    data_dir: Path

    @property
    def logs(self) -> Path:
        """Where logs and crash reports go."""
        return self.data_dir / "logs"

    @property
    def log_file(self) -> Path:
        """The desktop's log."""
        return self.logs / "desktop.log"

    @property
    def settings_file(self) -> Path:
        """The preferences."""
        return self.data_dir / "settings.json"

    @property
    def window_file(self) -> Path:
        """Where the window was; nothing else."""
        return self.data_dir / "window.ini"


def default_data_dir(server: str = "") -> Path:
    """Return the folder of the usual profile, which need not exist yet.

    Args:
        server: of a desktop that joins one: what is kept for it is kept apart.
    """
    words = "".join(it if it.isalnum() or it in ".-" else "-" for it in server)
    name = f"vigil-{words}" if words else "vigil"
    return platformdirs.user_data_path(name, appauthor=False, roaming=False)


def open_private(path: Path | str, flags: int) -> int:
    """Open a file that only its owner may read, from its first byte; return its descriptor.

    Args:
        path: where; a link there is not followed.
        flags: as for ``os.open``.

    Raises:
        OSError: it cannot be opened, is a link, or is somebody else's and open to others.
    """
    handle = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if os.name == "posix" and os.fstat(handle).st_mode & 0o077:
            os.fchmod(handle, 0o600)
    except BaseException:
        os.close(handle)
        raise
    return handle


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read in one step, whatever lies in its place.

    Raises:
        OSError: it cannot be written; then all is as it was.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def prepare(data_dir: Path) -> Paths:
    """Make the folders of a profile and see that files can be written there.

    Raises:
        UnusableDirectoryError: it cannot be made, is no folder, or cannot be written.
    """
    paths = Paths(Path(os.path.abspath(data_dir)))  # noqa: PTH100 - resolve() would follow links
    try:
        for folder in (paths.data_dir, paths.logs):
            fresh = not folder.exists()
            folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            if fresh:
                folder.chmod(PRIVATE)
        with tempfile.TemporaryFile(dir=paths.data_dir):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        if isinstance(error, FileExistsError | NotADirectoryError):
            reason = "a file is in its place"
        raise UnusableDirectoryError(
            f"The data directory {paths.data_dir} cannot be written: {reason}."
        ) from error
    return paths
