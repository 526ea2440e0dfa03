"""The 32 px strip over the page while the line to the backend is down.

The window owns it; the presenter tells it since when the data on screen are old.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from widgets import parts, phrases
from widgets.style import marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Space


class Banner(QWidget):
    """Says that what is shown is old; hidden while all is well."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._at: datetime | None = None
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(Space.BANNER)
        self._words = parts.label()
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 0, 12, 0)
        row.addWidget(self._words)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_stale(self, at: datetime | None) -> None:
        """Show that data are from ``at``; None when there were none yet."""
        self._at = at
        self._set_texts()
        self.show()

    def _set_texts(self) -> None:
        words = self.tr("Not connected")
        if self._at is not None:
            words = self.tr("Not connected - data {as_of}").format(as_of=phrases.as_of(self._at))
        self._words.setText(words)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark beside the words."""
        super().paintEvent(event)
        painter = QPainter(self)
        tone = self._theme.tokens.connecting
        marks.draw(painter, QRectF(14, (self.height() - 16) / 2, 16, 16), Shape.WARNING, tone)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
