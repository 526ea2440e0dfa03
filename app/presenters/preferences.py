"""Keeps what the preferences page emits and lets it take effect at once.

Wired by the composition root; the page itself keeps nothing. Whether Vigil starts at login is no
setting of ours but an entry of the system's: it is read anew each time the page comes on screen.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict

from PySide6.QtCore import QCoreApplication

from app.host.autostart import Autostart
from app.host.language import Language
from app.host.settings import Settings, SettingsFile
from app.host.theme import ThemeSwitch
from app.services.connection import LinkSettings
from widgets.preferences import PreferencesPage

_log = logging.getLogger(__name__)


class PreferencesPresenter:
    """The preferences page.

    Args:
        page: Shows and emits them.
        kept: Where they are kept.
        language: Is changed live.
        theme: Is changed live.
        autostart: The system's entry.
        reconnect: Takes new settings for the next tries.
        updates: Begins or ends the look for a newer version.
    """

    def __init__(
        self,
        page: PreferencesPage,
        kept: SettingsFile,
        language: Language,
        theme: ThemeSwitch,
        *,
        autostart: Autostart,
        reconnect: Callable[[Settings], None],
        updates: Callable[[Settings], None],
    ) -> None:
        self._page, self._kept = page, kept
        self._language, self._theme, self._reconnect = language, theme, reconnect
        self._autostart = autostart
        self._updates = updates
        page.show_values(asdict(kept.settings))
        page.shown.connect(self.show_autostart)

    def show_autostart(self) -> None:
        """Show what the system will do at the next login."""
        self._page.show_values({"start_at_login": self._autostart.is_on})

    def on_changed(self, key: str, value: object) -> None:
        """Keep one setting and apply it."""
        if key == "start_at_login":
            self._page.show_trouble(switch(self._autostart, value is True))
            self.show_autostart()
            return
        try:
            settings = self._kept.change(key, value)
        except ValueError:
            _log.exception("the page emitted what is no setting")
            return
        match key:
            case "language":
                self._language.use(settings.language)
            case "theme":
                self._theme.use(settings.theme)
            case "text_size" | "compact_rows":
                self._theme.measure(settings.text_size, settings.compact_rows)
            case "motion":
                self._theme.move(settings.motion)
            case "close_to_tray" | "start_minimized":
                pass  # read when the window is closed, or at the next start
            case "look_for_updates":
                self._updates(settings)
            case _:
                self._reconnect(settings)


def switch(autostart: Autostart, on: bool) -> str:
    """Switch starting at login; return why that could not be done as a sentence, "" if it was."""
    why = autostart.switch(on)
    if why is None:
        return ""
    return QCoreApplication.translate(
        "presenters", "The system did not let Vigil change this: {reason}"
    ).format(reason=why)


def link_settings(settings: Settings) -> LinkSettings:
    """Return how the line is kept, by the user's preferences."""
    return LinkSettings(
        first_delay_s=settings.reconnect_delay_s,
        max_delay_s=max(settings.reconnect_delay_s, settings.reconnect_max_delay_s),
        tries=settings.reconnect_attempts,
    )
