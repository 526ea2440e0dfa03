"""The user's preferences: one frozen value, kept in a small JSON file.

Read by the entry point, changed by the preferences presenter. What cannot be read counts as
not set, so that a damaged file never keeps the window from opening.
"""

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from app.host.paths import write_private

_log = logging.getLogger(__name__)

LANGUAGES = ("system", "en", "ko")
THEMES = ("system", "light", "dark")
MOTIONS = ("system", "reduced", "full")
TEXT_SIZES = (100, 125, 150, 200)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose.

    Attributes:
        language: system, en or ko.
        theme: system, light or dark.
        text_size: of all text, in percent: one of ``TEXT_SIZES``.
        compact_rows: lists show more rows, each lower.
        motion: system, reduced or full.
        close_to_tray: closing the window keeps the program running, where there is a tray.
        tray_explained: the user was told where the window went.
        start_minimized: the window does not open by itself.
        first_run_done: the first steps were taken, or skipped.
        quiet_until: Unix time in seconds until which nothing is told outside the window.
        reconnect_attempts: tries before the light stays red.
        reconnect_delay_s: seconds before the first try.
        reconnect_max_delay_s: most seconds between two tries.
        restoration_read: when the data were restored that the user has read of.
        look_for_updates: ask once a day whether there is a newer version.
    """

    language: str = "system"
    theme: str = "system"
    text_size: int = 100
    compact_rows: bool = False
    motion: str = "system"
    close_to_tray: bool = True
    tray_explained: bool = False
    start_minimized: bool = False
    first_run_done: bool = False
    quiet_until: float = 0.0
    reconnect_attempts: int = 10
    reconnect_delay_s: float = 1.0
    reconnect_max_delay_s: float = 5.0
    restoration_read: str = ""
    look_for_updates: bool = False


_CHOICES: dict[str, tuple[object, ...]] = {
    "language": LANGUAGES,
    "theme": THEMES,
    "motion": MOTIONS,
    "text_size": TEXT_SIZES,
}
_RANGES: dict[str, tuple[float, float]] = {
    "reconnect_attempts": (1, 1000),
    "reconnect_delay_s": (0.1, 300),
    "reconnect_max_delay_s": (0.1, 300),
    "quiet_until": (0, 2**40),
}


def _allowed(key: str, value: object) -> bool:
    names = {field.name: type(field.default) for field in fields(Settings)}
    if key not in names:
        return False
    # A whole number is a number; True is neither here.
    kinds: tuple[type, ...] = (int, float) if names[key] is float else (names[key],)
    if not isinstance(value, kinds) or (isinstance(value, bool) and names[key] is not bool):
        return False
    if key in _CHOICES:
        return value in _CHOICES[key]
    if key in _RANGES and isinstance(value, int | float):
        least, most = _RANGES[key]
        return least <= value <= most
    return True


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
    write_private(path, json.dumps(asdict(settings), indent=2).encode())
