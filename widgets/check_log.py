"""The table of an endpoint's last checks: time, result, code, latency, message; newest first.

The detail page shows it over a model that answers CheckRole.
"""

from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from backend.contract.vocabulary import Status
from widgets import headings, phrases
from widgets.column_heads import ColumnHeads
from widgets.roles import CheckColumn, CheckRole
from widgets.style import assets, marks
from widgets.style.palette import Theme
from widgets.style.tokens import Type

_ROW = 32
_EDGE = 16
_WIDTHS = {
    CheckColumn.TIME: 124,
    CheckColumn.RESULT: 100,
    CheckColumn.CODE: 60,
    CheckColumn.LATENCY: 92,
}
_RIGHT = frozenset({CheckColumn.CODE, CheckColumn.LATENCY})

Index = QModelIndex | QPersistentModelIndex


class CheckLog(QTableView):
    """Rows of checks, to be read only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_CheckDelegate(theme, self))
        self.setHorizontalHeader(ColumnHeads(theme, _word, _RIGHT, _pads, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()
        self._set_texts()

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the checks of a model."""
        self.setModel(model)
        self._lay_out_columns()

    def _measure(self) -> None:
        """Take the size of the text, and paint anew."""
        rows, height = self.verticalHeader(), self._theme.px(_ROW)
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)
        self._lay_out_columns()
        self.viewport().update()

    def _lay_out_columns(self) -> None:
        widths = {column: self._theme.px(width) for column, width in _WIDTHS.items()}
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        rest = self.viewport().width() - sum(widths.values())
        self.setColumnWidth(CheckColumn.MESSAGE, max(80, rest))

    def _set_texts(self) -> None:
        self.setAccessibleName(self.tr("Last checks"))
        self.horizontalHeader().viewport().update()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the message what the others leave."""
        super().resizeEvent(event)
        self._lay_out_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def check_words(index: Index, now: datetime) -> str:
    """Return the words of one cell."""
    match index.column():
        case CheckColumn.TIME:
            return phrases.moment_seconds(index.data(CheckRole.AT), now)
        case CheckColumn.RESULT:
            status: Status = index.data(CheckRole.STATUS)
            return phrases.check_word(status)
        case CheckColumn.CODE:
            code: int | None = index.data(CheckRole.CODE)
            return phrases.UNKNOWN_VALUE if code is None else str(code)
        case CheckColumn.LATENCY:
            return phrases.latency(index.data(CheckRole.LATENCY_MS))
        case _:
            return phrases.failure_words(index.data(CheckRole.MESSAGE))


class _CheckDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme
        self._font = assets.numbers(Type.TEXT - 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), self._theme.px(_ROW))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        is_message = index.column() == CheckColumn.MESSAGE
        words = phrases.failure_words(index.data(CheckRole.MESSAGE)) if is_message else ""
        QToolTip.showText(event.globalPos(), words, view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        painter.save()
        rect = self._theme.enlarge(painter, option.rect)
        column = index.column()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(tokens.selection))
        left = _EDGE if column == CheckColumn.TIME else 0
        right = _EDGE if column == CheckColumn.MESSAGE else 0
        painter.fillRect(
            QRectF(rect.left() + left, rect.bottom(), rect.width() - left - right, 1),
            QColor(tokens.line),
        )
        pad = _EDGE if column == CheckColumn.MESSAGE else 4
        inner = rect.adjusted(_EDGE, 0, -pad, 0)
        status: Status = index.data(CheckRole.STATUS)
        colour = tokens.text
        if column == CheckColumn.RESULT:
            mark = QRectF(inner.left(), inner.center().y() - 6, 13, 13)
            marks.draw_status(painter, mark, tokens, status)
            inner.setLeft(inner.left() + 20)
            colour = tokens.tone(status).text
        elif column in {CheckColumn.TIME, CheckColumn.MESSAGE}:
            colour = tokens.muted
        if selected:
            colour = tokens.selection_text
        painter.setFont(self._font)
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
        words = check_words(index, datetime.now(UTC))
        fitting = QFontMetrics(self._font).elidedText(
            words, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, fitting)
        painter.restore()


def _word(column: int) -> str:
    return headings.check_column_word(CheckColumn(column))


def _pads(column: int) -> tuple[int, int]:
    return _EDGE, _EDGE if column == CheckColumn.MESSAGE else 4
