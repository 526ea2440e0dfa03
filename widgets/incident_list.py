"""Incidents in a list: cause, beginning, length, and whether somebody knows of it.

The incidents page shows it over an incident model and follows the row that is chosen. By
keyboard: A acknowledges, S snoozes, N notes something, Enter opens the endpoint.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
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
from widgets.incident_filters import IncidentFilter, IncidentProxy
from widgets.incident_timeline import draw_incident_mark
from widgets.incident_values import Acknowledgement
from widgets.roles import IncidentRole
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Type

_ROW = 52
_EDGE = 16
_GAP = 12

Index = QModelIndex | QPersistentModelIndex


class IncidentList(QListView):
    """Incidents, newest first.

    Signals:
        opened: Show this endpoint (its id).
        chosen: Another incident is the current one (its id), "" for none.
        acknowledge_requested, snooze_requested, note_requested: A key asks for it.
    """

    opened = Signal(str)
    chosen = Signal(str)
    acknowledge_requested = Signal()
    snooze_requested = Signal()
    note_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen = ""
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
        self._proxy.rowsRemoved.connect(self._tell)
        self._proxy.rowsInserted.connect(self._recall)
        self._proxy.modelReset.connect(self._recall)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        theme.changed.connect(self.viewport().update)

    @property
    def shown(self) -> QAbstractItemModel:
        """The rows the filter leaves."""
        return self._proxy

    @property
    def current_id(self) -> str:
        """The id of the current incident, "" for none."""
        index = self.currentIndex()
        return str(index.data(IncidentRole.INCIDENT_ID)) if index.isValid() else ""

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the incidents of a model."""
        self._proxy.setSourceModel(model)

    def narrow(self, choice: IncidentFilter, endpoint_id: str = "", words: str = "") -> None:
        """Show the incidents of a state, of an endpoint ("" for any), with every word."""
        self._proxy.narrow(choice, endpoint_id, words)

    def choose(self, incident_id: str) -> None:
        """Choose the row of an incident, if there is one, and bring it into sight."""
        for row in range(self._proxy.rowCount()):
            index = self._proxy.index(row, 0)
            if index.data(IncidentRole.INCIDENT_ID) == incident_id:
                self.setCurrentIndex(index)

    def choose_first(self) -> None:
        """Choose the first row, unless one is chosen."""
        if not self.currentIndex().isValid() and self._proxy.rowCount():
            self.setCurrentIndex(self._proxy.index(0, 0))
        self._tell()

    def _recall(self) -> None:
        """Choose what was chosen before the rows were made anew; without it, the first."""
        if self.currentIndex().isValid() or not self.isVisible():
            return
        self.choose(self._chosen)
        self.choose_first()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which incident is the current one."""
        super().currentChanged(current, previous)
        self._tell()

    def _tell(self) -> None:
        found = self.current_id
        if found != self._chosen:
            self._chosen = found
            self.chosen.emit(found)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(IncidentRole.ENDPOINT_ID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn keys into intents on the current incident; all other keys move."""
        intents: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_A: self.acknowledge_requested.emit,
            Qt.Key.Key_S: self.snooze_requested.emit,
            Qt.Key.Key_N: self.note_requested.emit,
            Qt.Key.Key_Return: lambda: self._open(self.currentIndex()),
            Qt.Key.Key_Enter: lambda: self._open(self.currentIndex()),
        }
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act = intents.get(Qt.Key(event.key()))
        if act is None or plain != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        elif self.currentIndex().isValid():
            act()


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
        said = "" if resolved_at else incident_phrases.acknowledgement_word(_said(index), now)
        when = phrases.moment(started_at, now)
        strong = QColor(tokens.selection_text if selected else tokens.text)
        muted = QColor(tokens.selection_muted if selected else tokens.muted)
        top, below = rect.adjusted(44, 8, -_EDGE, 0), rect.adjusted(44, 27, -_EDGE, 0)
        top.setHeight(19)
        below.setHeight(16)
        self._paint_pair(painter, top, (self._title, title), (self._number, length), strong)
        if said:
            below.setRight(below.right() - self._paint_pill(painter, below, said, muted))
            when = ""
        self._paint_pair(painter, below, (self._small, cause), (self._small, when), muted)

    def _paint_pair(
        self,
        painter: QPainter,
        where: QRect,
        left: tuple[QFont, str],
        right: tuple[QFont, str],
        colour: QColor,
    ) -> None:
        """Paint words at both ends of a line; those at the left give way."""
        painter.setPen(colour)
        taken = QFontMetrics(right[0]).horizontalAdvance(right[1])
        painter.setFont(right[0])
        side = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(where, side | Qt.AlignmentFlag.AlignRight, right[1])
        room = where.width() - (taken + _GAP if right[1] else 0)
        painter.setFont(left[0])
        painter.drawText(
            where,
            side | Qt.AlignmentFlag.AlignLeft,
            QFontMetrics(left[0]).elidedText(left[1], Qt.TextElideMode.ElideRight, room),
        )

    def _paint_pill(self, painter: QPainter, where: QRect, words: str, colour: QColor) -> int:
        """Paint words in an outline at the right end of a line; return the room they took."""
        width = QFontMetrics(self._small).horizontalAdvance(words) + 16
        pill = QRectF(where.right() - width + 1, where.top() + 0.5, width - 1, 17)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(self._small)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        return width + _GAP


def _said(index: Index) -> Acknowledgement:
    return Acknowledgement(
        index.data(IncidentRole.ACKNOWLEDGED_AT),
        index.data(IncidentRole.SNOOZED_UNTIL),
        bool(index.data(IncidentRole.SNOOZED_TO_RECOVERY)),
        index.data(IncidentRole.NOTE) or "",
    )
