"""What the desktop writes is its owner's alone from the first byte, and goes through no link."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from app.host import logs
from app.host.crash import CrashReports
from app.host.paths import open_private, prepare, write_private
from app.host.settings import SettingsFile
from app.host.window_memory import WindowMemory

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """A umask that closes nothing."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_all_files_are_private_whatever_the_umask(
    tmp_path: Path, open_to_all: None, qapp: QApplication
) -> None:
    paths = prepare(tmp_path / "profile")
    end = logs.set_up(paths.log_file)
    logging.getLogger("of this test").warning("a line")
    end()
    SettingsFile(paths.settings_file).change("language", "ko")
    memory = WindowMemory(paths.window_file)
    memory.keep(QByteArray(b"somewhere"))
    reports = CrashReports(paths.logs, "1.0")
    reports.tell(lambda _path: None)
    reports.report(ValueError, ValueError("x"), None)
    undo = reports.listen_to_faults()
    modes = {
        str(path.relative_to(tmp_path)): path.stat().st_mode & 0o777
        for path in (tmp_path / "profile").rglob("*")
    }
    undo()
    assert len(modes) >= 6
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


def test_no_link_is_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("kept")
    for name in ("log", "settings"):
        (tmp_path / name).symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        open_private(tmp_path / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    write_private(tmp_path / "settings", b"new")
    assert victim.read_text() == "kept"
    assert not (tmp_path / "settings").is_symlink()
