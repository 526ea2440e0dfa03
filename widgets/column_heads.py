"""The headings of a table in our words, aligned like the columns under them.

The endpoint table and the log of checks use it; words come from phrases, not from the model.
"""

from collections.abc import Callable, Collection

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Type

HEIGHT = 36


class ColumnHeads(QHeaderView):
    """A head that cannot be dragged or clicked."""

    def __init__(
        self,
        theme: Theme,
        word: Callable[[int], str],
        aligned_right: Collection[int],
        pads: Callable[[int], tuple[int, int]],
        parent: QWidget,
    ) -> None:
        """Make a head.

        Args:
            theme: Its colours.
            word: The heading of a column.
            aligned_right: Columns of numbers.
            pads: Room left and right of a column's words, in pixels.
            parent: The table.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._word, self._pads = theme, word, pads
        self._aligned_right = aligned_right
        self._font = assets.font(Type.TEXT - 1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFixedHeight(HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one heading."""
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.tokens.muted))
        left, right = self._pads(logical)
        is_right = logical in self._aligned_right
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        where = rect.adjusted(left, 0, -right, 0)
        painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, self._word(logical))
