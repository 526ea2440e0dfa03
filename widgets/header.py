"""The strip at the top of the window: title, way back, search, adding, connection light.

The window owns it and the presenters listen to it.
"""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from widgets import parts, phrases, quiet_phrases
from widgets.connection_light import ConnectionLight
from widgets.file_menu import FileMenu
from widgets.parts import plain_tip
from widgets.read_only import writes
from widgets.search_edit import SearchEdit
from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.window_keys import key_of

_SEARCH_KEY = "Ctrl+F"
_SEARCH, _TITLE = 140, 150
"""Room for the search field, and for the title of every page; a name may be shortened."""


class Header(QWidget):
    """Title and the actions that are the same on every page.

    Signals:
        back_requested: Leave a detail page.
        search_changed: The words in the search field.
        search_left: The keyboard goes on to what was found.
        add_requested: Open the form for a new endpoint.
        resume_requested: End the pause of alerts.

    Attributes:
        light: The connection light.
        files: Import, export and report.
        quiet: Shown while alerts are paused; a press ends the pause.
    """

    back_requested = Signal()
    search_changed = Signal(str)
    search_left = Signal()
    add_requested = Signal()
    resume_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.light = ConnectionLight(theme)
        self._back = parts.IconButton(theme, "arrow-left")
        self._title = parts.ElidedLabel("title")
        self._search, self._search_key = SearchEdit(theme), _SEARCH_KEY
        self._add = parts.IconButton(theme, "plus", "primary")
        self._worded = 0
        self.files = FileMenu(theme)
        self.quiet = parts.IconButton(theme, "bell-off", "flat")
        self._quiet_until: datetime | None = None
        self.quiet.hide()
        writes(self._add)
        self._lay_out()
        self._back.hide()
        self._back.clicked.connect(self.back_requested)
        self._search.textChanged.connect(self.search_changed)
        self._search.returnPressed.connect(self.search_left)
        key_of(self._search, "Esc", self.clear_search)
        key_of(self._search, "Down", self.search_left.emit)
        self._add.clicked.connect(self.add_requested)
        self.quiet.clicked.connect(self.resume_requested)
        theme.changed.connect(self._measure)
        self._measure()
        self._set_texts()

    @property
    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    @property
    def search_field(self) -> QLineEdit:
        """The search field."""
        return self._search

    def show_title(self, title: str, can_go_back: bool = False, has_search: bool = False) -> None:
        """Show a page's title, the way back on a detail page, the key where it leads here."""
        self._title.setText(title)
        self._back.setVisible(can_go_back)
        self._search_key = "" if has_search else _SEARCH_KEY
        self._search.show_hint(self.tr("Search endpoints"), self._search_key)

    def show_quiet(self, until: datetime | None) -> None:
        """Show until when alerts are paused (aware); None for not at all."""
        self._quiet_until = until
        self.quiet.setVisible(until is not None)
        self._set_texts()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def clear_search(self) -> None:
        """Empty the search field."""
        self._search.clear()

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 0, Space.MARGIN, 0)
        row.setSpacing(12)
        row.addWidget(self._back)
        row.addWidget(self._title, 1)
        row.addWidget(self._search, 1)
        row.addWidget(self.quiet)
        row.addWidget(self._add)
        row.addWidget(self.light)
        row.addWidget(self.files)

    def _measure(self) -> None:
        """Take the size of the text."""
        self.setFixedHeight(self._theme.px(Space.HEADER))
        self._search.setMaximumWidth(self._theme.px(262))
        self._back.setFixedWidth(self._theme.px(34))
        self._search.setMinimumWidth(max(_SEARCH, self._search.least_width))

    def _set_texts(self) -> None:
        self._search.show_hint(self.tr("Search endpoints"), self._search_key)
        self._search.setToolTip(self.tr("Name, URL or tag; tag:payments finds one tag alone"))
        for say in (self._add.setAccessibleName, self._add.setText):
            say(self.tr("Add endpoint"))
        self._add.setToolTip(self.tr("Add an endpoint (Ctrl+N)"))
        self._back.setToolTip(self.tr("Back"))
        self._back.setAccessibleName(self.tr("Back"))
        if self._quiet_until is not None:
            words = quiet_phrases.paused_until(self._quiet_until, datetime.now(UTC))
            self.quiet.setText(phrases.clock(self._quiet_until))
            self.quiet.setAccessibleName(words)
            said = "\n".join((words, self.tr("Click to resume them now")))
            self.quiet.setToolTip(plain_tip(said))
        self._fit()

    def _fit(self) -> None:
        """Let the button go without its words where those that only stand here need the room."""
        title = self._title.fontMetrics().horizontalAdvance(self._title.text()) + 1
        self._title.setMinimumWidth(min(title, self._theme.px(_TITLE)))
        needed, width = self._row.minimumSize().width(), self._add.sizeHint().width()
        brief = self.light.sizeHint().width()
        needed += self.light.full_width - brief
        if self._add.text():
            self._worded = width
        else:
            needed += self._worded - width
        words = "" if needed > self.width() else self._add.accessibleName()
        if words != self._add.text():
            self._add.setText(words)
            self._row.activate()
        wordless = needed - self._worded + self._add.minimumSizeHint().width()
        self.light.set_brief(not words and wordless > self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the best of another width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Make the best of other words in it."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
