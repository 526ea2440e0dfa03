"""Draws the marks that say a state by shape: circle, rounded square, triangle, ring, bars.

Delegates, cards, toasts, tray icon and the connection light call it, so that one state looks
the same everywhere. It knows tokens, no widget.
"""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from backend.contract.vocabulary import Status
from widgets.style.tokens import Tokens, Tone


class Shape(Enum):
    """One shape per state, readable without colour."""

    CHECK = auto()
    CROSS = auto()
    WARNING = auto()
    RING = auto()
    BARS = auto()
    DOTS = auto()


def shape_of(status: Status, paused: bool = False) -> Shape:
    """Return the shape of a state."""
    if paused:
        return Shape.BARS
    match status:
        case Status.UP:
            return Shape.CHECK
        case Status.DOWN:
            return Shape.CROSS
        case Status.DEGRADED:
            return Shape.WARNING
        case Status.UNKNOWN:
            return Shape.RING


def draw_status(
    painter: QPainter, rect: QRectF, tokens: Tokens, status: Status, paused: bool = False
) -> None:
    """Draw the mark of a state into a square."""
    draw(painter, rect, shape_of(status, paused), tokens.tone(status, paused))


def draw(painter: QPainter, rect: QRectF, shape: Shape, tone: Tone) -> None:
    """Draw a shape in a tone into a square; the outline stays inside the square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Everything below is drawn in a square of 16 units.
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 16, rect.height() / 16)
    if shape is Shape.RING:
        _ring(painter, tone)
    else:
        painter.setPen(QPen(QColor(tone.outline), 1, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(QColor(tone.fill))
        painter.drawPath(_body(shape))
        _glyph(painter, shape, tone)
    painter.restore()


def pixmap(shape: Shape, tone: Tone, size: int, scale: float = 1.0) -> QPixmap:
    """Return a mark as a picture of ``size`` device-independent pixels."""
    edge = round(size * scale)
    drawn = QPixmap(edge, edge)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    draw(painter, QRectF(0, 0, edge, edge), shape, tone)
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


def _body(shape: Shape) -> QPainterPath:
    body = QPainterPath()
    match shape:
        case Shape.CROSS:
            body.addRoundedRect(QRectF(0.5, 0.5, 15, 15), 3, 3)
        case Shape.WARNING:
            body.moveTo(8, 1.2)
            body.lineTo(15.3, 14.4)
            body.lineTo(0.7, 14.4)
            body.closeSubpath()
        case _:
            body.addEllipse(QRectF(0.5, 0.5, 15, 15))
    return body


def _glyph(painter: QPainter, shape: Shape, tone: Tone) -> None:
    ink = QColor(tone.glyph)
    painter.setPen(
        QPen(ink, 1.9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match shape:
        case Shape.CHECK:
            painter.drawPolyline(
                QPolygonF([QPointF(4.8, 8.3), QPointF(7, 10.5), QPointF(11.2, 5.9)])
            )
        case Shape.CROSS:
            painter.drawLine(QPointF(5.2, 5.2), QPointF(10.8, 10.8))
            painter.drawLine(QPointF(10.8, 5.2), QPointF(5.2, 10.8))
        case Shape.WARNING:
            painter.drawLine(QPointF(8, 6.2), QPointF(8, 9.6))
            painter.drawPoint(QPointF(8, 12.3))
        case Shape.BARS:
            painter.drawLine(QPointF(6.1, 5.5), QPointF(6.1, 10.5))
            painter.drawLine(QPointF(9.9, 5.5), QPointF(9.9, 10.5))
        case Shape.DOTS:
            for x in (4.6, 8.0, 11.4):
                painter.drawPoint(QPointF(x, 8))
        case Shape.RING:
            pass


def _ring(painter: QPainter, tone: Tone) -> None:
    pen = QPen(QColor(tone.outline), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
    # Eight dashes close the circle of radius 6.5 exactly: its length is 20.42 pen widths.
    pen.setDashPattern([1.55, 20.42 / 8 - 1.55])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(8, 8), 6.5, 6.5)
