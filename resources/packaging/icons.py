"""Draws the product's icon in every size and form that a system asks for, from its one SVG.

Called by `build` before anything else; the packages and `build.spec` take the files.
"""

import os
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

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
