"""All incidents in a list with their cause, beginning and length, filtered to open or closed.

The incidents page shows it over an incident model; Enter or a double click opens the endpoint.
"""

from datetime import UTC, datetime
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from widgets import incident_phrases, phrases
from widgets.incident_timeline import draw_incident_mark
from widgets.roles import IncidentRole
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Type

_ROW = 52
_EDGE = 16

Index = QModelIndex | QPersistentModelIndex


class IncidentFilter(StrEnum):
    """Which incidents the list shows."""

    ALL = "all"
    ACTIVE = "active"
    RESOLVED = "resolved"


class IncidentProxy(QSortFilterProxyModel):
    """The incidents a filter leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = IncidentFilter.ALL

    def set_filter(self, choice: IncidentFilter) -> None:
        """Leave other incidents."""
        self._choice = choice
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Return whether the filter leaves an incident."""
        if self._choice is IncidentFilter.ALL:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        is_open = index.data(IncidentRole.RESOLVED_AT) is None
        return is_open == (self._choice is IncidentFilter.ACTIVE)


class IncidentList(QListView):
    """Incidents, newest first.

    Signals:
        opened: Show this endpoint (its id).
    """

    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proxy = IncidentProxy(self)
        self.setModel(self._proxy)
        self.setItemDelegate(_IncidentDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        theme.changed.connect(self.viewport().update)

    @property
    def shown(self) -> QAbstractItemModel:
        """The rows the filter leaves."""
        return self._proxy

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the incidents of a model."""
        self._proxy.setSourceModel(model)

    def set_filter(self, choice: IncidentFilter) -> None:
        """Show open, closed or all incidents."""
        self._proxy.set_filter(choice)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(IncidentRole.ENDPOINT_ID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; all other keys move."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _IncidentDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._title = assets.font(Type.TEXT, QFont.Weight.DemiBold)
        self._small = assets.numbers(Type.SECONDARY)
        self._number = assets.numbers(Type.TEXT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        rect = self._theme.enlarge(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            focused = selected and self._view.hasFocus()
            painter.setPen(QPen(QColor(tokens.focus), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection if selected else tokens.hover))
            painter.drawRoundedRect(QRectF(rect).adjusted(7, 1, -7, -2), Radius.ROW, Radius.ROW)
        else:
            line = QRectF(_EDGE, rect.bottom(), rect.width() - 2 * _EDGE, 1)
            painter.fillRect(line, QColor(tokens.line))
        mark = QRectF(rect.left() + _EDGE, rect.center().y() - 8, 16, 16)
        draw_incident_mark(painter, mark, tokens, index)
        self._paint_words(painter, rect, index, selected)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        tokens, now = self._theme.tokens, datetime.now(UTC)
        started_at: datetime = index.data(IncidentRole.STARTED_AT)
        resolved_at: datetime | None = index.data(IncidentRole.RESOLVED_AT)
        title = incident_phrases.incident_title(
            index.data(IncidentRole.ENDPOINT_NAME), resolved_at, index.data(IncidentRole.RESOLUTION)
        )
        cause = incident_phrases.incident_cause(
            index.data(IncidentRole.MESSAGE), index.data(IncidentRole.FAILURE_COUNT)
        )
        length = incident_phrases.incident_length(started_at, resolved_at, now)
        right_width = 170
        left, width = rect.left() + 44, rect.width() - 44 - _EDGE - right_width
        right = rect.right() - _EDGE - right_width + 1
        strong = QColor(tokens.selection_text if selected else tokens.text)
        muted = QColor(tokens.selection_muted if selected else tokens.muted)
        to_right = Qt.AlignmentFlag.AlignRight
        to_left = Qt.AlignmentFlag.AlignLeft
        for font, colour, words, where, side in (
            (self._title, strong, title, QRect(left, rect.top() + 8, width, 19), to_left),
            (self._small, muted, cause, QRect(left, rect.top() + 27, width, 16), to_left),
            (self._number, strong, length, QRect(right, rect.top() + 8, right_width, 19), to_right),
            (
                self._small,
                muted,
                phrases.moment(started_at, now),
                QRect(right, rect.top() + 27, right_width, 16),
                to_right,
            ),
        ):
            painter.setFont(font)
            painter.setPen(colour)
            fitting = QFontMetrics(font).elidedText(
                words, Qt.TextElideMode.ElideRight, where.width()
            )
            painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, fitting)
