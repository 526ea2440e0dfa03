"""The headings of a table in our words, aligned like the columns under them.

Every table has one; words come from headings.py. By mouse: draw the edge of a heading, double-
click it for the usual width, and press a heading where the table can be sorted. By keyboard: left
and right choose a heading, with Shift they make its column narrower or wider, Space sorts by it.
The menu gives all columns their usual width. What a width comes to is the table's to decide.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Type

HEIGHT = 36
_GRIP = 4
_STEP = 8


@dataclass(frozen=True)
class Columns:
    """What a table's columns are.

    Attributes:
        kind: Their numbers and names.
        word: The heading of a column.
        pads: Room left and right of a column's words, in pixels.
        rest: The column that takes what the others leave.
        aligned_right: Columns of numbers.
        painted: Columns whose content cannot be shortened: never narrower than usual.
        is_sortable: Whether a heading can be pressed.
        comes_sorted: Whether its rows have an order of their own, which a third press gives back.
    """

    kind: type[IntEnum]
    word: Callable[[int], str]
    pads: Callable[[int], tuple[int, int]]
    rest: int
    aligned_right: Collection[int] = frozenset()
    painted: Collection[int] = frozenset()
    is_sortable: bool = False
    comes_sorted: bool = False


class ColumnHeads(QHeaderView):
    """The heads of a table.

    Signals:
        edge_moved: The edge at the right of a column is drawn to a place (column, x).
        widened: A column is to be so much wider, or narrower (column, pixels at 100 % text).
        column_reset: The edge at the right of a column was double-clicked (column).
        reset_requested: All columns are to have their usual width.
    """

    edge_moved = Signal(int, int)
    widened = Signal(int, int)
    column_reset = Signal(int)
    reset_requested = Signal()

    def __init__(self, theme: Theme, columns: Columns, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._columns = theme, columns
        self._font = assets.font(Type.TEXT - 1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setSectionsClickable(columns.is_sortable)
        self._ring = -1
        self._drawn: int | None = None
        self.setAccessibleName(columns.word(0))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setMouseTracking(True)
        if columns.is_sortable:
            self.setSortIndicatorShown(True)
            self.setSortIndicatorClearable(columns.comes_sorted)
            if columns.comes_sorted:
                self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setHighlightSections(False)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one heading."""
        tokens = self._theme.tokens
        painter.save()
        rect = self._theme.enlarge(painter, rect)
        painter.setFont(self._font)
        painter.setPen(QColor(tokens.muted))
        left, right = self._columns.pads(logical)
        is_right = logical in self._columns.aligned_right
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        where = rect.adjusted(left, 0, -right, 0)
        word = self.words_of(logical)
        if self._is_sorted_by(logical):
            painter.setPen(QColor(tokens.text))
        shown = QFontMetrics(self._font).elidedText(
            word, Qt.TextElideMode.ElideRight, where.width()
        )
        painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus() and logical == self._ring:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(rect.adjusted(2, 4, -2, -4), Radius.ROW, Radius.ROW)
        painter.restore()

    def words_of(self, logical: int) -> str:
        """Return what stands in a heading."""
        word = self._columns.word(logical)
        if not self._is_sorted_by(logical):
            return word
        mark = "↑" if self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder else "↓"
        # A space that leaves no room for the mark is worth less than the word's last letter.
        fits = self._width_of(f"{word} {mark}") <= self.room_of(logical)
        return f"{word} {mark}" if fits else f"{word}{mark}"

    def room_of(self, logical: int) -> int:
        """Return how many pixels a heading's words may take at 100 % text."""
        width = round(self.sectionSize(logical) / self._theme.scale)
        return width - sum(self._columns.pads(logical))

    def words_width(self, logical: int) -> int:
        """Return how many pixels a heading's words take at 100 % text."""
        return self._width_of(self.words_of(logical))

    def _width_of(self, words: str) -> int:
        return QFontMetrics(self._font).horizontalAdvance(words)

    def _is_sorted_by(self, logical: int) -> bool:
        return self.isSortIndicatorShown() and logical == self.sortIndicatorSection()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the ring on the heading by which the table is sorted, else on the first."""
        super().focusInEvent(event)
        self._move_ring(max(0, self.sortIndicatorSection()) if self._columns.is_sortable else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a heading, widen its column, sort by it; once more turns the order round.

        A third time gives rows that have one their own order back.
        """
        with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left if with_shift:
                self.widened.emit(self._ring, -_STEP)
            case Qt.Key.Key_Right if with_shift:
                self.widened.emit(self._ring, _STEP)
            case Qt.Key.Key_Left:
                self._move_ring(self._neighbour(-1))
            case Qt.Key.Key_Right:
                self._move_ring(self._neighbour(1))
            case Qt.Key.Key_Space | Qt.Key.Key_Return if self._columns.is_sortable:
                self._sort()
            case _:
                super().keyPressEvent(event)

    def _sort(self) -> None:
        if self._ring < 0:
            return
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        before = self.sortIndicatorOrder() if self._is_sorted_by(self._ring) else None
        if before is down and self.isSortIndicatorClearable():
            self.setSortIndicator(-1, up)
        else:
            self.setSortIndicator(self._ring, down if before is up else up)
        self._say()

    def _neighbour(self, by: int) -> int:
        place = self._ring + by
        while 0 <= place < self.count() and self.isSectionHidden(place):
            place += by
        return place if 0 <= place < self.count() else self._ring

    def _move_ring(self, logical: int) -> None:
        self._ring = logical
        self._say()
        self.viewport().update()

    def _say(self) -> None:
        """Tell a screen reader which heading the keyboard is on."""
        if self._ring < 0:
            return
        word = self._columns.word(self._ring)
        if self._is_sorted_by(self._ring):
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            said = (
                self.tr("{column}, sorted upwards") if up else self.tr("{column}, sorted downwards")
            )
            word = said.format(column=word)
        self.setAccessibleName(word)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, word))

    def edge_at(self, x: int) -> int | None:
        """Return the column whose right edge can be drawn at a place, None beside every edge."""
        shown = [each for each in range(self.count()) if not self.isSectionHidden(each)]
        for logical in shown[:-1]:
            edge = self.sectionViewportPosition(logical) + self.sectionSize(logical)
            if abs(x - edge) <= _GRIP:
                return logical
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an edge; elsewhere a press sorts."""
        self._drawn = self.edge_at(event.position().toPoint().x())
        if self._drawn is None or event.button() is not Qt.MouseButton.LeftButton:
            self._drawn = None
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the edge that is held; show where one can be taken hold of."""
        x = event.position().toPoint().x()
        if self._drawn is not None:
            self.edge_moved.emit(self._drawn, x)
            return
        if self.edge_at(x) is None:
            self.viewport().unsetCursor()
        else:
            self.viewport().setCursor(Qt.CursorShape.SplitHCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the edge."""
        if self._drawn is None:
            super().mouseReleaseEvent(event)
        self._drawn = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Give the column at an edge its usual width."""
        edge = self.edge_at(event.position().toPoint().x())
        if edge is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.column_reset.emit(edge)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to give every column its usual width."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Reset columns")).triggered.connect(self.reset_requested)
        # popup, not exec: a nested loop would stop every coroutine of the application.
        menu.popup(event.globalPos())
