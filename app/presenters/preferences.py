"""Keeps what the preferences page emits and lets it take effect at once.

Wired by the composition root; the page itself keeps nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict

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
        reconnect: Takes new settings for the next tries.
        updates: Begins or ends the look for a newer version.
    """

    def __init__(
        self,
        page: PreferencesPage,
        kept: SettingsFile,
        language: Language,
        theme: ThemeSwitch,
        reconnect: Callable[[Settings], None],
        *,
        updates: Callable[[Settings], None],
    ) -> None:
        self._page, self._kept = page, kept
        self._language, self._theme, self._reconnect = language, theme, reconnect
        self._updates = updates
        page.show_values(asdict(kept.settings))

    def on_changed(self, key: str, value: object) -> None:
        """Keep one setting and apply it."""
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
            case "look_for_updates":
                self._updates(settings)
            case "close_to_tray":
                pass  # read when the window is closed
            case _:
                self._reconnect(settings)


def link_settings(settings: Settings) -> LinkSettings:
    """Return how the line is kept, by the user's preferences."""
    return LinkSettings(
        first_delay_s=settings.reconnect_delay_s,
        max_delay_s=max(settings.reconnect_delay_s, settings.reconnect_max_delay_s),
        tries=settings.reconnect_attempts,
    )
