"""Takes away what writes while only reading is allowed, and says why under the pointer.

The window owns one. A part marks its buttons and menu entries with ``writes``; they are disabled
as long as a reason holds, those that are made meanwhile as well.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from widgets.parts import plain_tip

_MARK = "writes"


class ReadOnly(QObject):
    """Holds what is marked in one window.

    Args:
        window: Whose parts are held.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._reason = ""

    @property
    def reason(self) -> str:
        """Why nothing may be written, "" where it may."""
        return self._reason

    def hold(self, reason: str) -> None:
        """Disable all that writes and say why; "" enables it again."""
        self._reason = reason
        parts: list[QWidget | QAction] = [*self._window.findChildren(QWidget)]
        parts += self._window.findChildren(QAction)
        for each in parts:
            if each.property(_MARK):
                self.take(each)

    def take(self, each: QWidget | QAction) -> None:
        """Let one part be as the others are."""
        each.removeEventFilter(self)
        each.setEnabled(not self._reason)
        if self._reason:
            each.installEventFilter(self)
        if isinstance(each, QWidget):
            each.setAccessibleDescription(self._reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say the reason in the place of the tooltip; what enables a part does not know of it."""
        if isinstance(watched, QWidget):
            if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
                QToolTip.showText(
                    event.globalPos() + QPoint(0, 2), plain_tip(self._reason), watched
                )
                return True
            if event.type() == QEvent.Type.EnabledChange and watched.isEnabled():
                watched.setEnabled(False)
        return super().eventFilter(watched, event)


def refuses(part: QWidget) -> bool:
    """Say beside a part why it may not be used now, if it may not: for a key that stands for it."""
    held = _holder_of(part)
    if held is None or not held.reason or not part.property(_MARK):
        return False
    QToolTip.showText(part.mapToGlobal(QPoint(0, part.height())), plain_tip(held.reason), part)
    return True


def _holder_of(part: QWidget) -> ReadOnly | None:
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    return part.window().findChild(ReadOnly, options=directly)


def writes(*marked: QWidget | QAction, within: QWidget | None = None) -> None:
    """Mark what changes something, or has something sent.

    Args:
        marked: Buttons and menu entries.
        within: A part of the window, for those made while it is in use.
    """
    held = None if within is None else _holder_of(within)
    for each in marked:
        each.setProperty(_MARK, True)
        if held is not None and held.reason:
            held.take(each)
