"""A status mark as a widget of its own.

Pages put it beside a sentence about a state.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from backend.contract.vocabulary import Status
from widgets import phrases
from widgets.style import marks
from widgets.style.palette import Theme


class MarkLabel(QWidget):
    """The mark of one state."""

    def __init__(self, theme: Theme, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._status, self._paused = Status.UNKNOWN, False
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def show_status(self, status: Status, paused: bool = False) -> None:
        """Show the mark of a state."""
        self._status, self._paused = status, paused
        self.setAccessibleName(phrases.status_word(status, paused))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        marks.draw_status(
            painter, QRectF(self.rect()), self._theme.tokens, self._status, self._paused
        )
