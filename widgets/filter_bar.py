"""The chips that narrow the endpoint list to one state, each with its count.

Pages put it over the list and pass ``filter_changed`` on; it filters nothing itself.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from widgets import headings
from widgets.flow import Flow
from widgets.roles import EndpointFilter
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Type

_GAP = 4


class FilterBar(QWidget):
    """One chip per state, one of them chosen.

    Signals:
        filter_changed: The user chose another chip (EndpointFilter).
    """

    filter_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = {choice: Chip(theme) for choice in EndpointFilter}
        self._counts: Mapping[EndpointFilter, int] = {}
        self._group = OneOf(self._chips.values(), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Flow(tuple(self._chips.values()), _GAP))
        for choice, chip in self._chips.items():
            chip.clicked.connect(lambda _=False, c=choice: self.filter_changed.emit(c))
        self._chips[EndpointFilter.ALL].setChecked(True)
        self._set_texts()

    @property
    def choice(self) -> EndpointFilter:
        """The chosen chip."""
        return next(choice for choice, chip in self._chips.items() if chip.isChecked())

    def chip(self, choice: EndpointFilter) -> "Chip":
        """Return one chip."""
        return self._chips[choice]

    def set_counts(self, counts: Mapping[EndpointFilter, int]) -> None:
        """Show how many endpoints each chip would leave."""
        self._counts = counts
        self._set_texts()

    def set_filter(self, choice: EndpointFilter) -> None:
        """Choose a chip without emitting."""
        self._chips[choice].setChecked(True)

    def _set_texts(self) -> None:
        self.setAccessibleName(self.tr("Filter by state"))
        for choice, chip in self._chips.items():
            chip.show_words(headings.filter_word(choice), self._counts.get(choice))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class Chip(QAbstractButton):
    """A small checkable pill with a word and, muted, a count."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = ""
        self._font = assets.font(Type.TEXT - 1)
        self._count_font = assets.numbers(Type.TEXT - 1, QFont.Weight.DemiBold)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def show_words(self, word: str, count: int | None = None) -> None:
        """Show a word and a count, None for no count."""
        self._count = "" if count is None else f"{count:,}"
        self.setText(word)
        self.setAccessibleName(f"{word} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for word and count."""
        width = QFontMetrics(self._font).horizontalAdvance(self.text()) + 20
        if self._count:
            width += QFontMetrics(self._count_font).horizontalAdvance(self._count) + 5
        return QSize(self._theme.px(width), self._theme.px(26))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._theme.enlarge(painter, self.rect())
        painter.setPen(QPen(QColor(tokens.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(QColor(tokens.selection))
        elif self.underMouse():
            painter.setBrush(QColor(tokens.hover))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        pill = QRectF(box).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        chosen = self.isChecked()
        painter.setFont(self._font)
        painter.setPen(QColor(tokens.selection_accent if chosen else tokens.text))
        inner = box.adjusted(10, 0, -10, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(self._count_font)
        painter.setPen(QColor(tokens.selection_accent if chosen else tokens.muted))
        painter.drawText(
            inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count
        )


class OneOf(QButtonGroup):
    """Buttons of which one is chosen, as the keyboard sees them: one stop on the way of Tab.

    Tab lands on the chosen one and the arrow keys lead on from there; Qt itself stops at the one
    that had the keyboard last, and before that at each of them.

    Args:
        buttons: All of them, each checkable.
        parent: Whose they are.
    """

    def __init__(self, buttons: Iterable[QAbstractButton], parent: QObject) -> None:
        super().__init__(parent)
        for button in buttons:
            self.addButton(button)
        self.buttonToggled.connect(self._lead_tab)
        self._lead_tab()

    def _lead_tab(self) -> None:
        """Let Tab come to the chosen button, to the first where none is."""
        stop = self.checkedButton() or next(iter(self.buttons()), None)
        for button in self.buttons():
            here = button is stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
