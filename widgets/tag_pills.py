"""The tags of an endpoint as small pills behind its name, as many as there is room for.

The endpoint delegate paints them; those left out are counted.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from widgets.style.tokens import Tokens

_PAD, _GAP, _HEIGHT = 6, 4, 16
_MOST_WIDTH = 120


def fitting(tags: Sequence[str], metrics: QFontMetrics, room: int) -> list[tuple[str, int]]:
    """Return the words of the pills and their widths; the last may be "+2" for what is left out."""
    found: list[tuple[str, int]] = []
    for number, tag in enumerate(tags):
        words = metrics.elidedText(tag, Qt.TextElideMode.ElideRight, _MOST_WIDTH)
        width = metrics.horizontalAdvance(words) + 2 * _PAD
        rest = len(tags) - number - 1
        kept = _width(f"+{rest}", metrics) + _GAP if rest else 0
        if width + kept > room:
            more = f"+{rest + 1}"
            if _width(more, metrics) <= room:
                found.append((more, _width(more, metrics)))
            break
        found.append((words, width))
        room -= width + _GAP
    return found


def paint(
    painter: QPainter, where: QRect, tags: Sequence[str], tokens: Tokens, *, selected: bool
) -> None:
    """Paint pills from the left end of a line, in the painter's font."""
    left = float(where.left())
    painter.save()
    ground = QColor(tokens.surface if selected else tokens.unknown.soft)
    for words, width in fitting(tags, painter.fontMetrics(), where.width()):
        pill = QRectF(left, where.center().y() - _HEIGHT / 2 + 1, width, _HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, 4, 4)
        painter.setPen(QColor(tokens.unknown.text))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        left += width + _GAP
    painter.restore()


def _width(words: str, metrics: QFontMetrics) -> int:
    return metrics.horizontalAdvance(words) + 2 * _PAD
