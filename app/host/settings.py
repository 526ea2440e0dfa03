"""The user's preferences: one frozen value, kept in a small JSON file.

Read by the entry point, changed by the preferences presenter. What cannot be read counts as
not set, so that a damaged file never keeps the window from opening.
"""

import json
import logging
import os
import tempfile
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

_log = logging.getLogger(__name__)

LANGUAGES = ("system", "en", "ko")
THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose.

    Attributes:
        language: system, en or ko.
        theme: system, light or dark.
        close_to_tray: closing the window keeps the program running, where there is a tray.
        tray_explained: the user was told where the window went.
        reconnect_attempts: tries before the light stays red.
        reconnect_delay_s: seconds before the first try.
        reconnect_max_delay_s: most seconds between two tries.
        look_for_updates: ask once a day whether there is a newer version.
    """

    language: str = "system"
    theme: str = "system"
    close_to_tray: bool = True
    tray_explained: bool = False
    reconnect_attempts: int = 10
    reconnect_delay_s: float = 1.0
    reconnect_max_delay_s: float = 5.0
    look_for_updates: bool = False


def _allowed(key: str, value: object) -> bool:
    match key:
        case "language":
            return value in LANGUAGES
        case "theme":
            return value in THEMES
        case "close_to_tray" | "tray_explained" | "look_for_updates":
            return isinstance(value, bool)
        case "reconnect_attempts":
            return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1000
        case "reconnect_delay_s" | "reconnect_max_delay_s":
            numeric = isinstance(value, int | float) and not isinstance(value, bool)
            return numeric and 0.1 <= value <= 300  # type: ignore[operator]
        case _:
            return False


class SettingsFile:
    """The present settings and the file they are kept in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settings = _read(path)

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def change(self, key: str, value: object) -> Settings:
        """Set one and keep it; returns the settings after it.

        Raises:
            ValueError: there is no such setting, or it may not have this value.
        """
        if not _allowed(key, value):
            raise ValueError(f"{key} cannot be {value!r}")
        self._settings = replace(self._settings, **{key: value})  # type: ignore[arg-type]
        try:
            _write(self._path, self._settings)
        except OSError as error:
            # The choice still holds for this run.
            _log.warning("the settings could not be kept: %s", error)
        return self._settings


def _read(path: Path) -> Settings:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        _log.warning("the settings could not be read: %s", error)
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    names = [field.name for field in fields(Settings)]
    return Settings(**{key: kept[key] for key in names if key in kept and _allowed(key, kept[key])})


def _write(path: Path, settings: Settings) -> None:
    """Replace the file as a whole: half of one is never seen, nor one others can read."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, indent=2)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
