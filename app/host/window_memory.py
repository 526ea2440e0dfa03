"""What the window looked like when it was last closed: its place, its page, its tables' columns.

Kept in a small INI file beside the settings, since nobody chooses it. What cannot be read counts
as not kept.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from app.host.paths import open_private
from widgets.table import TableLook

_GEOMETRY = "window/geometry"
_PAGE = "window/page"
_TABLES = "tables"
_WIDEST = 10_000


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
        try:
            kept = json.loads(str(self._settings.value(f"{_TABLES}/{name}", "{}")))
        except ValueError:
            return TableLook()
        return _look_of(kept) if isinstance(kept, dict) else TableLook()

    def keep(self, geometry: QByteArray) -> None:
        """Keep where the window is."""
        self._settings.setValue(_GEOMETRY, geometry)
        self._settings.sync()

    def keep_page(self, name: str) -> None:
        """Keep which page is shown; written with the window's place."""
        self._settings.setValue(_PAGE, name)

    def keep_table(self, name: str, look: TableLook) -> None:
        """Keep how a table's columns look; written with the window's place."""
        self._settings.setValue(f"{_TABLES}/{name}", json.dumps(asdict(look)))


def _look_of(kept: dict[str, object]) -> TableLook:
    widths, by = kept.get("widths"), kept.get("sorted_by")
    named = widths.items() if isinstance(widths, dict) else ()
    return TableLook(
        {name: wide for name, wide in named if type(wide) is int and 0 < wide < _WIDEST},
        by if isinstance(by, str) else "",
        kept.get("is_descending") is True,
    )
