"""Paints a response-time chart: axes, outages, band, lines, crosshair, chosen range.

The response chart calls it. It knows scale, series and tokens; it keeps nothing and hears nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from widgets import chart_phrases
from widgets.chart_scale import Scale
from widgets.series import Outage, Point, Series, runs
from widgets.style import assets
from widgets.style.tokens import Radius, Tokens, Type

LABEL_WIDTH = 60
LABEL_HEIGHT = 22
_LINE = 1.6
_DASHES = (4.0, 3.0)
_BAND_ALPHA = 0.17
_OUTAGE_ALPHA = 0.16
_BOX_PADDING = 10
_BOX_LINE = 17


def translucent(colour: str, alpha: float) -> QColor:
    """Return a token's colour, seen through."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


def p95_pen(tokens: Tokens) -> QPen:
    """Return the pen of the 95th percentile; the legend draws with it too."""
    pen = QPen(translucent(tokens.accent, 0.75), 1)
    pen.setDashPattern(list(_DASHES))
    return pen


def p50_pen(tokens: Tokens) -> QPen:
    """Return the pen of the median."""
    return QPen(QColor(tokens.accent), _LINE, j=Qt.PenJoinStyle.RoundJoin)


def paint_axes(
    painter: QPainter,
    scale: Scale,
    tokens: Tokens,
    values: Sequence[float],
    times: Sequence[datetime],
) -> None:
    """Draw the grid and what it stands for."""
    painter.setFont(assets.numbers(round(Type.SECONDARY * scale.text)))
    high, gap = 18 * scale.text, 10 * scale.text
    metrics = QFontMetricsF(painter.font())
    rect = scale.rect
    by_day = scale.end - scale.start > timedelta(hours=36)
    for value in values:
        y = round(scale.y(value)) + 0.5
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        painter.setPen(QColor(tokens.muted))
        where = QRectF(0, y - high / 2, rect.left() - gap, high)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(where, right, chart_phrases.axis_value(value))
    painter.setPen(QColor(tokens.muted))
    for at in times:
        words = chart_phrases.axis_time(at, by_day)
        width = metrics.horizontalAdvance(words)
        # A label at the very edge moves inwards rather than being cut.
        left = min(max(scale.x(at) - width / 2, 0), rect.right() + 12 - width)
        painter.drawText(QPointF(left, rect.bottom() + 17 * scale.text), words)


def paint_outages(
    painter: QPainter, scale: Scale, tokens: Tokens, outages: Sequence[Outage]
) -> None:
    """Shade when something was down; a bar at the foot says so without colour."""
    merged = spans_of(scale, outages)
    for left, right in merged:
        span = QRectF(left, scale.rect.top(), right - left, scale.rect.height())
        painter.fillRect(span, translucent(tokens.down.fill, _OUTAGE_ALPHA))
        foot = QRectF(left, scale.rect.bottom() - 2, right - left, 3)
        painter.fillRect(foot, QColor(tokens.down.outline))


def spans_of(scale: Scale, outages: Sequence[Outage]) -> list[tuple[float, float]]:
    """Return the x-spans of outages within the plot, overlapping ones as one, none under 2 px."""
    found: list[tuple[float, float]] = []
    seen = (each for each in outages if each.end > scale.start and each.start < scale.end)
    for outage in sorted(seen, key=lambda each: each.start):
        left = max(scale.x(outage.start), scale.rect.left())
        right = min(max(scale.x(outage.end), left + 2), scale.rect.right())
        if found and left <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def paint_lines(painter: QPainter, scale: Scale, tokens: Tokens, series: Series) -> None:
    """Draw band, 95th percentile and median; a gap is a gap."""
    half = timedelta(seconds=series.step_s / 2)
    painter.save()
    painter.setClipRect(scale.rect.adjusted(0, -2, 0, 2))
    for run in runs(series):
        low = [QPointF(scale.x(p.at + half), scale.y(p.p50_ms or 0.0)) for p in run]
        high = [QPointF(scale.x(p.at + half), scale.y(p.p95_ms or 0.0)) for p in run]
        painter.setPen(Qt.PenStyle.NoPen)
        if len(run) == 1:
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(low[0], 2, 2)
            continue
        painter.setBrush(translucent(tokens.accent, _BAND_ALPHA))
        painter.drawPolygon(QPolygonF([*low, *reversed(high)]))
        painter.setPen(p95_pen(tokens))
        painter.drawPolyline(QPolygonF(high))
        painter.setPen(p50_pen(tokens))
        painter.drawPolyline(QPolygonF(low))
    painter.restore()


def paint_range(
    painter: QPainter, scale: Scale, tokens: Tokens, start: datetime, end: datetime
) -> None:
    """Shade the range that the pointer is choosing."""
    left, right = sorted((scale.x(start), scale.x(end)))
    span = QRectF(left, scale.rect.top(), right - left, scale.rect.height())
    painter.fillRect(span, translucent(tokens.accent, 0.14))
    painter.setPen(QPen(QColor(tokens.accent), 1))
    for x in (left, right):
        painter.drawLine(QPointF(x, span.top()), QPointF(x, span.bottom()))


def paint_crosshair(
    painter: QPainter, scale: Scale, tokens: Tokens, series: Series, point: Point
) -> None:
    """Draw a line through a point, and its exact values beside it."""
    x = scale.x(point.at + timedelta(seconds=series.step_s / 2))
    painter.setPen(QPen(QColor(tokens.muted), 1))
    painter.drawLine(QPointF(x, scale.rect.top()), QPointF(x, scale.rect.bottom()))
    painter.setPen(QPen(QColor(tokens.surface), 2))
    painter.setBrush(QColor(tokens.accent))
    for value in (point.p50_ms, point.p95_ms):
        if value is not None:
            painter.drawEllipse(QPointF(x, scale.y(value)), 4.5, 4.5)
    _paint_box(painter, scale, tokens, x, chart_phrases.readout(series, point))


def paint_focus(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """Draw the ring of what has the keyboard just within its edges."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), Radius.ROW, Radius.ROW)
    painter.restore()


def _paint_box(
    painter: QPainter, scale: Scale, tokens: Tokens, x: float, lines: Sequence[str]
) -> None:
    # A low chart has no room for every outage; the first lines matter most.
    line_height = _BOX_LINE * scale.text
    room = scale.rect.height() + LABEL_HEIGHT * scale.text - 2 * _BOX_PADDING
    lines = lines[: max(1, int(room // line_height))]
    font = assets.numbers(round((Type.TEXT - 1) * scale.text))
    metrics = QFontMetricsF(font)
    width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * _BOX_PADDING
    height = len(lines) * line_height + 2 * _BOX_PADDING - 4
    left = x + 12 if x + 12 + width <= scale.rect.right() else x - 12 - width
    box = QRectF(max(left, 0), scale.rect.top() + 2, width, height)
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.setBrush(QColor(tokens.raised))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Radius.ROW, Radius.ROW)
    painter.setFont(font)
    for number, line in enumerate(lines):
        painter.setPen(QColor(tokens.text if number else tokens.muted))
        top = box.top() + _BOX_PADDING - 2 + number * line_height
        where = QRectF(box.left() + _BOX_PADDING, top, width, line_height)
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, line)
