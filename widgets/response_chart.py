"""The chart of response times: median, 95th percentile, outages, gaps; crosshair and zoom.

A panel owns it and gives it a series. By mouse: move for the exact values, drag over a range or
turn the wheel to look closer, double-click for the whole. By keyboard: left and right move the
crosshair, with Shift they move the range, plus and minus zoom, 0 shows the whole again.
"""

from datetime import datetime

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import chart_painter, chart_phrases, parts
from widgets.chart_lens import CLOSER, Lens
from widgets.chart_scale import Scale, time_ticks, value_ticks
from widgets.series import MOST_POINTS, Series
from widgets.style.palette import Theme

_ALL = 1_000_000
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_Home: -_ALL,
    Qt.Key.Key_End: _ALL,
}
_LEAST_DRAG, _LOW = 6, 140
_TICK_WIDTH, _POINT_WIDTH = 72, 3


class ResponseChart(QWidget):
    """Response times over a period.

    Signals:
        zoomed: Whether only a part of the period is seen now.
    """

    zoomed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lens: Lens | None = None
        self._seen: tuple[datetime, datetime] | None = None
        self._drag: tuple[float, float] | None = None
        self._picture: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._redraw)
        self._tell()

    @property
    def lens(self) -> Lens | None:
        """What is looked at, None before anything came."""
        return self._lens

    def show_series(self, series: Series, *, whole: bool = False) -> None:
        """Show other values.

        Args:
            series: What to show.
            whole: Forget the range that was chosen; it is of another period.
        """
        scale, drag, self._drag = self.scale(), self._drag, None
        if self._lens is None or whole:
            self._lens = Lens(series, self._room())
        else:
            self._lens.take(series)
            # Values come while a range is drawn: it goes on between the same times.
            if drag is not None and scale is not None and (after := self.scale()) is not None:
                self._drag = (after.x(scale.time_at(drag[0])), after.x(scale.time_at(drag[1])))
        self._redraw()
        self._follow()

    def reset_zoom(self) -> None:
        """Show the whole period."""
        if self._lens is not None:
            self._lens.show_all()
            self._follow()

    def scale(self) -> Scale | None:
        """Return where values and times lie now, None before anything came."""
        lens, text = self._lens, self._theme.scale
        if lens is None:
            return None
        return Scale(self._plot(), lens.start, lens.end, self._ticks()[-1], text)

    def _plot(self) -> QRectF:
        px = self._theme.px
        left, top = px(chart_painter.LABEL_WIDTH), px(8)
        height = self.height() - px(chart_painter.LABEL_HEIGHT) - top
        return QRectF(left, top, max(1, self.width() - left - 14), max(1, height))

    def _room(self) -> int:
        """Return how many points the plot has room for: finer ones are noise, not lines."""
        return min(MOST_POINTS, max(24, int(self._plot().width() / _POINT_WIDTH)))

    def _ticks(self) -> tuple[float, ...]:
        seen = () if self._lens is None else self._lens.seen.points
        highest = max((p.p95_ms for p in seen if p.p95_ms is not None), default=0.0)
        return value_ticks(highest, 5 if self.height() > self._theme.px(_LOW) else 3)

    def _follow(self) -> None:
        """Show where the lens is after it was moved."""
        lens = self._lens
        if lens is None:
            return
        self.update()
        seen = (lens.start, lens.end)
        if seen != self._seen:
            self._seen = seen
            self._redraw()
            self.zoomed.emit(not lens.is_whole)
        self._tell()

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName(self.tr("Response times"))
        lens = self._lens
        words = "" if lens is None else chart_phrases.summary(lens.seen)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def _announce(self) -> None:
        """Say the values under the crosshair to who moved it without seeing it."""
        lens = self._lens
        if lens is not None and lens.point is not None:
            words = ", ".join(chart_phrases.readout(lens.seen, lens.point))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def sizeHint(self) -> QSize:
        """Return the size of the dashboard's chart."""
        return QSize(600, 190)

    def minimumSizeHint(self) -> QSize:
        """Return the least at which axes and lines can be told apart."""
        return QSize(260, 110)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the drawn chart, and over it what moves with pointer and keys."""
        lens, scale, tokens = self._lens, self.scale(), self._theme.tokens
        if lens is None or scale is None:
            return
        painter = QPainter(self)
        if self._picture is None:
            self._picture = self._draw(lens, scale)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._drag is not None:
            start, end = (scale.time_at(x) for x in self._drag)
            chart_painter.paint_range(painter, scale, tokens, start, end)
        elif lens.point is not None:
            chart_painter.paint_crosshair(painter, scale, tokens, lens.seen, lens.point)
        if self.hasFocus():
            chart_painter.paint_focus(painter, QRectF(self.rect()), tokens)

    def _draw(self, lens: Lens, scale: Scale) -> QPixmap:
        """Draw what changes only with values, size and colours."""
        ratio, tokens = self.devicePixelRatioF(), self._theme.tokens
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(2, int(scale.rect.width() // self._theme.px(_TICK_WIDTH)))
        times = time_ticks(scale.start, scale.end, most)
        chart_painter.paint_axes(painter, scale, tokens, self._ticks(), times)
        chart_painter.paint_outages(painter, scale, tokens, lens.series.outages)
        chart_painter.paint_lines(painter, scale, tokens, lens.seen)
        painter.end()
        return picture

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the crosshair, or the end of the range that is being chosen."""
        lens, scale, at = self._lens, self.scale(), event.position()
        if lens is None or scale is None:
            return
        if self._drag is not None:
            self._drag = (self._drag[0], at.x())
        elif (
            self._plot()
            .adjusted(-4, -8, 4, self._theme.px(chart_painter.LABEL_HEIGHT))
            .contains(at)
        ):
            lens.point_at(scale.time_at(at.x()))
        else:
            lens.clear_point()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to choose a range."""
        if event.button() is Qt.MouseButton.LeftButton and self._lens is not None:
            self._drag = (event.position().x(), event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Look closer at the range that was chosen."""
        drag, self._drag = self._drag, None
        scale = self.scale()
        if drag is None or self._lens is None or scale is None:
            return
        if abs(drag[1] - drag[0]) >= _LEAST_DRAG:
            start, end = sorted(scale.time_at(x) for x in drag)
            self._lens.zoom(start, end)
        self._follow()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole period again."""
        self.reset_zoom()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; in a page that scrolls only with Ctrl, else the page moves."""
        turned, scale = event.angleDelta(), self.scale()
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._lens is None or scale is None or (parts.is_scrolled(self) and not with_control):
            event.ignore()
            return
        if abs(turned.x()) > abs(turned.y()):
            self._lens.pan(-turned.x() / 1200)
        else:
            self._lens.zoom_by(CLOSER ** (turned.y() / 120), scale.time_at(event.position().x()))
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move crosshair and range; keys that mean nothing here go on to the page."""
        if self._lens is None or not self._take_key(self._lens, event):
            super().keyPressEvent(event)
            return
        self._follow()

    def _take_key(self, lens: Lens, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and abs(_STEPS[key]) == 1:
                lens.pan(_STEPS[key] / 4)
            else:
                lens.step(_STEPS[key])
                self._announce()
            return True
        match key:
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                lens.zoom_by(CLOSER**2)
            case Qt.Key.Key_Minus:
                lens.zoom_by(CLOSER**-2)
            case Qt.Key.Key_0:
                lens.show_all()
            case Qt.Key.Key_Escape if lens.index is not None:
                lens.clear_point()
            case Qt.Key.Key_Escape if not lens.is_whole:
                lens.show_all()
            case _:
                return False
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the crosshair away with the keyboard."""
        super().focusOutEvent(event)
        self._lose_point()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away with the pointer, unless the keyboard holds it."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._lose_point()

    def _lose_point(self) -> None:
        if self._lens is not None:
            self._lens.clear_point()
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew, with as many points as there is room for."""
        super().resizeEvent(event)
        if self._lens is not None:
            self._lens.allow(self._room())
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._tell()
            self._redraw()
