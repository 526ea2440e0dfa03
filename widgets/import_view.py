"""The table of a dry run: a box to choose a row, name over address, what becomes of it, and why.

The import sheet shows it over a model that answers ImportRole. Space turns the selected rows on
or off, a click on a box its own row.
"""

from PySide6.QtCore import (
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
    QMouseEvent,
    QPainter,
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

from widgets import import_words, inputs
from widgets.column_heads import Columns
from widgets.import_words import CHOOSABLE, ImportColumn, ImportRole, ImportStep
from widgets.parts import plain_tip
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Tokens, Type
from widgets.table import Index, Table

_ROW = 44
_EDGE = 24
_BOX = inputs.BOX
_NAME = 300
_STEP = 110


class ImportView(Table):
    """Rows of a dry run.

    Signals:
        looked_at: Another row has the keyboard.
    """

    looked_at = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        columns = Columns(ImportColumn, _word, _pads, ImportColumn.WHY)
        super().__init__(theme, columns, parent, row=_ROW, many=True)
        self.setItemDelegate(_ImportDelegate(theme, self))

    def why(self) -> str:
        """Return what is to be said of the row the keyboard is on."""
        index = self.currentIndex()
        return str(index.data(ImportRole.WHY) or "") if index.isValid() else ""

    def turn(self, rows: list[int]) -> None:
        """Turn rows on, or off where all of them are on."""
        model = self.model()
        found = [model.index(row, 0) for row in rows]
        free = [each for each in found if each.data(ImportRole.STEP) in CHOOSABLE]
        role = Qt.ItemDataRole.CheckStateRole
        off = all(each.data(role) == Qt.CheckState.Checked for each in free)
        for each in free:
            model.setData(each, Qt.CheckState.Unchecked if off else Qt.CheckState.Checked, role)

    def usual_widths(self, room: int) -> dict[int, int]:
        """Return the usual widths; the reason gets what the others leave."""
        name, step = self._theme.px(_NAME), self._theme.px(_STEP)
        rest = max(120, room - name - step)
        return {ImportColumn.NAME: name, ImportColumn.STEP: step, ImportColumn.WHY: rest}

    def table_name(self) -> str:
        """Return what a screen reader calls the table."""
        return self.tr("What would be imported")

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another row is looked at."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.looked_at.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the selected rows on or off by Space, else the current; all other keys move."""
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and current.isValid():
            selected = self.selectionModel().selectedRows()
            self.turn([index.row() for index in selected or [current]])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn a row by its box."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.position().x() < self._theme.px(_EDGE + _BOX + 8):
            self.setCurrentIndex(index)
            self.turn([index.row()])
        else:
            super().mousePressEvent(event)


class _ImportDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view
        self._bold = assets.font(Type.TEXT, QFont.Weight.DemiBold)
        self._plain, self._small = assets.font(), assets.font(Type.SECONDARY)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), self._theme.px(_ROW))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        roles = {ImportColumn.NAME: ImportRole.ADDRESS, ImportColumn.WHY: ImportRole.WHY}
        role = roles.get(ImportColumn(index.column()))
        words = "" if role is None else index.data(role)
        QToolTip.showText(event.globalPos(), plain_tip(words), view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        tokens, rect = self._theme.tokens, self._theme.enlarge(painter, option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(tokens.selection))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))
        if selected and self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            painter.fillRect(rect.left(), rect.top(), rect.width(), 2, QColor(tokens.focus))
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, QColor(tokens.focus))
        step: ImportStep = index.data(ImportRole.STEP)
        match index.column():
            case ImportColumn.NAME:
                self._paint_name(painter, rect, index, step, selected)
            case ImportColumn.STEP:
                colour = tokens.selection_text if selected else _step_colour(tokens, step, index)
                self._say(painter, rect, self._plain, colour, import_words.step_word(step))
            case _:
                colour = tokens.selection_muted if selected else tokens.muted
                inner = rect.adjusted(0, 0, -_EDGE + 8, 0)
                self._say(painter, inner, self._plain, colour, index.data(ImportRole.WHY))
        painter.restore()

    def _paint_name(
        self, painter: QPainter, rect: QRect, index: Index, step: ImportStep, selected: bool
    ) -> None:
        tokens = self._theme.tokens
        if step in CHOOSABLE:
            top = rect.center().y() - _BOX / 2 + 0.5
            box = QRectF(rect.left() + _EDGE + 0.5, top, _BOX, _BOX)
            inputs.paint_box(painter, box, tokens, _is_chosen(index))
        inner = rect.adjusted(_EDGE + _BOX + 10, 5, -12, -5)
        name, address = inner.adjusted(0, 0, 0, -15), inner.adjusted(0, 19, 0, 0)
        bold = tokens.selection_text if selected else tokens.text
        muted = tokens.selection_muted if selected else tokens.muted
        self._say(painter, name, self._bold, bold, index.data(ImportRole.NAME))
        self._say(painter, address, self._small, muted, index.data(ImportRole.ADDRESS))

    def _say(self, painter: QPainter, rect: QRect, font: QFont, colour: str, words: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        fitting = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, left, fitting)


def _is_chosen(index: Index) -> bool:
    return Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked


def _step_colour(tokens: Tokens, step: ImportStep, index: Index) -> str:
    match step:
        case ImportStep.ADD | ImportStep.CHANGE if not _is_chosen(index):
            return tokens.muted
        case ImportStep.ADD | ImportStep.DONE:
            return tokens.up.text
        case ImportStep.CHANGE:
            return tokens.accent
        case ImportStep.SKIP:
            return tokens.muted
        case _:
            return tokens.down.text


def _word(column: int) -> str:
    return import_words.column_word(ImportColumn(column))


def _pads(column: int) -> tuple[int, int]:
    return (_EDGE + _BOX + 10 if column == ImportColumn.NAME else 0), 0
