"""Lays parts out beside each other, and goes on in another row where there is no room.

Rows of chips and buttons use it: in large texts, or in a narrow window, they take more height
rather than reach beyond the page. ``EvenRows`` does the same for parts of equal width.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QWidget

_ANY_WIDTH = 16777215
"""What Qt has for a part that may be as wide as it likes."""


def stand_beside(box: QBoxLayout, part: QWidget, width: int, room: int) -> None:
    """Let the last part of a box stand beside the others, or under them.

    Args:
        box: Holds them.
        part: The one.
        width: How wide it is beside them, in pixels; under them it is as wide as they are.
        room: What the others leave of the width.
    """
    beside = width + box.spacing() <= room
    direction = QBoxLayout.Direction
    box.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
    part.setMinimumWidth(width if beside else 0)
    part.setMaximumWidth(width if beside else _ANY_WIDTH)


class Flow(QWidget):
    """Parts in their usual width, as many in a row as there is room for.

    Args:
        parts: What stands in it, in reading order; hidden ones take no room.
        gap: Between two parts and between two rows, in pixels.
    """

    def __init__(self, parts: Sequence[QWidget], gap: int) -> None:
        super().__init__()
        # No layout of Qt: one written in Python would hand its items to and fro with Qt.
        self._parts, self._gap = tuple(parts), gap
        for part in self._parts:
            part.setParent(self)
        self._height = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def height_in(self, width: int) -> int:
        """Return the height of all rows in a width, both in pixels."""
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """Return the width of one row, and the height of the rows there are now."""
        widths = [_size_of(part).width() + self._gap for part in self._shown()]
        return QSize(max(0, sum(widths) - self._gap), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest part, and the height of the rows there are now."""
        sizes = [_size_of(part) for part in self._shown()]
        widest = max((size.width() for size in sizes), default=0)
        # Not Qt's height for a width: a page with such a part would scroll before it has to.
        return QSize(widest, max((self._height, *(size.height() for size in sizes))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the rows out anew."""
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for room anew: Qt tells nobody of what its parts wanted while it was hidden."""
        super().showEvent(event)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Share the rows out anew when a part comes, goes, or wants another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
            self.updateGeometry()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _place(self) -> None:
        needed = self.height_in(self.width())
        if needed != self._height:
            self._height = needed
            self.updateGeometry()
        spare = max(0, self.height() - needed)
        for part, place in self._places(self.width()):
            part.setGeometry(place.translated(0, spare // 2))

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Return where each part stands in a width, in pixels."""
        found: list[tuple[QWidget, QRect]] = []
        x = y = height = 0
        for part in self._shown():
            size = _size_of(part)
            if x and x + size.width() > width:
                x, y, height = 0, y + height + self._gap, 0
            found.append((part, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
            height = max(height, size.height())
        return found


def _size_of(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())


class EvenRows(QWidget):
    """Parts of equal width, in rows of one of a few lengths.

    Args:
        parts: What stands in them, in reading order.
        lengths: How many may stand in a row, the most first.
        gap: Between two parts and between two rows, in pixels.
    """

    def __init__(self, parts: Sequence[QWidget], lengths: Sequence[int], gap: int) -> None:
        super().__init__()
        self._parts, self._lengths, self._gap = parts, lengths, gap
        self._length = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self._lay_out(lengths[0])

    def _lay_out(self, length: int) -> None:
        if length == self._length:
            return
        self._length = length
        for place, part in enumerate(self._parts):
            self._grid.addWidget(part, place // length, place % length)
        for column in range(self._lengths[0]):
            self._grid.setColumnStretch(column, int(column < length))
        self.updateGeometry()

    def _width_of(self, length: int) -> int:
        least = (part.minimumSizeHint().expandedTo(part.minimumSize()) for part in self._parts)
        widest = max(size.width() for size in least)
        return length * (widest + self._gap) - self._gap

    def minimumSizeHint(self) -> QSize:
        """Return room for the shortest rows: the page is never wider than its window for them."""
        return QSize(self._width_of(self._lengths[-1]), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the longest rows there is room for."""
        super().resizeEvent(event)
        fitting = (each for each in self._lengths if self._width_of(each) <= self.width())
        self._lay_out(next(fitting, self._lengths[-1]))
