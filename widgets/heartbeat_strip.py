"""Paints the strip of an endpoint's last checks: one cell per check, newest at the right.

The row delegate calls it. A cell's height differs by its state, so the strip reads without
colour; cells are pictures drawn once per theme, because a full table shows hundreds of them.
"""

from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from backend.contract.vocabulary import RECENT_CHECKS, Status
from widgets import phrases
from widgets.roles import Heartbeat
from widgets.style.palette import Theme
from widgets.style.tokens import Tone

GAP = 2
WIDE_CELL = 5
NARROW_CELL = 3
WIDE = RECENT_CHECKS * (WIDE_CELL + GAP) - GAP
NARROW = RECENT_CHECKS * (NARROW_CELL + GAP) - GAP

_HEIGHTS = {Status.UP: 18, Status.DEGRADED: 24, Status.DOWN: 30, Status.UNKNOWN: 10}
_IDLE_HEIGHT = 8


class HeartbeatStrip:
    """Draws strips in the theme's colours and says which check lies under a point."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._cells: dict[tuple[Status | None, int, float], QPixmap] = {}
        theme.changed.connect(self._cells.clear)

    def paint(self, painter: QPainter, rect: QRect, beats: tuple[Heartbeat, ...]) -> None:
        """Draw the newest beats that fit, filled up at the left with idle cells."""
        cell, count = _fit(rect.width())
        scale = painter.device().devicePixelRatioF()
        shown = beats[-count:] if count else ()
        x = rect.left()
        middle = rect.center().y()
        idle: list[Status | None] = [None] * (count - len(shown))
        for status in (*idle, *(beat.status for beat in shown)):
            picture = self._picture(status, cell, scale)
            height = _IDLE_HEIGHT if status is None else _HEIGHTS[status]
            painter.drawPixmap(QPointF(x, middle - height // 2), picture)
            x += cell + GAP

    def beat_at(self, rect: QRect, x: int, beats: tuple[Heartbeat, ...]) -> Heartbeat | None:
        """Return the check under a point's x, None over an idle cell or beside the strip."""
        cell, count = _fit(rect.width())
        slot = (x - rect.left()) // (cell + GAP)
        if not 0 <= slot < count:
            return None
        shown = beats[-count:]
        place = slot - (count - len(shown))
        return shown[place] if place >= 0 else None

    def _picture(self, status: Status | None, cell: int, scale: float) -> QPixmap:
        key = (status, cell, scale)
        picture = self._cells.get(key)
        if picture is None:
            picture = self._cells[key] = self._cell(status, cell, scale)
        return picture

    def _cell(self, status: Status | None, width: int, scale: float) -> QPixmap:
        tokens = self._theme.tokens
        idle = Tone(tokens.idle, tokens.idle, tokens.idle, tokens.idle, tokens.idle)
        tone = idle if status is None else tokens.tone(status)
        height = _IDLE_HEIGHT if status is None else _HEIGHTS[status]
        picture = QPixmap(round(width * scale), round(height * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tone.fill))
        painter.setPen(QPen(QColor(tone.outline), 1))
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), 1.5, 1.5)
        painter.end()
        return picture


def tooltip(beat: Heartbeat, now: datetime) -> str:
    """Return a check's time, latency and reason, one a line."""
    lines = [phrases.moment_seconds(beat.at, now), phrases.check_word(beat.status)]
    if beat.latency_ms is not None:
        lines[1] += f" - {phrases.latency(beat.latency_ms)}"
    if beat.message:
        lines.append(phrases.failure_words(beat.message))
    return "\n".join(lines)


def _fit(width: int) -> tuple[int, int]:
    """Return the cell width and how many cells fit."""
    cell = WIDE_CELL if width >= WIDE else NARROW_CELL
    return cell, max(0, min(RECENT_CHECKS, (width + GAP) // (cell + GAP)))
