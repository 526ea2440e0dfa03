"""A search field: a magnifier before the words, a cross after them, both as large as the text.

The header and the bar over the incidents have one. Qt's own icons in a field stay at 16 px
however large its text is.
"""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets import parts
from widgets.style import assets
from widgets.style.palette import Theme

ICON = 16
_BEFORE, _GAP, _CLEAR = 7, 5, 24
_EDGES = 18
"""What border and padding take of the width."""


class SearchEdit(QLineEdit):
    """A field whose hint is as long as there is room for.

    Attributes:
        clear_button: The cross, shown while there are words.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hint, self._key = "", ""
        self.setObjectName("search")
        self.clear_button = parts.IconButton(theme, "x", "flat", 14)
        self.clear_button.setParent(self)
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear_button.clicked.connect(self.clear)
        self.textChanged.connect(self._show_clear)
        theme.changed.connect(self._measure)
        self._measure()
        self._set_texts()

    def show_hint(self, hint: str, key: str) -> None:
        """Say what is searched, and by which key the keyboard gets here."""
        self._hint, self._key = hint, key
        self.setAccessibleName(hint)
        self._fit_hint()

    @property
    def least_width(self) -> int:
        """The width under which its shortest hint would be cut, in pixels."""
        words = self.fontMetrics().horizontalAdvance(self.tr("Search"))
        return self.textMargins().left() + _EDGES + words + 1

    def _fit_hint(self) -> None:
        room = self.width() - self.textMargins().left() - _EDGES
        hints = (f"{self._hint}   {self._key}".rstrip(), self._hint, self.tr("Search"))
        advance = self.fontMetrics().horizontalAdvance
        self.setPlaceholderText(next((each for each in hints if advance(each) <= room), hints[-1]))

    def _show_clear(self) -> None:
        """Show the cross while there are words, which end before it."""
        px, has_words = self._theme.px, bool(self.text())
        self.clear_button.setVisible(has_words)
        self.setTextMargins(px(_BEFORE + ICON + _GAP) - 2, 0, px(_CLEAR) if has_words else 0, 0)

    def _measure(self) -> None:
        """Take the size of the text."""
        self._show_clear()
        self._place()

    def _place(self) -> None:
        edge = self._theme.px(_CLEAR)
        self.clear_button.setFixedSize(edge, edge)
        right = self.width() - edge - self._theme.px(_GAP) + 1
        self.clear_button.move(right, (self.height() - edge) // 2)
        self._fit_hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and the magnifier."""
        super().paintEvent(event)
        size = self._theme.px(ICON)
        picture = assets.pixmap("search", self._theme.tokens.muted, size, self.devicePixelRatioF())
        place = QPoint(self._theme.px(_BEFORE), (self.height() - size) // 2)
        QPainter(self).drawPixmap(place, picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cross at the end."""
        super().resizeEvent(event)
        self._place()

    def _set_texts(self) -> None:
        self.clear_button.setToolTip(self.tr("Clear"))
        self.clear_button.setAccessibleName(self.tr("Clear"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
            self._fit_hint()
