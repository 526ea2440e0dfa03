"""Remembers where the window was, in an INI file of the profile; nothing else is kept there."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_GEOMETRY = "window/geometry"


class WindowMemory:
    """Where the window was when it was last closed."""

    def __init__(self, path: Path) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def recall(self) -> bytes | None:
        """Return what was kept, None the first time."""
        kept = self._settings.value(_GEOMETRY)
        return bytes(kept.data()) if isinstance(kept, QByteArray) else None

    def keep(self, geometry: bytes) -> None:
        """Keep where the window is."""
        self._settings.setValue(_GEOMETRY, QByteArray(geometry))
        self._settings.sync()
