"""Draws the box in front of a row that can be chosen; the lists' delegates call it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.style.tokens import Tokens

SIZE = 16
_TICK = (QPointF(3.6, 8.2), QPointF(6.8, 11.2), QPointF(12.2, 5))


def paint(painter: QPainter, box: QRectF, tokens: Tokens, checked: bool) -> None:
    """Draw a box of SIZE, with a tick where it is checked."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.accent if checked else tokens.field_border), 1))
    painter.setBrush(QColor(tokens.accent if checked else tokens.field))
    painter.drawRoundedRect(box, 4, 4)
    if checked:
        painter.setPen(QPen(QColor(tokens.on_accent), 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([point + box.topLeft() for point in _TICK]))
    painter.restore()
