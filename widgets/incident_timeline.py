"""The dashboard's incidents: a vertical line with marks, newest first, ten entries.

The dashboard and the detail page show it over an incident model; a click opens an entry.
"""

from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from backend.contract.vocabulary import Resolution, Status
from widgets import incident_phrases, phrases
from widgets.roles import IncidentRole
from widgets.style import assets, marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Tokens, Type

ENTRIES = 10
_ROW = 48
_REFRESH_MS = 1000

Index = QModelIndex | QPersistentModelIndex


class IncidentTimeline(QListView):
    """A short list of incidents.

    Signals:
        opened: Show this endpoint (its id).
        chosen: Show this incident (its id); told together with ``opened``.
    """

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TimelineDelegate(theme, self))
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)
        # "4 min" grows while nobody touches the model.
        self._tick = QTimer(self)
        self._tick.setInterval(_REFRESH_MS)
        self._tick.timeout.connect(self.viewport().update)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        theme.changed.connect(self.viewport().update)

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the newest incidents of a model."""
        self.setModel(model)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._limit)
        self._limit()

    def _limit(self) -> None:
        for row in range(self.model().rowCount()):
            self.setRowHidden(row, row >= ENTRIES)

    def _open(self, index: QModelIndex) -> None:
        if index.data(IncidentRole.SENTENCE) is None:
            self.opened.emit(index.data(IncidentRole.ENDPOINT_ID))
            self.chosen.emit(index.data(IncidentRole.INCIDENT_ID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; all other keys move."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the durations grow."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._tick.stop()


class TimelineDelegate(QStyledItemDelegate):
    """The look of an entry: mark on the line, bold sentence, muted detail."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._title = assets.font(Type.TEXT, QFont.Weight.DemiBold)
        self._detail = assets.numbers(Type.SECONDARY)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of an entry."""
        return QSize(100, self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        tokens = self._theme.tokens
        painter.save()
        rect = self._theme.enlarge(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = self._view.hasFocus() and self._view.currentIndex() == index
        if hovered or focused:
            painter.setBrush(QColor(tokens.hover) if hovered else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.focus), 2) if focused else Qt.PenStyle.NoPen)
            ground = QRectF(rect).adjusted(7, 2, -7, -2)
            painter.drawRoundedRect(ground, Radius.ROW, Radius.ROW)
        self._paint_mark(painter, rect, index)
        self._paint_words(painter, rect, index)
        painter.restore()

    def _paint_mark(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = self._theme.tokens
        last = min(self._view.model().rowCount(), ENTRIES) - 1
        top = rect.top() + 8
        painter.setPen(QPen(QColor(tokens.line), 2))
        if index.row() > 0:
            painter.drawLine(24, rect.top(), 24, top - 2)
        if index.row() < last:
            painter.drawLine(24, top + 18, 24, rect.bottom() + 1)
        where = QRectF(16, top, 16, 16)
        draw_incident_mark(painter, where, tokens, index)

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens = self._theme.tokens
        title, detail = _words_of(index, datetime.now(UTC))
        left, width = rect.left() + 42, rect.width() - 54
        for font, colour, words, top in (
            (self._title, tokens.text, title, 6),
            (self._detail, tokens.muted, detail, 25),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            fitting = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
            where = QRect(left, rect.top() + top, width, 19)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, fitting)


def _words_of(index: Index, now: datetime) -> tuple[str, str]:
    """Return the bold sentence and the muted detail of an entry."""
    resolved_at = index.data(IncidentRole.RESOLVED_AT)
    sentence = index.data(IncidentRole.SENTENCE)
    if sentence is not None:
        return sentence, phrases.moment(resolved_at, now)
    title = incident_phrases.incident_title(
        index.data(IncidentRole.ENDPOINT_NAME), resolved_at, index.data(IncidentRole.RESOLUTION)
    )
    detail = incident_phrases.incident_detail(
        index.data(IncidentRole.STARTED_AT), resolved_at, index.data(IncidentRole.MESSAGE), now
    )
    return title, detail


def draw_incident_mark(painter: QPainter, where: QRectF, tokens: Tokens, index: Index) -> None:
    """Draw how an incident stands: open, recovered, or closed by hand."""
    if index.data(IncidentRole.SENTENCE) is not None:
        marks.draw(painter, where, Shape.DOTS, tokens.unknown)
    elif index.data(IncidentRole.RESOLVED_AT) is None:
        marks.draw_status(painter, where, tokens, Status.DOWN)
    elif index.data(IncidentRole.RESOLUTION) in {None, Resolution.RECOVERED}:
        marks.draw_status(painter, where, tokens, Status.UP)
    else:
        marks.draw(painter, where, Shape.DOTS, tokens.unknown)
