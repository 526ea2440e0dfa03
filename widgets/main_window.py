"""The main window: sidebar and header at once, then the pages and what lies over them.

The stage makes it and shows it as the frame it is, with a sentence where the page will be; what
stands in it (``widgets/furniture``) is loaded and put in once that is painted. Presenters talk to
its parts and listen to its intents. It decides nothing: closing, hiding and quitting are the
application's.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from widgets import pages, parts
from widgets.connection_light import LinkState
from widgets.header import Header
from widgets.pages import Page
from widgets.sidebar import ENTRIES, Sidebar
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.window_keys import WindowKeys, ask_for_menu

if TYPE_CHECKING:
    from widgets.channel_form import ChannelForm
    from widgets.endpoint_form import EndpointForm
    from widgets.endpoint_panel import EndpointPanel
    from widgets.furniture import Furniture
    from widgets.keys_sheet import KeysSheet
    from widgets.token_sheet import TokenSheet


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        page_changed: Another page is shown (its name).
        close_requested: The user closed the window; it stays until somebody hides it.
        quit_requested: Ctrl+Q.
        opened: Show an endpoint's page (its id).
        add_requested: Open the form for a new endpoint.
        edit_requested: Open the form for an endpoint (its id).
        check_requested: Check these endpoints now (list of ids).
        check_all_requested: Check every endpoint now.
        pause_requested: Pause or resume these endpoints (list of ids).
        delete_requested: Delete these endpoints (list of ids).
        tag_requested: Add a tag to these endpoints (list of ids, the tag, True), or take it away.
        interval_requested: Check these endpoints every so many seconds (list of ids, seconds).
        search_changed: The words in the search field.
        reconnect_requested: Connect now.

    Attributes:
        header, sidebar: The frame's parts; those of its furniture are there once it is put in.
        theme: Its look.
        canvas: What all of it stands on.
        column: Header, banner and page, from top to bottom.
        stack: The pages.
    """

    page_changed = Signal(str)
    close_requested = Signal()
    quit_requested = Signal()
    opened = Signal(str)
    add_requested = Signal()
    edit_requested = Signal(str)
    check_requested = Signal(list)
    check_all_requested = Signal()
    pause_requested = Signal(list)
    delete_requested = Signal(list)
    tag_requested = Signal(list, str, bool)
    interval_requested = Signal(list, int)
    search_changed = Signal(str)
    reconnect_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        theme.changed.connect(self._share_out)
        self.setWindowIcon(assets.app_icon())
        self.setWindowTitle("Vigil")
        self.sidebar, self.header = Sidebar(theme), Header(theme)
        self.canvas, self.column, self.stack = QWidget(), QVBoxLayout(), QStackedWidget()
        self._waiting = parts.label("muted", self.tr("Loading..."))
        self._furniture: Furniture | None = None
        self._page = Page.DASHBOARD
        self._came_from = Page.ENDPOINTS
        self._ending = False
        self._keys = WindowKeys(self)
        self._lay_out()
        self._connect_frame()
        self._connect_keys()
        self.setMinimumSize(QSize(960, 640))
        self.resize(1280, 880)
        self._show(Page.DASHBOARD, Qt.FocusReason.OtherFocusReason)

    def furnish(self, furniture: "Furniture") -> None:
        """Put the pages in, and what lies over them."""
        self._furniture = furniture
        self.banner, self.toasts = furniture.banner, furniture.toasts
        self.read_only = furniture.read_only
        self.dashboard, self.endpoints = furniture.dashboard, furniture.endpoints
        self.endpoint, self.incidents = furniture.endpoint, furniture.incidents
        self.statistics, self.preferences = furniture.statistics, furniture.preferences
        self.notifications, self.first_run = furniture.notifications, furniture.first_run
        self.sheets, self.files = furniture.sheets, furniture.sheets.files
        self.sheets.covering.connect(self._cover)
        self.header.files.keys_requested.connect(self._open_keys)
        self._keys.add("Ctrl+Z", self.toasts.undo)
        self._keys.add("F6", self.toasts.take_keyboard)
        self._keys.add("Ctrl+?", self._open_keys)
        self.stack.setCurrentWidget(furniture.pages[self._page])
        self.stack.removeWidget(self._waiting)
        self._waiting.deleteLater()
        self._share_out()
        if self.focusWidget() in (None, self):  # else somebody has put it where it is
            self._give_keyboard(Qt.FocusReason.OtherFocusReason)

    @property
    def form(self) -> "EndpointForm":
        """The sheet that adds and edits endpoints, built if it was not there; likewise below."""
        return self.sheets.form.get()

    @property
    def channel_form(self) -> "ChannelForm":
        """The sheet that adds and edits channels."""
        return self.sheets.channel_form.get()

    @property
    def keys_sheet(self) -> "KeysSheet":
        """The sheet that tells which keys there are."""
        return self.sheets.keys.get()

    @property
    def token_sheet(self) -> "TokenSheet":
        """The sheet that asks for a token."""
        return self.sheets.token.get()

    @property
    def page(self) -> str:
        """The name of the page shown."""
        return self._page.value

    def show_page(self, name: str) -> None:
        """Show a page by its name and tell so."""
        self._go(Page(name), Qt.FocusReason.OtherFocusReason)

    def show_link(self, state: LinkState) -> None:
        """Show how the line to the backend stands."""
        self.header.light.show_link(state)

    def target_ids(self) -> list[str]:
        """Return the endpoints that keys speak of: the selected ones, or the one shown."""
        if self._page is Page.ENDPOINT:
            return [self.endpoint.endpoint_id] if self.endpoint.endpoint_id else []
        panel = self._panel()
        return panel.view.selected_ids() if panel else []

    def close_for_good(self) -> None:
        """Close without asking: the program ends. Qt does not quit while a window refuses."""
        self._ending = True
        self.close()

    def go_back(self) -> None:
        """Leave a detail page for where the user came from."""
        self.show_page(self._came_from.value)

    def _go(self, page: Page, reason: Qt.FocusReason) -> None:
        if page is self._page:
            self._give_keyboard(reason)
            return
        if page is Page.ENDPOINT:
            self._came_from = self._page
        self._show(page, reason)
        self.page_changed.emit(page.value)

    def _show(self, page: Page, reason: Qt.FocusReason) -> None:
        self._page = page
        if self._furniture is not None:
            self.stack.setCurrentWidget(self._furniture.pages[page])
        self.sidebar.set_page(page.value)
        self.show_title()
        self._give_keyboard(reason)

    def _give_keyboard(self, reason: Qt.FocusReason) -> None:
        """Put the keyboard where its keys mean something, not on the sidebar's first entry."""
        furniture = self._furniture
        if furniture is None:
            self.setFocus(reason)
            return
        if furniture.sheets.is_open:
            return
        panel = furniture.panel(self._page)
        take = panel.view.take_keyboard if panel else furniture.pages[self._page].setFocus
        take(reason)

    def show_title(self) -> None:
        """Show the name of what is shown."""
        is_one = self._page is Page.ENDPOINT and self._furniture is not None
        named = self.endpoint.name if is_one else ""
        title = named or pages.page_word(self._page)
        self.header.show_title(title, self._page is Page.ENDPOINT, self._page is Page.INCIDENTS)

    def _panel(self) -> "EndpointPanel | None":
        return self._furniture.panel(self._page) if self._furniture is not None else None

    def _lay_out(self) -> None:
        self.canvas.setObjectName("canvas")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self._waiting)
        self.column.setSpacing(0)
        self.column.addWidget(self.header)
        self.column.addWidget(self.stack, 1)
        row = QHBoxLayout(self.canvas)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(self.column, 1)
        self.setCentralWidget(self.canvas)

    def _connect_frame(self) -> None:
        self.sidebar.page_requested.connect(self.show_page)
        self.header.back_requested.connect(self.go_back)
        self.header.add_requested.connect(self.add_requested)
        self.header.search_changed.connect(self.search_changed)
        self.header.files.check_all_requested.connect(self.check_all_requested)
        self.header.files.quit_requested.connect(self.quit_requested)
        self.header.light.reconnect_requested.connect(self.reconnect_requested)

    def _connect_keys(self) -> None:
        keys = {
            "Ctrl+N": self.add_requested.emit,
            "Ctrl+F": self._search,
            "Ctrl+R": self._check_targets,
            "Ctrl+,": lambda: self.show_page(Page.PREFERENCES),
            "Alt+Left": self.header.back_requested.emit,
            **self.header.files.keys(),
        }
        for key, act in keys.items():
            self._keys.add(key, act)
        for place, (page, _) in enumerate(ENTRIES, start=1):
            go = partial(self._go, page, Qt.FocusReason.ShortcutFocusReason)
            self._keys.add(f"Ctrl+{place}", go)
        self._keys.add("Shift+F10", ask_for_menu, always=True)
        self._keys.add("Ctrl+Q", self.quit_requested.emit, always=True)

    def _open_keys(self) -> None:
        self.keys_sheet.open()

    def _cover(self, covered: bool) -> None:
        self._keys.cover(covered)
        if not covered:
            self._give_keyboard(Qt.FocusReason.OtherFocusReason)

    def _search(self) -> None:
        if self._furniture is None:  # every page may be searched, and only the header can be yet
            self.header.focus_search()
            return
        if self._page is Page.INCIDENTS:
            self.incidents.focus_search()
            return
        if self._panel() is None:
            self.show_page(Page.ENDPOINTS)
        self.header.focus_search()

    def _check_targets(self) -> None:
        if ids := self.target_ids():
            self.check_requested.emit(ids)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what closing means; the window stays until it is hidden or the program ends."""
        if self._ending:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the sidebar in a narrow window."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        narrow = self.width() < self.theme.px(Space.NARROW_BELOW)
        self.sidebar.set_narrow(narrow)
        if self._furniture is None:
            return
        timeline = self.theme.px(Space.TIMELINE_NARROW if narrow else Space.TIMELINE)
        timeline = min(timeline, self.width() // 3)
        self.dashboard.set_timeline(timeline)
        self.endpoint.set_timeline(timeline)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_title()
