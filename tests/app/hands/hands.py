"""The two hands of a person: a keyboard and a mouse, each on its own.

Both speak to windows, never to widgets: a key goes where the keyboard is, a click to whatever lies
under the pointer. So a button that cannot be reached by Tab, or that lies under another, fails.
"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QMenu,
    QScrollArea,
    QWidget,
)

NO_KEYS = Qt.KeyboardModifier.NoModifier
_MOST_TABS = 120
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}
_NAMED = {
    "Esc": "Escape",
    "Del": "Delete",
    ",": "Comma",
    "?": "Question",
    "+": "Plus",
    "-": "Minus",
}


class Keyboard:
    """Presses keys in the window that has the keyboard."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def press(self, *keys: str) -> None:
        """Press keys one after another, each as it is written: ``Ctrl+N``, ``A``."""
        for written in keys:
            *held, name = written.rsplit("+", 1) if written != "+" else [written]
            modifiers = NO_KEYS
            for each in "+".join(held).split("+"):
                modifiers |= _MODIFIERS.get(each, NO_KEYS)
            key = Qt.Key[f"Key_{_NAMED.get(name, name)}"]
            QTest.keyClick(self._where(), key, modifiers)

    def press_menu_key(self) -> None:
        """Press Shift+F10."""
        self.press("Shift+F10")

    def reach(self, target: QWidget) -> None:
        """Go to a part by Tab, and within a group of buttons by the arrow keys.

        Raises:
            AssertionError: Tab goes round without coming by.
        """
        for _ in range(_MOST_TABS):
            focused = QApplication.focusWidget()
            if focused is not None and (focused is target or focused.focusProxy() is target):
                return
            if not isinstance(target, QAbstractScrollArea) and target.isAncestorOf(focused):
                return
            self.press(_towards(focused, target))
        raise AssertionError(f"{_MOST_TABS} times Tab do not lead there")

    def choose(self, menu: QMenu, words: str) -> None:
        """Choose an entry of the menu that is open."""
        for _ in range(len(menu.actions()) + 1):
            active = menu.activeAction()
            if active is not None and plain(active.text()) == words:
                self.press("Return")
                return
            self.press("Down")
        raise AssertionError(f"the arrow keys do not lead to {words!r}")

    def _where(self) -> QWindow:
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window
        return top.windowHandle()


class Mouse:
    """Moves a pointer over the program's windows, and presses its buttons."""

    def click(
        self,
        target: QWidget,
        at: QPoint | None = None,
        *,
        right: bool = False,
        keys: Qt.KeyboardModifier = NO_KEYS,
    ) -> None:
        """Click on a part, in its middle or at a place of it, perhaps while keys are held.

        Raises:
            AssertionError: something else lies there.
        """
        window, point = self._place(target, at)
        button = Qt.MouseButton.RightButton if right else Qt.MouseButton.LeftButton
        QTest.mouseMove(window, point)
        QTest.mouseClick(window, button, keys, point)

    def double_click(self, target: QWidget, at: QPoint | None = None) -> None:
        """Click twice."""
        window, point = self._place(target, at)
        QTest.mouseDClick(window, Qt.MouseButton.LeftButton, NO_KEYS, point)

    def drag(self, target: QWidget, start: QPoint, end: QPoint) -> None:
        """Press at a place, move to another, let go."""
        window, first = self._place(target, start)
        left, last = Qt.MouseButton.LeftButton, first + end - start
        QTest.mouseMove(window, first)
        QTest.mousePress(window, left, NO_KEYS, first)
        QTest.mouseMove(window, (first + last) / 2)
        QTest.mouseMove(window, last)
        QTest.mouseRelease(window, left, NO_KEYS, last)

    def hover(self, target: QWidget, at: QPoint | None = None) -> None:
        """Let the pointer rest on a part."""
        window, point = self._place(target, at)
        QTest.mouseMove(window, point - QPoint(3, 0))
        QTest.mouseMove(window, point)

    def wheel(self, target: QWidget, notches: int) -> None:
        """Turn the wheel over a part, away from the hand where there are more than 0 notches."""
        window, point = self._place(target, None)
        QTest.wheelEvent(window, QPointF(point), QPoint(0, 120 * notches))

    def drop(self, target: QWidget, file: Path) -> None:
        """Bring a file from elsewhere and let it go over a part.

        Raises:
            AssertionError: it is not taken there.
        """
        held = QMimeData()
        held.setUrls([QUrl.fromLocalFile(str(file))])
        left, copying = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        middle = target.rect().center()
        coming = QDragEnterEvent(middle, copying, held, left, NO_KEYS)
        QApplication.sendEvent(target, coming)
        assert coming.isAccepted(), "it is not taken there"
        QApplication.sendEvent(target, QDropEvent(QPointF(middle), copying, held, left, NO_KEYS))

    def choose(self, menu: QMenu, words: str) -> None:
        """Choose an entry of the menu that is open."""
        entry = next((it for it in menu.actions() if plain(it.text()) == words), None)
        assert entry is not None, f"there is no {words!r}"
        self.click(menu, menu.actionGeometry(entry).center())

    @staticmethod
    def _place(target: QWidget, at: QPoint | None) -> tuple[QWindow, QPoint]:
        for area in _above(target):
            if isinstance(area, QScrollArea):
                area.ensureWidgetVisible(target)  # as the wheel over the page does
        top = target.window()
        point = target.mapTo(top, target.rect().center() if at is None else at)
        found = top.childAt(point) or top
        assert found is target or target.isAncestorOf(found), f"{found} lies over it"
        return top.windowHandle(), point


def plain(text: str) -> str:
    """Return what is written on an entry of a menu, without its key."""
    return text.partition("\t")[0]


def _above(widget: QWidget) -> Iterator[QWidget]:
    above = widget.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def _towards(focused: QWidget | None, target: QWidget) -> str:
    """Return the key that leads on: Tab, or an arrow between buttons of which one is chosen."""
    buttons = isinstance(focused, QAbstractButton) and isinstance(target, QAbstractButton)
    if not buttons or focused.group() is None or focused.group() is not target.group():
        return "Tab"
    before = (target.y(), target.x()) < (focused.y(), focused.x())
    if focused.y() != target.y():
        return "Up" if before else "Down"
    return "Left" if before else "Right"
