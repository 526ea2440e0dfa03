"""The state of an endpoint as a pill: mark and word on a soft ground.

The endpoint delegate paints them. A pill is drawn once for each state and kept as a picture.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from backend.contract.vocabulary import Status
from widgets import phrases
from widgets.style import assets, marks
from widgets.style.palette import Theme
from widgets.style.tokens import Tokens, Type

SIZE = QSize(82, 24)


class StatePills:
    """Draws pills in the theme's colours and the words of the language in use."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._font = assets.font(Type.SECONDARY, QFont.Weight.Bold)
        self._pictures: dict[tuple[Status, bool, str, float], QPixmap] = {}
        theme.changed.connect(self._pictures.clear)

    def paint(self, painter: QPainter, at: QPointF, status: Status, paused: bool) -> None:
        """Paint a pill with its top left corner at a point."""
        scale = painter.device().devicePixelRatioF() * painter.transform().m11()
        key = (status, paused, phrases.status_word(status, paused), scale)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = self._pill(status, paused, scale)
        painter.drawPixmap(at, picture)

    def _pill(self, status: Status, paused: bool, scale: float) -> QPixmap:
        picture = QPixmap(SIZE * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setFont(self._font)
        draw_pill(painter, QRectF(QPointF(), SIZE), self._theme.tokens, status, paused)
        painter.end()
        return picture


def draw_pill(
    painter: QPainter, pill: QRectF, tokens: Tokens, status: Status, paused: bool = False
) -> None:
    """Draw a state as mark and word on its soft ground, in the painter's font."""
    tone = tokens.tone(status, paused)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.soft))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    mark = QRectF(pill.left() + 7, pill.center().y() - 7, 14, 14)
    marks.draw_status(painter, mark, tokens, status, paused)
    painter.setPen(QColor(tone.text))
    painter.drawText(
        pill.adjusted(26, 0, -6, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        phrases.status_word(status, paused),
    )
    painter.restore()
