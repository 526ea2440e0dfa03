"""The base of every table: whole rows, our heads, and columns as wide as the user likes them.

A table says what its columns are and how wide they usually stand in a given room; one of them
takes what the others leave, so that a table never scrolls sideways. Widths that were chosen hold
as long as there is room for them, and grow with the text. It does not know what a row holds.
"""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from widgets.column_heads import ColumnHeads, Columns
from widgets.style.palette import Theme
from widgets.table_look import TableLook

Index = QModelIndex | QPersistentModelIndex
ROW = 36
_LEAST = 56
_LEAST_REST = 80


class Table(QTableView):
    """Rows under heads.

    Attributes:
        heads: The headings.
    """

    def __init__(
        self,
        theme: Theme,
        columns: Columns,
        parent: QWidget | None = None,
        *,
        row: int = ROW,
        many: bool = False,
    ) -> None:
        """Make a table.

        Args:
            theme: Its colours and the size of its text.
            columns: What its columns are.
            parent: The widget it lies in.
            row: How high a row is at 100 % text.
            many: Whether several rows can be selected.
        """
        super().__init__(parent)
        self._theme, self._columns, self._row = theme, columns, row
        self._chosen: dict[int, int] = {}
        modes = QAbstractItemView.SelectionMode
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.heads = ColumnHeads(theme, columns, self)
        self.setHorizontalHeader(self.heads)
        self.heads.edge_moved.connect(self._move_edge)
        self.heads.widened.connect(self._widen)
        self.heads.column_reset.connect(self._reset_column)
        self.heads.reset_requested.connect(self.reset_columns)
        theme.changed.connect(self._measure)
        self._measure()
        self._set_texts()

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the rows of a model."""
        self.setModel(model)
        self._lay_out_columns()

    def look(self) -> TableLook:
        """Return what the user made of the columns."""
        kind, heads = self._columns.kind, self.heads
        widths = {kind(column).name.lower(): width for column, width in self._chosen.items()}
        by = heads.sortIndicatorSection() if self._columns.is_sortable else -1
        if by < 0:
            return TableLook(widths)
        down = heads.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return TableLook(widths, kind(by).name.lower(), down)

    def take_look(self, look: TableLook) -> None:
        """Let the columns look as they did; names that are no column of this table are left out."""
        known = {column.name.lower(): column for column in self._columns.kind}
        self._chosen = {
            known[name]: width
            for name, width in look.widths.items()
            if name in known and known[name] != self._columns.rest
        }
        if self._columns.is_sortable and look.sorted_by in known:
            orders = Qt.SortOrder
            order = orders.DescendingOrder if look.is_descending else orders.AscendingOrder
            self.heads.setSortIndicator(known[look.sorted_by], order)
        self._lay_out_columns()

    def reset_columns(self) -> None:
        """Let every column be as wide as it usually is."""
        self._chosen.clear()
        self._lay_out_columns()

    def usual_widths(self, room: int) -> dict[int, int]:
        """Return the width of each column that a room of so many pixels has place for."""
        raise NotImplementedError

    def table_name(self) -> str:
        """Return what a screen reader calls the table."""
        raise NotImplementedError

    def row_px(self) -> int:
        """Return how high a row is now, in pixels."""
        return self._theme.px(self._row)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Home and End go to the first and the last row; a table means its columns by them."""
        rows = self.row_count()
        if rows and action == QAbstractItemView.CursorAction.MoveHome:
            return self.model().index(0, 0)
        if rows and action == QAbstractItemView.CursorAction.MoveEnd:
            return self.model().index(rows - 1, 0)
        return super().moveCursor(action, keys)

    def row_count(self) -> int:
        """Return how many rows there are, none without a model."""
        model: QAbstractItemModel | None = self.model()
        return 0 if model is None else model.rowCount()

    def select_alone(self, row: int) -> None:
        """Select a row and no other, as selectRow does not while Ctrl or Shift is held."""
        alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
        whole = QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), alone | whole)

    def _lay_out_columns(self) -> None:
        model: QAbstractItemModel | None = self.model()
        if model is None:
            return
        widths = self._widths()
        for column in self._columns.kind:
            self.setColumnHidden(column, column not in widths)
            self.setColumnWidth(column, widths.get(column, 0))

    def _widths(self) -> dict[int, int]:
        """Return the chosen widths where there is room for them, else the usual ones."""
        room, rest = self.viewport().width(), self._columns.rest
        usual = self.usual_widths(room)
        chosen = {
            column: self._theme.px(width)
            for column, width in self._chosen.items()
            if column in usual
        }
        widths = usual | chosen
        widths[rest] += room - sum(widths.values())
        fits = widths[rest] >= min(usual[rest], self._theme.px(_LEAST_REST))
        return widths if chosen and fits else usual

    def _move_edge(self, column: int, x: int) -> None:
        """Let the edge at the right of a column follow the pointer.

        What takes the rest gives or takes. So left of it the column itself grows, and right of it
        the next one does, the other way round.
        """
        grows = self._grows(column)
        start = self.columnViewportPosition(grows)
        end = start + self.columnWidth(grows)
        self._choose(grows, x - start if grows == column else end - x)

    def _grows(self, column: int) -> int:
        """Return the column that the edge at the right of another one makes wider."""
        shown = [each for each in self._columns.kind if not self.isColumnHidden(each)]
        place = shown.index(self._columns.kind(column))
        is_behind = place >= shown.index(self._columns.kind(self._columns.rest))
        return shown[place + 1] if is_behind else column

    def _widen(self, column: int, by: int) -> None:
        if column != self._columns.rest:
            self._choose(column, self.columnWidth(column) + self._theme.px(by))

    def _choose(self, column: int, width: int) -> None:
        rest = self._columns.rest
        spare = self.columnWidth(rest) - self._theme.px(_LEAST_REST)
        least = self._theme.px(_LEAST)
        if column in self._columns.painted:
            least = self.usual_widths(self.viewport().width()).get(column, least)
        width = max(least, min(width, self.columnWidth(column) + max(0, spare)))
        self._chosen[column] = round(width / self._theme.scale)
        self._lay_out_columns()

    def _reset_column(self, column: int) -> None:
        self._chosen.pop(self._grows(column), None)
        self._lay_out_columns()

    def _measure(self) -> None:
        """Take the size of the text, and paint anew."""
        rows, height = self.verticalHeader(), self.row_px()
        if rows.defaultSectionSize() != height:
            rows.setMinimumSectionSize(height)
            rows.setDefaultSectionSize(height)
        self._lay_out_columns()
        self.viewport().update()

    def _set_texts(self) -> None:
        self.setAccessibleName(self.table_name())
        self.heads.viewport().update()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._lay_out_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
