"""The 32 px strip over the page while the line to the backend is down, or this computer offline.

The window owns it; the presenter tells it which, and since when.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets import parts, phrases
from widgets.style import marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Space


class Banner(QWidget):
    """Says that what is shown is old, or why it is unknown; hidden while all is well."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at: datetime | None = None
        self._why = ""
        self._is_offline = False
        strip = QFrame()
        strip.setObjectName("banner")
        strip.setFixedHeight(theme.px(Space.BANNER))
        theme.changed.connect(lambda: strip.setFixedHeight(theme.px(Space.BANNER)))
        self._mark = _Mark(theme)
        self._words = parts.label()
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        # The room to the page belongs to the banner: it goes when the banner goes.
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, 0, Space.MARGIN, 8)
        column.addWidget(strip)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def show_stale(self, at: datetime | None, why: str = "") -> None:
        """Show that data are from ``at``; None when there were none yet. ``why`` is a sentence."""
        self._at, self._why, self._is_offline = at, why, False
        self._set_texts()
        self.show()

    def show_offline(self, since: datetime) -> None:
        """Show that this computer is offline since then."""
        self._at, self._why, self._is_offline = since, "", True
        self._set_texts()
        self.show()

    def _set_texts(self) -> None:
        words = self.tr("Not connected")
        if self._at is not None and self._is_offline:
            words = self.tr("This computer is offline since {time} - nobody is blamed").format(
                time=phrases.clock(self._at)
            )
        elif self._at is not None:
            words = self.tr("Not connected - data {as_of}").format(as_of=phrases.as_of(self._at))
        if self._why:
            words = f"{words} - {self._why}"
        # There is room for one line; the others are what the backend said last.
        self._words.setText(words.partition("\n")[0])
        self.setToolTip(words if "\n" in words else "")
        self.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class _Mark(QWidget):
    """The warning triangle in the colour of connecting."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(16, 16)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        tone = self._theme.tokens.connecting
        marks.draw(QPainter(self), QRectF(self.rect()), Shape.WARNING, tone)
