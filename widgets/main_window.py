"""The main window: sidebar, header, banner, pages, toasts and the endpoint form in one frame.

The composition root makes it; presenters talk to its parts and listen to its intents. It
decides nothing: closing, hiding and quitting are the application's.
"""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from widgets import headings
from widgets.banner import Banner
from widgets.connection_light import LinkState
from widgets.dashboard_page import DashboardPage
from widgets.endpoint_page import EndpointPage
from widgets.endpoint_panel import EndpointPanel, EndpointsPage
from widgets.first_run_page import FirstRunPage
from widgets.header import Header
from widgets.incidents_page import IncidentsPage
from widgets.notifications_page import NotificationsPage
from widgets.preferences import PreferencesPage
from widgets.read_only import ReadOnly
from widgets.roles import Page
from widgets.sidebar import ENTRIES, Sidebar
from widgets.statistics_page import StatisticsPage
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.toast_stack import ToastStack
from widgets.window_keys import WindowKeys
from widgets.window_sheets import WindowSheets

_EXAMPLE_URL = "https://example.com"


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
        header, sidebar, banner, toasts, form, channel_form, files, keys_sheet, token_sheet,
            read_only: The frame's parts.
        dashboard, endpoints, endpoint, incidents, statistics, notifications, preferences,
            first_run: The pages.
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
        self._theme = theme
        theme.changed.connect(self._share_out)
        self.setWindowIcon(assets.app_icon())
        self.setWindowTitle("Vigil")
        self.sidebar, self.header, self.banner = Sidebar(theme), Header(theme), Banner(theme)
        self.dashboard, self.endpoints = DashboardPage(theme), EndpointsPage(theme)
        self.endpoint, self.incidents = EndpointPage(theme), IncidentsPage(theme)
        self.statistics, self.preferences = StatisticsPage(theme), PreferencesPage(theme)
        self.notifications, self.first_run = NotificationsPage(theme), FirstRunPage(theme)
        self._pages: dict[Page, QWidget] = {
            Page.DASHBOARD: self.dashboard,
            Page.ENDPOINTS: self.endpoints,
            Page.ENDPOINT: self.endpoint,
            Page.INCIDENTS: self.incidents,
            Page.STATISTICS: self.statistics,
            Page.NOTIFICATIONS: self.notifications,
            Page.PREFERENCES: self.preferences,
            Page.FIRST_RUN: self.first_run,
        }
        self._page = Page.DASHBOARD
        self._came_from = Page.ENDPOINTS
        self._stack = QStackedWidget()
        self._ending = False
        self._keys = WindowKeys(self)
        canvas = self._lay_out()
        self._sheets = sheets = WindowSheets(theme, canvas, self)
        self.form, self.channel_form = sheets.form, sheets.channel_form
        self.files, self.keys_sheet = sheets.files, sheets.keys
        self.token_sheet, self.read_only = sheets.token, ReadOnly(self)
        self.toasts = ToastStack(theme, canvas)
        self._connect_intents()
        self._connect_keys()
        self.setMinimumSize(QSize(960, 640))
        self.resize(1280, 880)
        self._show(Page.DASHBOARD, Qt.FocusReason.OtherFocusReason)

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
        self._stack.setCurrentWidget(self._pages[page])
        self.sidebar.set_page(page.value)
        self._show_title()
        self._give_keyboard(reason)

    def _give_keyboard(self, reason: Qt.FocusReason) -> None:
        """Put the keyboard where its keys mean something, not on the sidebar's first entry."""
        if self._sheets.is_open:
            return
        place = panel.view if (panel := self._panel()) else self._pages[self._page]
        place.setFocus(reason)

    def _show_title(self) -> None:
        named = self._page is Page.ENDPOINT and self.endpoint.name
        title = named or headings.page_word(self._page)
        self.header.show_title(title, self._page is Page.ENDPOINT, self._page is Page.INCIDENTS)

    def _panel(self) -> EndpointPanel | None:
        found = {Page.DASHBOARD: self.dashboard.endpoints, Page.ENDPOINTS: self.endpoints.endpoints}
        return found.get(self._page)

    def _lay_out(self) -> QWidget:
        for page in self._pages.values():
            self._stack.addWidget(page)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(canvas)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(column, 1)
        self.setCentralWidget(canvas)
        return canvas

    def _connect_intents(self) -> None:
        for panel in (self.dashboard.endpoints, self.endpoints.endpoints):
            panel.view.opened.connect(self.opened)
            panel.view.check_requested.connect(self.check_requested)
            panel.view.pause_requested.connect(self.pause_requested)
            panel.view.delete_requested.connect(self.delete_requested)
            panel.view.edit_requested.connect(self.edit_requested)
            panel.tag_requested.connect(self.tag_requested)
            panel.interval_requested.connect(self.interval_requested)
            panel.add_requested.connect(self.add_requested)
            panel.example_requested.connect(self._add_example)
            panel.clear_requested.connect(self.header.clear_search)
        for signal, intent in (
            (self.endpoint.check_requested, self.check_requested),
            (self.endpoint.pause_requested, self.pause_requested),
            (self.endpoint.delete_requested, self.delete_requested),
        ):
            signal.connect(lambda found, to=intent: to.emit([found]))
        self.endpoint.edit_requested.connect(self.edit_requested)
        self.endpoint.named.connect(self._show_title)
        pages = (self.dashboard.incidents, self.incidents, self.statistics, self.notifications)
        for page in pages:
            page.opened.connect(self.opened)
        self.sidebar.page_requested.connect(self.show_page)
        self.dashboard.incidents_requested.connect(lambda: self.show_page(Page.INCIDENTS))
        self.header.back_requested.connect(self.go_back)
        self.header.add_requested.connect(self.add_requested)
        self.statistics.add_requested.connect(self.add_requested)
        self.header.search_changed.connect(self.search_changed)
        self.header.files.check_all_requested.connect(self.check_all_requested)
        self.header.files.keys_requested.connect(self.keys_sheet.open)
        self.header.files.quit_requested.connect(self.quit_requested)
        self.header.light.reconnect_requested.connect(self.reconnect_requested)
        self.banner.retry_requested.connect(self.reconnect_requested)
        self._sheets.covering.connect(self._cover)
        self.toasts.more_requested.connect(lambda: self.show_page(Page.INCIDENTS))

    def _connect_keys(self) -> None:
        keys = {
            "Ctrl+N": self.add_requested.emit,
            "Ctrl+F": self._search,
            "Ctrl+R": self._check_targets,
            "Ctrl+,": lambda: self.show_page(Page.PREFERENCES),
            "Ctrl+Z": self.toasts.undo,
            "F6": self.toasts.take_keyboard,
            "Alt+Left": self.header.back_requested.emit,
            **self.header.files.keys(),
            "Ctrl+?": self.keys_sheet.open,
        }
        for key, act in keys.items():
            self._keys.add(key, act)
        for place, (page, _) in enumerate(ENTRIES, start=1):
            go = partial(self._go, page, Qt.FocusReason.ShortcutFocusReason)
            self._keys.add(f"Ctrl+{place}", go)
        self._keys.add("Ctrl+Q", self.quit_requested.emit, always=True)

    def _cover(self, covered: bool) -> None:
        self._keys.cover(covered)
        if not covered:
            self._give_keyboard(Qt.FocusReason.OtherFocusReason)

    def _add_example(self) -> None:
        self.add_requested.emit()
        self.form.suggest_url(_EXAMPLE_URL)

    def _search(self) -> None:
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
        narrow = self.width() < self._theme.px(Space.NARROW_BELOW)
        self.sidebar.set_narrow(narrow)
        timeline = self._theme.px(Space.TIMELINE_NARROW if narrow else Space.TIMELINE)
        timeline = min(timeline, self.width() // 3)
        self.dashboard.incidents.setFixedWidth(timeline)
        self.endpoint.incidents.setFixedWidth(timeline)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_title()
