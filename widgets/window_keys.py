"""The window's keys: shortcuts that act on a page, and do nothing while a sheet covers it.

Made by the main window, which says what each key does.
"""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class WindowKeys:
    """The shortcuts of one window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._coverable: list[QShortcut] = []

    def add(self, key: str, act: Callable[[], None], *, always: bool = False) -> None:
        """Let a key act.

        Args:
            key: as Qt writes it, for example ``Ctrl+N``.
            act: what it does.
            always: also while a sheet covers the page.
        """
        shortcut = QShortcut(QKeySequence(key), self._window)
        shortcut.activated.connect(act)
        if not always:
            self._coverable.append(shortcut)

    def cover(self, covered: bool) -> None:
        """Silence the keys of the page while something lies over it."""
        for shortcut in self._coverable:
            shortcut.setEnabled(not covered)
