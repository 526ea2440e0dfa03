"""The response chart as a picture for paper: the window's own painter, always in light colours.

The report calls it, in a thread: an image, no pixmap, and no widget.
"""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from widgets import chart_painter
from widgets.chart_scale import Scale, time_ticks, value_ticks
from widgets.series import Series
from widgets.style.tokens import LIGHT

SIZE = QSize(620, 170)
_SHARPNESS = 3
_TICKS = 8


def picture(series: Series) -> QImage:
    """Return a chart of SIZE, drawn sharply enough for paper."""
    image = QImage(SIZE * _SHARPNESS, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    left, bottom = chart_painter.LABEL_WIDTH, chart_painter.LABEL_HEIGHT
    plot = QRectF(left, 8, SIZE.width() - left - 14, SIZE.height() - bottom - 8)
    highest = max((p.p95_ms for p in series.points if p.p95_ms is not None), default=0.0)
    values = value_ticks(highest, 4)
    scale = Scale(plot, series.start, series.end, values[-1])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SHARPNESS, _SHARPNESS)
    times = time_ticks(series.start, series.end, _TICKS)
    chart_painter.paint_axes(painter, scale, LIGHT, values, times)
    chart_painter.paint_outages(painter, scale, LIGHT, series.outages)
    chart_painter.paint_lines(painter, scale, LIGHT, series)
    painter.end()
    return image
