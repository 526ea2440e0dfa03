"""Choices, numbers, times and check boxes as the window draws them; Fusion's do not fit its fields.

Forms and preferences use them like the Qt classes they extend.
"""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QDoubleSpinBox, QSpinBox, QWidget

from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Tokens

HEIGHT = 32
_BOX = 18


def _seconds() -> str:
    return QCoreApplication.translate("inputs", " s")


class Choice(QComboBox):
    """A combo box with the window's own chevron."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and the chevron."""
        super().paintEvent(event)
        px, colour = self._theme.px, self._theme.tokens.muted
        picture = assets.pixmap("chevron-down", colour, px(16), self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.width() - px(26), (self.height() - px(16)) // 2, picture)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel over a field must not change it."""
        event.ignore()


class Number(QSpinBox):
    """A whole number as wide and high as the other fields.

    Signals:
        entered: Enter was pressed in it.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(HEIGHT)
        # The stylesheet's padding does not reach the editor inside.
        self.lineEdit().setTextMargins(10, 0, 0, 0)
        self.lineEdit().returnPressed.connect(self.entered)
        self._is_time = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def count_seconds(self) -> None:
        """Say behind the number that it counts seconds."""
        self._is_time = True
        self.setSuffix(_seconds())

    def changeEvent(self, event: QEvent) -> None:
        """Say it again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._is_time:
            self.setSuffix(_seconds())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel over a field must not change it."""
        event.ignore()


class Seconds(QDoubleSpinBox):
    """A number of seconds as wide and high as the other fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(HEIGHT)
        # The stylesheet's padding does not reach the editor inside.
        self.lineEdit().setTextMargins(10, 0, 0, 0)
        self.setDecimals(1)
        self.setSuffix(_seconds())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def changeEvent(self, event: QEvent) -> None:
        """Name the unit again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setSuffix(_seconds())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel over a field must not change it."""
        event.ignore()


class Check(QCheckBox):
    """A check box with a visible box in both themes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return room for box and words."""
        px, words = self._theme.px, QFontMetrics(self.font())
        height = max(px(28), words.height() + 8)
        return QSize(px(_BOX + 16) + words.horizontalAdvance(self.text()), height)

    def hitButton(self, pos: object) -> bool:
        """Take clicks on box and words alike."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, tick and words."""
        tokens, px = self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.save()
        painter.translate(0, (self.height() - px(_BOX)) / 2)
        painter.scale(self._theme.scale, self._theme.scale)
        self._paint_box(painter, tokens)
        painter.restore()
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.disabled))
        words = self.rect().adjusted(px(_BOX + 10), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _paint_box(self, painter: QPainter, tokens: Tokens) -> None:
        """Paint box and tick as large as at 100 %, from the top."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, 0.5, _BOX - 1, _BOX - 1)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 5, 5)
        checked = self.isChecked()
        full = tokens.accent if self.isEnabled() else tokens.disabled
        painter.setPen(QPen(QColor(full if checked else tokens.field_border), 1))
        painter.setBrush(QColor(full if checked else tokens.field))
        painter.drawRoundedRect(box, 4, 4)
        if checked:
            painter.setPen(QPen(QColor(tokens.on_accent), 2, c=Qt.PenCapStyle.RoundCap))
            tick = (QPointF(4, 9), QPointF(7.4, 12.2), QPointF(13, 5.4))
            painter.drawPolyline(QPolygonF([point + box.topLeft() for point in tick]))


class Moment(QDateTimeEdit):
    """A day and a time, by this computer's clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumHeight(HEIGHT)
        # The stylesheet's padding does not reach the editor inside.
        self.lineEdit().setTextMargins(10, 0, 0, 0)
        self.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def moment(self) -> datetime:
        """What is chosen (aware)."""
        return datetime.fromtimestamp(self.dateTime().toSecsSinceEpoch(), UTC)

    def show_moment(self, at: datetime) -> None:
        """Show another time (aware), to the minute."""
        self.setDateTime(QDateTime.fromSecsSinceEpoch(int(at.timestamp()) // 60 * 60))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel over a field must not change it."""
        event.ignore()


BOX = 16
_TICK = (QPointF(3.6, 8.2), QPointF(6.8, 11.2), QPointF(12.2, 5))


def paint_box(painter: QPainter, box: QRectF, tokens: Tokens, checked: bool) -> None:
    """Draw a box of the size BOX, with a tick where it is checked."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.accent if checked else tokens.field_border), 1))
    painter.setBrush(QColor(tokens.accent if checked else tokens.field))
    painter.drawRoundedRect(box, 4, 4)
    if checked:
        painter.setPen(QPen(QColor(tokens.on_accent), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([point + box.topLeft() for point in _TICK]))
    painter.restore()
