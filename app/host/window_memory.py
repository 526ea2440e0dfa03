"""What the window looked like when it was last closed: its place, its page, its tables' columns.

Kept in a small INI file beside the settings, since nobody chooses it. What cannot be read counts
as not kept.
"""

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from app.host.paths import open_private
from widgets.table_look import TableLook

_GEOMETRY = "window/geometry"
_PAGE = "window/page"
_TABLES = "tables"


class WindowMemory:
    """Looks that outlive the program."""

    def __init__(self, path: Path) -> None:
        # The library keeps the mode of what it finds, and makes what others may read.
        with suppress(OSError):
            os.close(open_private(path, os.O_CREAT | os.O_RDWR))
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def recall(self) -> QByteArray | None:
        """Return where the window was, None the first time."""
        kept = self._settings.value(_GEOMETRY)
        return kept if isinstance(kept, QByteArray) else None

    def recall_page(self) -> str:
        """Return the name of the page that was shown, "" the first time."""
        kept = self._settings.value(_PAGE)
        return kept if isinstance(kept, str) else ""

    def recall_table(self, name: str) -> TableLook:
        """Return how a table's columns looked."""
        return TableLook.from_text(str(self._settings.value(f"{_TABLES}/{name}", "{}")))

    def keep(self, geometry: QByteArray) -> None:
        """Keep where the window is."""
        self._settings.setValue(_GEOMETRY, geometry)
        self._settings.sync()

    def keep_page(self, name: str) -> None:
        """Keep which page is shown; written with the window's place."""
        self._settings.setValue(_PAGE, name)

    def keep_table(self, name: str, look: TableLook) -> None:
        """Keep how a table's columns look; written with the window's place."""
        self._settings.setValue(f"{_TABLES}/{name}", look.as_text())
