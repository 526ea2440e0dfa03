"""The comparison of endpoints: rank, name, stability, uptime, mean response, incidents, days.

The statistics page shows it over a model that answers ComparisonRole and sorts itself.
"""

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from widgets import chart_phrases, headings, phrases
from widgets.column_heads import Columns
from widgets.parts import plain_tip
from widgets.roles import ComparisonColumn, ComparisonRole
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Type
from widgets.table import ROW, Index, Table
from widgets.uptime_bars import CELL_DAYS, CELL_HEIGHT, CELL_WIDTH, UptimeBars

_EDGE = 16
_TRACK = 64
_WIDTHS = {
    ComparisonColumn.RANK: 76,
    ComparisonColumn.SCORE: 156,
    ComparisonColumn.UPTIME: 110,
    ComparisonColumn.LATENCY: 128,
    ComparisonColumn.INCIDENTS: 100,
}
_GIVEN_UP = ComparisonColumn.INCIDENTS, ComparisonColumn.LATENCY, ComparisonColumn.RANK
"""Columns that a narrow table goes without, the first first."""
_DAYS = CELL_WIDTH + 2 * _EDGE
_LEAST_NAME = 150
_NUMBERS = frozenset(
    {ComparisonColumn.UPTIME, ComparisonColumn.LATENCY, ComparisonColumn.INCIDENTS}
)


class ComparisonView(Table):
    """Endpoints beside each other.

    Signals:
        opened: Show this endpoint's page (its id).
        chosen: Another row was selected (its endpoint's id).
    """

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _COLUMNS, parent)
        self.setItemDelegate(_ComparisonDelegate(theme, self))
        self.heads.setSortIndicator(ComparisonColumn.RANK, Qt.SortOrder.AscendingOrder)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the endpoints of a model."""
        super().set_model(model)
        self.setSortingEnabled(True)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ComparisonRole.ENDPOINT_ID))

    def usual_widths(self, room: int) -> dict[int, int]:
        """Return the usual widths; the name gets what the others leave.

        A narrow table goes without the days, then without incidents, response time and rank.
        """
        px = self._theme.px
        widths: dict[int, int] = {column: px(width) for column, width in _WIDTHS.items()}
        for column in _GIVEN_UP:
            if room - sum(widths.values()) < px(_LEAST_NAME):
                del widths[column]
        if room - sum(widths.values()) - px(_DAYS) >= px(_LEAST_NAME):
            widths[ComparisonColumn.DAYS] = px(_DAYS)
        return widths | {ComparisonColumn.NAME: max(80, room - sum(widths.values()))}

    def table_name(self) -> str:
        """Return what a screen reader calls the table."""
        return self.tr("Comparison of endpoints")

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell which endpoint is selected now."""
        super().selectionChanged(selected, deselected)
        rows = self.selectionModel().selectedRows()
        if rows:
            self.chosen.emit(rows[0].data(ComparisonRole.ENDPOINT_ID))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; all other keys move."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _ComparisonDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._bars = UptimeBars(theme)
        self._name = assets.font(Type.TEXT, QFont.Weight.DemiBold)
        self._number = assets.numbers(Type.TEXT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), self._theme.px(ROW))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        words = self.help_words(option.rect, event.pos(), index)
        QToolTip.showText(event.globalPos(), plain_tip(words), view)
        return True

    def help_words(self, rect: QRect, pos: QPoint, index: Index) -> str:
        """Return the day under a point, or a name that may be cut."""
        if index.column() == ComparisonColumn.DAYS:
            days = index.data(ComparisonRole.DAYS) or ()
            scale = self._theme.scale
            cell = QRect(round(rect.x() / scale), 0, round(rect.width() / scale), rect.height())
            day = UptimeBars.day_at(_bars_rect(cell), round(pos.x() / scale), days, CELL_DAYS)
            return chart_phrases.uptime_day(day) if day else ""
        return index.data(ComparisonRole.NAME) if index.column() == ComparisonColumn.NAME else ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        tokens, rect = self._theme.tokens, self._theme.enlarge(painter, option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, index, selected)
        painter.setPen(QColor(tokens.selection_text if selected else tokens.text))
        match index.column():
            case ComparisonColumn.NAME:
                painter.setFont(self._name)
                name = QFontMetrics(self._name).elidedText(
                    index.data(ComparisonRole.NAME), Qt.TextElideMode.ElideRight, rect.width() - 16
                )
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, name)
            case ComparisonColumn.SCORE:
                self._paint_score(painter, rect, index.data(ComparisonRole.SCORE))
            case ComparisonColumn.DAYS:
                days = index.data(ComparisonRole.DAYS) or ()
                self._bars.paint_cell(painter, _bars_rect(rect), days)
            case column:
                left, right = _pads(column)
                side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag(0)
                painter.setFont(self._number)
                where = rect.adjusted(left, 0, -right, 0)
                painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, index.data())
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        tokens = self._theme.tokens
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._view.viewport().width() / self._theme.scale
        row = QRectF(6, rect.top(), width - 12, rect.height() - 1)
        if selected:
            focused = self._view.hasFocus()
            painter.setPen(QPen(QColor(tokens.focus), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selection))
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), Radius.ROW, Radius.ROW)
        else:
            line = QRectF(_EDGE, rect.bottom(), row.width() - 20, 1)
            painter.fillRect(line, QColor(tokens.line))
        painter.restore()

    def _paint_score(self, painter: QPainter, rect: QRect, score: float | None) -> None:
        """Draw the score as a number and as how much of a track it fills."""
        tokens = self._theme.tokens
        painter.setFont(self._number)
        number = QRect(rect.left(), rect.top(), 48, rect.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, phrases.score(score))
        if score is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(rect.left() + 52, rect.center().y() - 2.5, _TRACK, 6)
        painter.setBrush(QColor(tokens.idle))
        painter.drawRoundedRect(track, 3, 3)
        track.setWidth(max(6.0, _TRACK * score / 100))
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(track, 3, 3)
        painter.restore()


def _bars_rect(cell: QRect) -> QRectF:
    top = cell.top() + (cell.height() - CELL_HEIGHT) // 2
    return QRectF(cell.left() + _EDGE, top, CELL_WIDTH, CELL_HEIGHT)


def _word(column: int) -> str:
    return headings.comparison_column_word(ComparisonColumn(column))


def _pads(column: int) -> tuple[int, int]:
    if column == ComparisonColumn.DAYS:
        return _EDGE, 0
    left = _EDGE if column == ComparisonColumn.RANK else 0
    return left, _EDGE if column in _NUMBERS else 0


_COLUMNS = Columns(
    ComparisonColumn,
    _word,
    _pads,
    ComparisonColumn.NAME,
    aligned_right=_NUMBERS,
    painted={*_NUMBERS, ComparisonColumn.SCORE, ComparisonColumn.DAYS},
    is_sortable=True,
)
