"""The headings of a table in our words, aligned like the columns under them.

The tables of endpoints, checks and the comparison use it; words come from headings.py. Where a
table can be sorted, a press on a heading does it, or the keyboard: left and right choose a
heading, Space sorts by it.
"""

from collections.abc import Callable, Collection

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Type

HEIGHT = 36


class ColumnHeads(QHeaderView):
    """A head that cannot be dragged; it can be pressed where the table can be sorted."""

    def __init__(
        self,
        theme: Theme,
        word: Callable[[int], str],
        aligned_right: Collection[int],
        pads: Callable[[int], tuple[int, int]],
        parent: QWidget,
        *,
        sortable: bool = False,
    ) -> None:
        """Make a head.

        Args:
            theme: Its colours.
            word: The heading of a column.
            aligned_right: Columns of numbers.
            pads: Room left and right of a column's words, in pixels.
            parent: The table.
            sortable: Whether a heading can be pressed.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._word, self._pads = theme, word, pads
        self._aligned_right = aligned_right
        self._font = assets.font(Type.TEXT - 1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setSectionsClickable(sortable)
        self._ring = -1
        self.setAccessibleName(word(0))
        if sortable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setSortIndicatorShown(True)
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
        left, right = self._pads(logical)
        is_right = logical in self._aligned_right
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        where = rect.adjusted(left, 0, -right, 0)
        word = self._word(logical)
        if self.isSortIndicatorShown() and logical == self.sortIndicatorSection():
            painter.setPen(QColor(tokens.text))
            word = self._with_arrow(word)
        painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, word)
        if self.hasFocus() and logical == self._ring:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(rect.adjusted(2, 4, -2, -4), Radius.ROW, Radius.ROW)
        painter.restore()

    def _with_arrow(self, word: str) -> str:
        up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        return f"{word} {'↑' if up else '↓'}"

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the ring on the heading by which the table is sorted."""
        super().focusInEvent(event)
        self._move_ring(max(0, self.sortIndicatorSection()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a heading, sort by it; once more turns the order round."""
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                self._move_ring(self._neighbour(-1))
            case Qt.Key.Key_Right:
                self._move_ring(self._neighbour(1))
            case Qt.Key.Key_Space | Qt.Key.Key_Return if self._ring >= 0:
                descending = (
                    self._ring == self.sortIndicatorSection()
                    and self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
                )
                order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
                self.setSortIndicator(self._ring, order)
                self._say()
            case _:
                super().keyPressEvent(event)

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
        word = self._word(self._ring)
        if self._ring == self.sortIndicatorSection():
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            said = (
                self.tr("{column}, sorted upwards") if up else self.tr("{column}, sorted downwards")
            )
            word = said.format(column=word)
        self.setAccessibleName(word)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, word))
