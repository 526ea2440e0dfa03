"""A list of names of which some are chosen: Space or a click turns one on or off.

The export sheet uses it for endpoints.
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from widgets import inputs
from widgets.style import assets
from widgets.style.palette import Theme

_ROW = 32
_EDGE = 3
_KEY = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class CheckList(QListView):
    """Names with a box in front.

    Signals:
        changed: Other names are chosen.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: Sequence[tuple[str, str]], chosen: Collection[str]) -> None:
        """Show these (key and name), some of them chosen."""
        self._rows.clear()
        for key, name in rows:
            item = QStandardItem(name)
            item.setCheckable(True)
            item.setData(key, _KEY)
            item.setCheckState(_state(key in chosen))
            self._rows.appendRow(item)
        if rows:
            self.setCurrentIndex(self._rows.index(0, 0))
        self.changed.emit()

    def chosen(self) -> list[str]:
        """Return the keys of what is chosen, from the top."""
        items = (self._rows.item(row) for row in range(self._rows.rowCount()))
        return [it.data(_KEY) for it in items if it.checkState() == Qt.CheckState.Checked]

    def choose_all(self, chosen: bool) -> None:
        """Choose everything, or nothing."""
        for row in range(self._rows.rowCount()):
            self._rows.item(row).setCheckState(_state(chosen))
        self.changed.emit()

    def _turn(self, rows: Sequence[int]) -> None:
        items = [self._rows.item(row) for row in rows]
        off = all(item.checkState() == Qt.CheckState.Checked for item in items)
        for item in items:
            item.setCheckState(_state(not off))
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the selected rows on or off by Space; all other keys move."""
        if event.key() == Qt.Key.Key_Space:
            self._turn([index.row() for index in self.selectedIndexes()])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn the row that is pressed."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if index.isValid() and plain and event.button() is Qt.MouseButton.LeftButton:
            self._turn([index.row()])


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view, self._font = theme, view, assets.font()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._theme.px(_ROW))  # as wide as the list: else a bar for the width comes

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        tokens, rect = self._theme.tokens, self._theme.enlarge(painter, option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        if selected:
            painter.fillRect(rect, QColor(tokens.selection))
        top = rect.center().y() - inputs.BOX / 2 + 0.5
        box = QRectF(rect.left() + _EDGE + 0.5, top, inputs.BOX, inputs.BOX)
        checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        inputs.paint_box(painter, box, tokens, checked)
        inner = rect.adjusted(_EDGE + inputs.BOX + 10, 0, -_EDGE, 0)
        painter.setFont(self._font)
        painter.setPen(QColor(tokens.selection_text if selected else tokens.text))
        words = QFontMetrics(self._font).elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


def _state(checked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
