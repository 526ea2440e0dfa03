"""Keys that act: the window's, which do nothing while a sheet covers it, and a widget's own.

The main window makes the first and says what each does; widgets ask for theirs by ``key_of``.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

EDIT_KEY = "F2"
"""Opens the form for the one endpoint that is chosen or shown."""


def key_of(widget: QWidget, key: str, act: Callable[[], object]) -> QShortcut:
    """Let a key act while the keyboard is in a widget, or in a part of it.

    Args:
        widget: where the keyboard must be.
        key: as Qt writes it, for example ``Esc``.
        act: what it does.
    """
    # PySide forgets a context that is given together with a slot: the whole window would listen.
    shortcut = QShortcut(QKeySequence(key), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
    return shortcut


def ask_for_menu() -> None:
    """Open the menu of what the keyboard is on, as the menu key does.

    Qt makes the same of Shift+F10 on Windows only.
    """
    there = QApplication.focusWidget()
    if there is not None:
        cursor = there.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        at = cursor.center() if isinstance(cursor, QRect) else there.rect().center()
        why = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(there, QContextMenuEvent(why, at, there.mapToGlobal(at)))


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
