"""The table of endpoints: selection, keys, context menu; its model and delegate do the rest.

Pages show it over a model from the application. It emits intents by endpoint id and never
changes a row itself; rows are ordered by the model.
"""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from widgets import endpoint_columns
from widgets.endpoint_delegate import EndpointDelegate, row_of
from widgets.endpoint_menu import EndpointMenu
from widgets.roles import Role
from widgets.style.palette import Theme
from widgets.table import Table
from widgets.window_keys import EDIT_KEY, key_of

_REPAINT_WHILE_TINTED_MS = 40
_Why = Qt.FocusReason
_BY_KEYBOARD = frozenset({_Why.TabFocusReason, _Why.BacktabFocusReason, _Why.ShortcutFocusReason})
_KEEPS_SELECTION = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})


class EndpointView(Table):
    """Rows of endpoints.

    Signals:
        opened: Show this endpoint's page (its id).
        check_requested: Check these endpoints now (list of ids).
        pause_requested: Pause or resume these endpoints (list of ids).
        delete_requested: Delete these endpoints (list of ids).
        edit_requested: Open the form for this endpoint (its id).
        pointer_over: True while the pointer is over the rows; a model that re-orders waits.
        selected: Other rows are selected now.
    """

    opened = Signal(str)
    check_requested = Signal(list)
    pause_requested = Signal(list)
    delete_requested = Signal(list)
    edit_requested = Signal(str)
    pointer_over = Signal(bool)
    selected = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, endpoint_columns.COLUMNS, parent, many=True)
        self._delegate = EndpointDelegate(theme, self)
        self._remembered: tuple[list[str], str] = ([], "")
        self._tint_timer = QTimer(self)
        self._tint_timer.setSingleShot(True)
        self._tint_timer.setInterval(_REPAINT_WHILE_TINTED_MS)
        self._tint_timer.timeout.connect(self.viewport().update)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        # Else every frame paints whatever lies below too, and scrolling paints every row anew.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.doubleClicked.connect(self._open_index)
        key_of(self, EDIT_KEY, self._edit)
        key_of(self, "Ctrl+C", self._copy)

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show another model; what was selected stays selected by id."""
        self._remember()
        old: QAbstractItemModel | None = self.model()
        if old is not None:
            old.modelAboutToBeReset.disconnect(self._remember)
            old.modelReset.disconnect(self._recall)
        super().set_model(model)
        self.setSortingEnabled(True)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self._recall()

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected rows, from the top."""
        chosen: QItemSelectionModel | None = self.selectionModel()
        if chosen is None:
            return []
        rows = sorted(chosen.selectedRows(), key=QModelIndex.row)
        return [index.data(Role.ENDPOINT_ID) for index in rows]

    def selection_facts(self) -> tuple[int, bool]:
        """Return how many rows are selected, and whether all of them are paused."""
        chosen: QItemSelectionModel | None = self.selectionModel()
        selection = QItemSelection() if chosen is None else chosen.selection()
        spans = map(selection.at, range(selection.count()))
        # By their numbers: of thousands that leave one after the other, this is asked each time.
        rows = {row for each in spans for row in range(each.top(), each.bottom() + 1)}
        model = self.model()
        return len(rows), bool(rows) and all(model.index(row, 0).data(Role.PAUSED) for row in rows)

    def current_id(self) -> str:
        """Return the id of the row the keyboard is on, "" for none."""
        index = self.currentIndex()
        return str(index.data(Role.ENDPOINT_ID)) if index.isValid() else ""

    def select(self, endpoint_id: str) -> None:
        """Select an endpoint and bring it into view, if the model holds it."""
        if (row := row_of(self.model(), endpoint_id)) >= 0:
            self.select_alone(row)
            self.scrollTo(self.model().index(row, 0))

    def rows_in_sight(self) -> slice:
        """Return which rows are shown now, wholly or in part."""
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return slice(max(top, 0), None if bottom < 0 else bottom + 1)

    def usual_widths(self, room: int) -> dict[int, int]:
        """Give the name what the others leave: see endpoint_columns."""
        return endpoint_columns.widths(room, self._theme.scale)

    def row_px(self) -> int:
        """Return the theme's height of rows."""
        return self._theme.row_height

    def table_name(self) -> str:
        """Return what a screen reader calls the table."""
        return self.tr("Endpoints")

    def _remember(self) -> None:
        self._remembered = (self.selected_ids(), self.current_id())

    def _recall(self) -> None:
        chosen, current = self._remembered
        model = self.model()
        if not chosen and not current:
            return
        selection, last = QItemSelection(), model.columnCount() - 1
        for row in (row_of(model, each) for each in chosen):
            if row >= 0:
                selection.select(model.index(row, 0), model.index(row, last))
        if (row := row_of(model, current)) >= 0:
            self.selectionModel().setCurrentIndex(
                model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(Role.ENDPOINT_ID))

    def _edit(self) -> None:
        """Ask for the form; it is for one endpoint, as the menu's entry is."""
        if len(ids := self.selected_ids()) == 1:
            self.edit_requested.emit(ids[0])

    def _copy(self) -> None:
        """Put the URLs on the clipboard, each on a line; Qt takes what a screen reader says."""
        rows = sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)
        if rows:
            words = "\n".join(str(index.data(Role.URL)) for index in rows)
            QGuiApplication.clipboard().setText(words)

    def open_menu(self, at: QPoint) -> None:
        """Offer what can be done with the selected rows, at a place on the screen."""
        ids = self.selected_ids()
        if not ids:
            return
        menu = EndpointMenu(ids, self.selection_facts()[1], self)
        menu.opened.connect(self.opened)
        menu.check_requested.connect(self.check_requested)
        menu.pause_requested.connect(self.pause_requested)
        menu.copy_requested.connect(self._copy)
        menu.edit_requested.connect(self.edit_requested)
        menu.delete_requested.connect(self.delete_requested)
        # popup, not exec: a nested loop would stop every coroutine of the application.
        menu.popup(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected rows; asked by a key, at the row it is on."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            row = self.visualRect(self.currentIndex()).intersected(self.viewport().rect())
            # Qt means the middle of the table, however far that is from the row.
            at = self.viewport().mapToGlobal(row.center() if row.isValid() else QPoint())
        self.open_menu(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn keys into intents; all others move the selection."""
        ids = self.selected_ids()
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not ids:
            self._move_by_key(event)
        elif event.matches(QKeySequence.StandardKey.Delete):
            self.delete_requested.emit(ids)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self.current_id() or ids[0])
        elif event.key() == Qt.Key.Key_Space:
            self.pause_requested.emit(ids)
        elif ctrl and event.key() == Qt.Key.Key_R:
            self.check_requested.emit(ids)
        else:
            self._move_by_key(event)

    def _move_by_key(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        row = self.currentIndex().row()
        plain = not event.modifiers() & _KEEPS_SELECTION
        if plain and event.key() in _MOVES and row >= 0 and not self.selected_ids():
            self.select_alone(row)  # it stood there already, which Qt takes for no move
        self._ring(row)

    def _ring(self, row: int) -> None:
        if self._delegate.ring_row != row:
            self._delegate.ring_row = row
            self.viewport().update()

    def take_keyboard(self, reason: Qt.FocusReason) -> None:
        """Have the keyboard, for this reason also where Qt gave it back before."""
        self.setFocus(reason)
        self._stand_selected(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show who came by keyboard a selected row, which the next key can act on."""
        super().focusInEvent(event)
        self._stand_selected(event.reason())

    def _stand_selected(self, reason: Qt.FocusReason) -> None:
        if reason in _BY_KEYBOARD:
            if self.row_count() and not self.selected_ids():
                self.select_alone(max(0, self.currentIndex().row()))
            self._ring(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self._ring(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select; the pointer needs no ring."""
        self._ring(-1)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell when the pointer comes and goes."""
        if event.type() == QEvent.Type.Enter:
            self.pointer_over.emit(True)
        elif event.type() == QEvent.Type.Leave:
            self._hover(-1)
            self.pointer_over.emit(False)
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        before, self._delegate.hovered_row = self._delegate.hovered_row, row
        if before != row:
            for changed in (before, row):
                top = self.rowViewportPosition(changed)
                row_at = QRect(0, top, self.viewport().width(), self._theme.row_height)
                self.viewport().update(row_at)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that others are selected now."""
        super().selectionChanged(selected, deselected)
        self.selected.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and come back soon while a row fades."""
        self._delegate.begin()
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), QColor(self._theme.tokens.surface))
        ground.end()
        super().paintEvent(event)
        if self._delegate.tinted:
            self._tint_timer.start()
