"""``backup FILE``: the archive copied whole, and the copy verified."""

from pathlib import Path

from backend.cli.speech import Complaint, say
from backend.storage.upkeep import back_up


def run(data_dir: Path, file: Path) -> int:
    """Copy the archive of a directory into a new file.

    Raises:
        Complaint: the file exists or cannot be written.
        ArchiveError: there is no archive, or the copy is not whole.
    """
    if file.exists():
        raise Complaint(2, f"{file} exists already")
    try:
        copied_bytes = back_up(data_dir, file)
    except OSError as error:
        raise Complaint(2, f"{file} cannot be written: {error.strerror}") from error
    say(f"{file}: {copied_bytes} bytes, verified")
    return 0
