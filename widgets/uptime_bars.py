"""Bars of uptime, one per day, newest at the right: in a table's cell and over a whole card.

Table delegates paint with ``UptimeBars``; the detail page shows an ``UptimeBar``. A bar's height
differs by how much failed, so they read without colour; a day nobody observed is hollow.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from backend.contract.vocabulary import Status
from widgets import chart_painter, chart_phrases
from widgets.parts import plain_tip
from widgets.series import UptimeDay
from widgets.style.palette import Theme

DAYS = 90
CELL_DAYS = 30
CELL_WIDTH = CELL_DAYS * 6
CELL_HEIGHT = 24
_PICTURES = 500
"""So many are kept: about 9 MB."""
WEAK_BELOW = 99.9
"""Percent under which a day is amber and taller; the usual promise of a service."""
BAD_BELOW = 97.0
"""Percent under which a day is red and tallest: three quarters of an hour and more."""

_SHARES = {Status.UP: 0.6, Status.DEGRADED: 0.8, Status.DOWN: 1.0, Status.UNKNOWN: 0.34}


def standing(day: UptimeDay) -> Status:
    """Return the state in whose colour and height a day is drawn."""
    if day.percent is None:
        return Status.UNKNOWN
    if day.percent >= WEAK_BELOW:
        return Status.UP
    return Status.DEGRADED if day.percent >= BAD_BELOW else Status.DOWN


class UptimeBars:
    """Draws days of uptime into a rectangle and says which day lies under a point."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        theme.changed.connect(self._pictures.clear)

    def paint_cell(self, painter: QPainter, rect: QRectF, days: Sequence[UptimeDay]) -> None:
        """Draw a table's cell from a picture: most rows of a table had the same days."""
        scale = painter.device().devicePixelRatioF() * painter.transform().m11()
        key = (scale, *map(standing, days[-CELL_DAYS:]))
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= _PICTURES:
                self._pictures.clear()
            picture = self._pictures[key] = QPixmap((rect.size() * scale).toSize())
            picture.setDevicePixelRatio(scale)
            picture.fill(Qt.GlobalColor.transparent)
            painting = QPainter(picture)
            self.paint(painting, QRectF(QPointF(), rect.size()), days, CELL_DAYS)
            painting.end()
        painter.drawPixmap(rect.topLeft(), picture)

    def paint(self, painter: QPainter, rect: QRectF, days: Sequence[UptimeDay], slots: int) -> None:
        """Draw the newest days; those that are not known at all are left free at the left."""
        tokens = self._theme.tokens
        shown = days[-slots:]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, day in enumerate(shown, start=slots - len(shown)):
            state = standing(day)
            bar = slot(rect, slots, place)
            height = max(4.0, rect.height() * _SHARES[state])
            bar = QRectF(bar.left(), rect.center().y() - height / 2, bar.width(), height)
            tone = tokens.tone(state)
            if state is Status.UNKNOWN:
                # Faint where bars are thin: thirty dark rings would shout about nothing.
                thin = bar.width() <= 5
                painter.setBrush(QColor(tokens.unmeasured) if thin else Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(tokens.unmeasured if thin else tokens.disabled), 1))
            else:
                painter.setBrush(QColor(tone.fill))
                painter.setPen(QPen(QColor(tone.outline), 1))
            if bar.width() >= 3:
                painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
            else:
                painter.fillRect(bar, QColor(painter.pen().color()))
        painter.restore()

    @staticmethod
    def day_at(rect: QRectF, x: float, days: Sequence[UptimeDay], slots: int) -> UptimeDay | None:
        """Return the day under a point's x, None beside the bars."""
        if not rect.left() <= x < rect.right():
            return None
        place = int((x - rect.left()) * slots / rect.width())
        shown = days[-slots:]
        found = place - (slots - len(shown))
        return shown[found] if found >= 0 else None


def slot(rect: QRectF, slots: int, place: int) -> QRectF:
    """Return where a day's bar stands: whole pixels, with a gap at its right."""
    left = rect.left() + round(place * rect.width() / slots)
    after = rect.left() + round((place + 1) * rect.width() / slots)
    gap = 2 if rect.width() / slots >= 5 else 1
    return QRectF(left, rect.top(), max(1.0, after - left - gap), rect.height())


class UptimeBar(QWidget):
    """The last 90 days of one endpoint.

    Signals:
        pointed: Which day pointer or keyboard is on (UptimeDay, or None for none).
    """

    pointed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars = UptimeBars(theme)
        self._days: tuple[UptimeDay, ...] = ()
        self._index: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self._tell()

    @property
    def days(self) -> tuple[UptimeDay, ...]:
        """The days shown, oldest first."""
        return self._days

    @property
    def day(self) -> UptimeDay | None:
        """The day that pointer or keyboard is on."""
        return None if self._index is None else self._days[self._index]

    def show_days(self, days: Sequence[UptimeDay]) -> None:
        """Show other days, oldest first; at most the newest 90 of them."""
        self._days = tuple(days[-DAYS:])
        self._point(None if self._index is None else min(self._index, len(self._days) - 1))
        self._tell()
        self.update()

    def _bars_rect(self) -> QRectF:
        return QRectF(self.rect()).adjusted(4, 4, -4, -4)

    def _point(self, index: int | None) -> None:
        index = None if index is None or index < 0 else index
        if index != self._index:
            self._index = index
            self.pointed.emit(self.day)
            self.update()

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("Uptime by day"))
        self.setAccessibleDescription(chart_phrases.uptime_summary(self._days))

    def sizeHint(self) -> QSize:
        """Return room for 90 bars."""
        return QSize(DAYS * 8, self._theme.px(40))

    def minimumSizeHint(self) -> QSize:
        """Return the width at which bars can still be told apart."""
        return QSize(DAYS * 3, self._theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars and, around one of them, the keyboard's mark."""
        painter, tokens, rect = QPainter(self), self._theme.tokens, self._bars_rect()
        if self._index is not None:
            place = DAYS - len(self._days) + self._index
            ground = slot(rect, DAYS, place).adjusted(-2, -3, 2, 3)
            painter.fillRect(ground, QColor(tokens.selection))
        self._bars.paint(painter, rect, self._days, DAYS)
        if self.hasFocus():
            chart_painter.paint_focus(painter, QRectF(self.rect()), tokens)

    def event(self, event: QEvent) -> bool:
        """Say date, percent and downtime of the day under the pointer."""
        if isinstance(event, QHelpEvent):
            day = UptimeBars.day_at(self._bars_rect(), event.pos().x(), self._days, DAYS)
            words = "" if day is None else chart_phrases.uptime_day(day)
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        day = UptimeBars.day_at(self._bars_rect(), event.position().x(), self._days, DAYS)
        self._point(None if day is None else self._days.index(day))

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of the day, unless the keyboard holds it."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the day."""
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from day to day."""
        last = len(self._days) - 1
        now = last + 1 if self._index is None else self._index
        target = {
            Qt.Key.Key_Left: now - 1,
            Qt.Key.Key_Right: now + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if target is None or last < 0:
            super().keyPressEvent(event)
            return
        self._point(min(max(target, 0), last))
        if self.day is not None:
            words = chart_phrases.uptime_day(self.day)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
