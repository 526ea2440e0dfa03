"""Follows the system's light or dark, or the user's choice against it; text size, rows, motion.

The entry point makes one over the application's ``Theme``; the preferences presenter calls
``use``.
"""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from widgets.style.palette import Theme, apply_theme
from widgets.style.tokens import DARK, LIGHT, Tokens


class ThemeSwitch(QObject):
    """Which tokens are in use, and why."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._app, self._theme = app, theme
        self._choice, self._motion = "system", "system"
        self._system_moves_less = False
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def tokens(self) -> Tokens:
        """The tokens that the choice and the system ask for."""
        match self._choice:
            case "light":
                return LIGHT
            case "dark":
                return DARK
            case _:
                dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
                return DARK if dark else LIGHT

    def use(self, choice: str) -> None:
        """Show ``light``, ``dark``, or for ``system`` what this computer shows."""
        self._choice = choice
        apply_theme(self._app, self._theme, self.tokens)

    def measure(self, text_size: int, compact_rows: bool) -> None:
        """Show text at so many percent, and rows high or low."""
        self._theme.measure(text_size / 100, compact_rows)
        apply_theme(self._app, self._theme, self.tokens)

    def move(self, motion: str) -> None:
        """Move ``full``, ``reduced``, or for ``system`` as much as this computer does."""
        self._motion = motion
        self._theme.reduced_motion = motion == "reduced" or (
            motion == "system" and self._system_moves_less
        )

    def follow_motion(self, moves_less: bool) -> None:
        """Take what the system says of motion."""
        self._system_moves_less = moves_less
        self.move(self._motion)

    def _follow(self) -> None:
        if self._choice == "system" and self.tokens is not self._theme.tokens:
            apply_theme(self._app, self._theme, self.tokens)
