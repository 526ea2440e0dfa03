"""Paints the strip of an endpoint's last checks: one cell per check, newest at the right.

The row delegate calls it. A cell's height differs by its state, so the strip reads without
colour. Cells of one state are cut from a picture drawn once per theme: a full table shows
hundreds of them, most beside others of their state.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
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
        self._pictures: dict[tuple[Status | None, int, float], QPixmap] = {}
        theme.changed.connect(self._pictures.clear)

    def paint(self, painter: QPainter, rect: QRect, checks: Sequence[Status]) -> None:
        """Draw what the newest checks that fit speak for, filled up at the left with idle cells."""
        cell, count = _fit(rect.width())
        # Text of another size comes as a scale of the painter's: what is cut must be as sharp.
        scale = painter.device().devicePixelRatioF() * painter.transform().m11()
        shown: list[Status | None] = list(checks[-count:] if count else ())
        shown[:0] = [None] * (count - len(shown))
        left, middle = rect.left(), rect.center().y()
        for status, together in groupby(shown):
            width = len(list(together)) * (cell + GAP)
            height = _height(status)
            where = QRectF(left, middle - height // 2, width, height)
            cut = QRectF(0, 0, width * scale, height * scale)
            painter.drawPixmap(where, self._picture(status, cell, scale), cut)
            left += width

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
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._pictures[key] = self._cells(status, cell, scale)
        return picture

    def _cells(self, status: Status | None, width: int, scale: float) -> QPixmap:
        """Return a strip full of cells of one state."""
        tokens = self._theme.tokens
        faint = tokens.unmeasured
        tone = Tone(faint, faint, faint, faint, faint) if status is None else tokens.tone(status)
        size = QSizeF(RECENT_CHECKS * (width + GAP), _height(status))
        picture = QPixmap((size * scale).toSize())
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(tone.fill))
        painter.setPen(QPen(QColor(tone.outline), 1))
        for place in range(RECENT_CHECKS):
            left = place * (width + GAP)
            cell = QRectF(left + 0.5, 0.5, width - 1, size.height() - 1)
            painter.drawRoundedRect(cell, 1.5, 1.5)
        painter.end()
        return picture


def _height(status: Status | None) -> int:
    return _IDLE_HEIGHT if status is None else _HEIGHTS[status]


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
