"""What stands in the window's frame: the banner, the pages, the sheets and toasts over them.

Put in once the frame is painted, because loading and building it takes several times as long.
Every intent of a part is handed on as the window's own.
"""

from PySide6 import QtGui
from PySide6.QtCore import Qt

from widgets import failures
from widgets.banner import Banner
from widgets.dashboard_page import DashboardPage
from widgets.endpoint_page import EndpointPage
from widgets.endpoint_panel import EndpointPanel, EndpointsPage
from widgets.first_run_page import FirstRunPage
from widgets.incidents_page import IncidentsPage
from widgets.main_window import MainWindow
from widgets.notifications_page import NotificationsPage
from widgets.pages import Page
from widgets.preferences import PreferencesPage
from widgets.read_only import ReadOnly
from widgets.statistics_page import StatisticsPage
from widgets.toast_stack import ToastStack
from widgets.window_sheets import WindowSheets

_EXAMPLE_URL = "https://example.com"


class Furniture:
    """The parts of one window that are not its frame.

    Attributes:
        pages: Every page.
        banner, toasts, sheets: What tells and what lies over them.
        read_only: Takes away what writes.

    Args:
        window: Its frame is there; these parts are put into it.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window, theme = window, window.theme
        self.banner = Banner(theme)
        self.dashboard, self.endpoints = DashboardPage(theme), EndpointsPage(theme)
        self.endpoint, self.incidents = EndpointPage(theme), IncidentsPage(theme)
        self.statistics, self.preferences = StatisticsPage(theme), PreferencesPage(theme)
        self.notifications, self.first_run = NotificationsPage(theme), FirstRunPage(theme)
        self.pages = {
            Page.DASHBOARD: self.dashboard,
            Page.ENDPOINTS: self.endpoints,
            Page.ENDPOINT: self.endpoint,
            Page.INCIDENTS: self.incidents,
            Page.STATISTICS: self.statistics,
            Page.NOTIFICATIONS: self.notifications,
            Page.PREFERENCES: self.preferences,
            Page.FIRST_RUN: self.first_run,
        }
        # Before the pages, as it stands: the Tab key takes what is put in in turn.
        window.column.insertWidget(1, self.banner)
        for page in self.pages.values():
            window.stack.addWidget(page)
        self.sheets = WindowSheets(theme, window.canvas, window)
        self.read_only = ReadOnly(window)
        self.toasts = ToastStack(theme, window.canvas)
        self.sheets.covering.connect(lambda _: self.toasts.leave_free(self.sheets.covered_px))
        self._connect_panels()
        self._connect_pages()

    def panel(self, page: Page) -> EndpointPanel | None:
        """Return the list of endpoints on a page, where there is one."""
        panels = {
            Page.DASHBOARD: self.dashboard.endpoints,
            Page.ENDPOINTS: self.endpoints.endpoints,
        }
        return panels.get(page)

    def _connect_panels(self) -> None:
        window = self._window
        for panel in (self.dashboard.endpoints, self.endpoints.endpoints):
            panel.view.opened.connect(window.opened)
            panel.view.check_requested.connect(window.check_requested)
            panel.view.pause_requested.connect(window.pause_requested)
            panel.view.delete_requested.connect(window.delete_requested)
            panel.view.edit_requested.connect(window.edit_requested)
            panel.tag_requested.connect(window.tag_requested)
            panel.interval_requested.connect(window.interval_requested)
            panel.add_requested.connect(window.add_requested)
            panel.example_requested.connect(self._add_example)
            panel.clear_requested.connect(window.header.clear_search)
        window.header.search_left.connect(self._go_to_found)

    def _connect_pages(self) -> None:
        window = self._window
        for signal, intent in (
            (self.endpoint.check_requested, window.check_requested),
            (self.endpoint.pause_requested, window.pause_requested),
            (self.endpoint.delete_requested, window.delete_requested),
        ):
            signal.connect(lambda found, to=intent: to.emit([found]))
        self.endpoint.edit_requested.connect(window.edit_requested)
        self.endpoint.named.connect(window.show_title)
        self.endpoint.incidents.view.chosen.connect(self._show_incident)
        pages = (self.dashboard.incidents, self.incidents, self.statistics, self.notifications)
        for page in pages:
            page.opened.connect(window.opened)
        self.statistics.add_requested.connect(window.add_requested)
        self.banner.retry_requested.connect(window.reconnect_requested)
        for more in (self.dashboard.incidents_requested, self.toasts.more_requested):
            more.connect(lambda: window.show_page(Page.INCIDENTS))

    def _go_to_found(self) -> None:
        """Put the keyboard on the first row that a search left, if it left any."""
        if self.panel(Page(self._window.page)) is None:
            self._window.show_page(Page.ENDPOINTS)
        panel = self.panel(Page(self._window.page))
        if panel is not None and panel.view.isVisible():
            panel.view.take_keyboard(Qt.FocusReason.ShortcutFocusReason)

    def _show_incident(self, incident_id: str) -> None:
        self._window.show_page(Page.INCIDENTS)
        self.incidents.show_incident(incident_id)

    def _add_example(self) -> None:
        self._window.add_requested.emit()
        self.sheets.form.get().suggest_url(_EXAMPLE_URL)


def furnish(window: MainWindow) -> MainWindow:
    """Put all of it into a window's frame; return the window."""
    window.furnish(Furniture(window))
    _learn()
    return window


def _learn() -> None:
    """Learn now, while nothing is shown yet, what the first painting of a list would wait for."""
    _ = QtGui.QGradient  # whoever fills a rectangle has Python learn the names of all gradients
    failures.in_words("")  # compiles what sentences are recognised by
