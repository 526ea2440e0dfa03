"""Hears the words that a widget paints, and where; sees which windows are shown.

Tests of painted parts draw on it, or let a widget render itself onto it.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF
from PySide6.QtGui import QPaintDevice, QPaintEngine, QTextItem
from PySide6.QtWidgets import QApplication, QWidget

_CAPITAL = 0.78
"""How much of a font's ascent its digits and capitals fill."""


class _Engine(QPaintEngine):
    """Draws nothing."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.heard: list[tuple[str, QRectF]] = []

    def begin(self, _: object) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def drawTextItem(self, at: QPointF, item: QTextItem) -> None:
        height = item.ascent() * _CAPITAL
        where = QRectF(at.x(), at.y() - height, item.width(), height)
        where = self.painter().transform().mapRect(where)
        self.heard.append((item.text(), where))

    def _ignore(self, *_: object) -> None:
        pass

    drawPixmap = drawPolygon = drawImage = drawPath = drawRects = updateState = _ignore


class Listening(QPaintDevice):
    """As large as a widget; keeps the words that are painted on it."""

    def __init__(self, of: QWidget) -> None:
        super().__init__()
        self._of, self._engine = of, _Engine()

    @property
    def words(self) -> list[tuple[str, QRectF]]:
        """Each piece of text with where its capitals stand, as it was painted."""
        return self._engine.heard

    def paintEngine(self) -> QPaintEngine:
        return self._engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        """Return a measure of the device."""
        match metric:
            case QPaintDevice.PaintDeviceMetric.PdmWidth:
                return self._of.width()
            case QPaintDevice.PaintDeviceMetric.PdmHeight:
                return self._of.height()
            case QPaintDevice.PaintDeviceMetric.PdmDevicePixelRatioScaled:
                return int(QPaintDevice.devicePixelRatioFScale())
            case QPaintDevice.PaintDeviceMetric.PdmDevicePixelRatio:
                return 1
            case _:
                return 96


class ShownWindows(QObject):
    """The titles of the windows that were shown, one after the other; a part has none."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.titles: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and watched.isWindow():
            self.titles.append(watched.windowTitle())
        return False
