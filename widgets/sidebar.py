"""The sidebar: one entry per page, counts or a warning beside them, icons only in a narrow window.

The window owns it. A page is added by adding an entry to ``ENTRIES``.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from widgets import pages
from widgets.pages import Page
from widgets.parts import plain_tip
from widgets.style import assets, marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Radius, Space, Type

ENTRIES: tuple[tuple[Page, str], ...] = (
    (Page.DASHBOARD, "layout-dashboard"),
    (Page.ENDPOINTS, "activity"),
    (Page.INCIDENTS, "triangle-alert"),
    (Page.STATISTICS, "chart-column"),
    (Page.NOTIFICATIONS, "bell"),
)
FOOT: tuple[tuple[Page, str], ...] = ((Page.PREFERENCES, "settings"),)


class Sidebar(QWidget):
    """The way between pages.

    Signals:
        page_requested: The user chose a page (its name).
    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._entries = {page: Entry(theme, icon) for page, icon in ENTRIES + FOOT}
        self._group = QButtonGroup(self)
        self._mark = Wordmark(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 16)
        column.setSpacing(4)
        column.addWidget(self._mark)
        for page, entry in self._entries.items():
            if page is FOOT[0][0]:
                column.addStretch(1)
            column.addWidget(entry)
            self._group.addButton(entry)
            entry.clicked.connect(lambda _=False, p=page: self.page_requested.emit(p.value))
        self._theme, self._narrow = theme, False
        theme.changed.connect(lambda: self.set_narrow(self._narrow))
        self.set_narrow(False)
        self._set_texts()

    def set_page(self, page: str) -> None:
        """Light the entry of a page; a detail page lights the list it belongs to, the first
        steps the dashboard they stand before."""
        belongs_to = {Page.ENDPOINT: Page.ENDPOINTS, Page.FIRST_RUN: Page.DASHBOARD}
        shown = belongs_to.get(Page(page), Page(page))
        self._entries[shown].setChecked(True)
        for each, entry in self._entries.items():
            # Tab comes to the page that is shown; the arrow keys lead on from there.
            here = each is shown
            entry.setFocusPolicy(Qt.FocusPolicy.TabFocus if here else Qt.FocusPolicy.NoFocus)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show a number beside pages; a page that is not named has none."""
        for page, entry in self._entries.items():
            entry.show_count(counts.get(page.value))

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons and words."""
        self._narrow = narrow
        width = Space.SIDEBAR_NARROW if narrow else Space.SIDEBAR
        self.setFixedWidth(self._theme.px(width))
        self._mark.set_narrow(narrow)
        for entry in self._entries.values():
            entry.set_narrow(narrow)

    def entry(self, page: Page) -> "Entry":
        """Return the entry of a page."""
        return self._entries[page]

    def _set_texts(self) -> None:
        self.setAccessibleName(self.tr("Pages"))
        for page, entry in self._entries.items():
            entry.show_word(pages.page_word(page))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class Entry(QAbstractButton):
    """One page: icon, word, count."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, icon
        self._count: int | None = None
        self._warning = ""
        self._narrow = False
        self._font = assets.font(Type.TEXT)
        self._count_font = assets.numbers(Type.TEXT - 1)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(34))
        self.update()

    @property
    def count(self) -> int | None:
        """The number beside the word."""
        return self._count

    def show_word(self, word: str) -> None:
        """Name the page."""
        self.setText(word)
        self._tell()

    def show_count(self, count: int | None) -> None:
        """Show a number, None for no number."""
        self._count = count
        self._tell()

    def show_warning(self, words: str) -> None:
        """Show that something on the page wants to be looked at, and what; "" for nothing."""
        if words != self._warning:
            self._warning = words
            self._tell()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only, the word as a tooltip."""
        self._narrow = narrow
        self._tell()

    def _tell(self) -> None:
        words = self.text() if self._count is None else f"{self.text()} {self._count}"
        if self._warning:
            words = f"{words}: {self._warning}"
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words if self._narrow else self._warning))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of an entry; the sidebar gives the width."""
        return QSize(self._theme.px(36), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entry."""
        tokens, chosen = self._theme.tokens, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._theme.enlarge(painter, self.rect())
        painter.setPen(QPen(QColor(tokens.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        ground = (
            tokens.selection if chosen else tokens.line if self.underMouse() else tokens.sidebar
        )
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), Radius.ROW, Radius.ROW)
        if chosen:
            # Not fillRect(): it makes Python learn the names of all of Qt's gradients.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent))
            painter.drawRect(QRectF(0, 7, 3, box.height() - 14))
        colour = tokens.selection_accent if chosen else tokens.muted
        sharp = self.devicePixelRatioF() * self._theme.scale
        picture = assets.pixmap(self._icon, colour, 18, sharp)
        left = (box.width() - 18) // 2 if self._narrow else 12
        painter.drawPixmap(left, (box.height() - 18) // 2, picture)
        if not self._narrow:
            self._paint_words(painter, box)
        if self._warning:
            # In little room it sits on the icon's corner.
            size = 10 if self._narrow else 16
            right = left + 22 if self._narrow else box.width() - 12
            top = 4 if self._narrow else (box.height() - size) // 2
            where = QRectF(right - size, top, size, size)
            marks.draw(painter, where, Shape.WARNING, tokens.connecting)

    def _paint_words(self, painter: QPainter, box: QRect) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._font)
        painter.setPen(QColor(tokens.selection_text if self.isChecked() else tokens.text))
        inner = QRect(42, 0, box.width() - 54, box.height())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count is not None:
            painter.setFont(self._count_font)
            painter.setPen(QColor(tokens.selection_muted if self.isChecked() else tokens.muted))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, right, f"{self._count:,}")


class Wordmark(QWidget):
    """The product's mark and name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._narrow = False
        self._font = assets.font(16, QFont.Weight.Bold)
        self.setAccessibleName("Vigil")
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(Space.HEADER))
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the mark only."""
        self._narrow = narrow
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark and name."""
        painter = QPainter(self)
        box = self._theme.enlarge(painter, self.rect())
        left = (box.width() - 24) // 2 if self._narrow else 10
        picture = assets.pixmap("vigil", "", 24, self.devicePixelRatioF() * self._theme.scale)
        painter.drawPixmap(left, (box.height() - 24) // 2, picture)
        if not self._narrow:
            painter.setFont(self._font)
            painter.setPen(QColor(self._theme.tokens.text))
            where = box.adjusted(44, 0, 0, 0)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, "Vigil")
