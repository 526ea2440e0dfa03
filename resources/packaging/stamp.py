"""What is made before the build: its stamp (version, commit, time) and the icons, from their SVG.

Called by `build`; the digest also by the tests, to know whether a bundle is of these sources.
"""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from backend.contract.version import VERSION

_SOURCES = ("app", "widgets", "backend", "resources", "build.spec", "requirements.lock", "LICENSE")
_NOT_CHECKED_OUT = 946_684_800  # 2000: sources without a history have no time of their own


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a build is of.

    Attributes:
        version: as in the contract.
        commit: twelve digits, ``+`` after them where the sources differ from it; "" without git.
        epoch: the commit's time, in seconds.
        update_url: where the program may ask for a newer version; "" for nowhere.
        update_key: the public key of who names it, in Base64.
    """

    version: str
    commit: str
    epoch: int
    update_url: str = ""
    update_key: str = ""

    def __str__(self) -> str:
        """Return both names in one line."""
        return f"Vigil {self.version} ({self.commit or 'no commit'})"


def of_checkout(root: Path) -> Stamp:
    """Return the stamp of the sources in a folder."""
    commit = _git(root, "rev-parse", "--short=12", "HEAD")
    if not commit:
        return Stamp(VERSION, "", _NOT_CHECKED_OUT)
    changed = _git(root, "status", "--porcelain", "--", *_SOURCES)
    epoch = int(_git(root, "log", "-1", "--format=%ct"))
    return Stamp(VERSION, f"{commit}+" if changed else commit, epoch)


def write(built: Stamp, path: Path) -> None:
    """Write what the program reads about itself (`app/host/build.py`)."""
    path.write_text(json.dumps(asdict(built), indent=2) + "\n")


def settle(folder: Path, built: Stamp) -> None:
    """Give everything in a folder the time of the commit and the rights of installed files."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.name == "vigil" or ".so" in path.name
            path.chmod(0o755 if runs else 0o644)
        links = os.utime not in os.supports_follow_symlinks
        os.utime(path, (built.epoch, built.epoch), follow_symlinks=links)


def digest(root: Path) -> str:
    """Return what changes whenever a source of the bundle does."""
    running = hashlib.sha256()
    for path in _files(root):
        running.update(f"{path.relative_to(root)}\0".encode())
        running.update(hashlib.sha256(path.read_bytes()).digest())
    return running.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for name in _SOURCES:
        top = root / name
        found = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from (path for path in found if path.is_file() and "__pycache__" not in path.parts)


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-c", f"safe.directory={root}", *arguments],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def draw_all(folder: Path) -> None:
    """Write ``vigil-SIZE.png``, ``vigil.ico`` and ``vigil.icns``."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QGuiApplication.instance() or QGuiApplication([])
    # After the application: its pictures need one.
    from widgets.style import assets  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        _save(assets.pixmap("vigil", "", size).toImage(), folder / f"vigil-{size}.png")
    _save(assets.pixmap("vigil", "", 256).toImage(), folder / "vigil.ico")
    _save(assets.pixmap("vigil", "", 512).toImage(), folder / "vigil.icns")
    app.shutdown()


def _save(picture: QImage, path: Path) -> None:
    if not picture.save(str(path)):
        raise OSError(f"{path} could not be drawn")
