"""The table of an endpoint's last checks: time, result, code, latency, message; newest first.

The detail page shows it over a model that answers CheckRole.
"""

from datetime import UTC, datetime

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from backend.contract.vocabulary import Status
from widgets import headings, phrases
from widgets.column_heads import Columns
from widgets.parts import plain_tip
from widgets.roles import CheckColumn, CheckRole
from widgets.style import assets, marks
from widgets.style.palette import Theme
from widgets.style.tokens import Type
from widgets.table import Index, Table

_ROW = 32
_EDGE = 16
_WIDTHS = {
    CheckColumn.TIME: 124,
    CheckColumn.RESULT: 100,
    CheckColumn.CODE: 60,
    CheckColumn.LATENCY: 92,
}
_GOOD_MESSAGE = 200
_RIGHT = frozenset({CheckColumn.CODE, CheckColumn.LATENCY})


class CheckLog(Table):
    """Rows of checks, to be read only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        columns = Columns(CheckColumn, _word, _pads, CheckColumn.MESSAGE, aligned_right=_RIGHT)
        super().__init__(theme, columns, parent, row=_ROW)
        self.setItemDelegate(_CheckDelegate(theme, self))

    def usual_widths(self, room: int) -> dict[int, int]:
        """Return the usual widths; the message gets what the others leave.

        In little room it says more than the code, which it names, and than the time it took.
        """
        px = self._theme.px
        widths: dict[int, int] = {column: px(width) for column, width in _WIDTHS.items()}
        for column in (CheckColumn.CODE, CheckColumn.LATENCY):
            if room - sum(widths.values()) < px(_GOOD_MESSAGE):
                del widths[column]
        return widths | {CheckColumn.MESSAGE: max(80, room - sum(widths.values()))}

    def table_name(self) -> str:
        """Return what a screen reader calls the table."""
        return self.tr("Last checks")


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
        QToolTip.showText(event.globalPos(), plain_tip(words), view)
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
