"""The window as a whole: pages and what each listens to, lists, seeing, closing, coming back.

Wired to the window's intents by the composition root. A page owns its stream of checks: the
dashboard and the list hear all, a detail page its endpoint, the others none.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from app.host.settings import SettingsFile
from app.models.endpoint_table import EndpointTableModel
from app.models.incident_list import IncidentListModel
from app.models.row_answers import DaysOf
from app.models.row_standing import Standings
from app.models.timeline import TimelineModel
from app.presenters.detail import DetailPresenter
from app.presenters.looks import Looks
from app.presenters.row_hold import RowHold
from app.services.subscriptions import ALL_CHECKS, Subscription, Subscriptions
from app.state.change import Change
from app.state.store import Store
from widgets.endpoint_panel import EndpointPanel
from widgets.incident_timeline import ENTRIES
from widgets.main_window import MainWindow
from widgets.pages import Page, ViewState
from widgets.roles import EndpointFilter


class WindowPresenter(QObject):
    """The frame around the pages.

    Signals:
        seen: Whether the window can be seen now.
        quit_requested: The program should end.
        went_to_tray: The window was closed into the tray for the first time.
    """

    seen = Signal(bool)
    quit_requested = Signal()
    went_to_tray = Signal()

    def __init__(
        self,
        window: MainWindow,
        store: Store,
        subscriptions: Subscriptions,
        detail: DetailPresenter,
        *,
        settings: SettingsFile,
        looks: Looks,
        has_tray: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._subscriptions, self._detail = subscriptions, detail
        self._settings, self._looks, self._has_tray = settings, looks, has_tray
        self._visible = window.isVisible()
        self._failure = ""
        self.incidents = IncidentListModel(store, parent=self)
        self._tables: dict[EndpointPanel, EndpointTableModel] = {}
        self._standings = Standings()
        self._holds: list[RowHold] = []
        for panel in (window.dashboard.endpoints, window.endpoints.endpoints):
            self._tables[panel] = self._fill(panel)
        self._timeline = TimelineModel(store, parent=self, most=ENTRIES)
        window.dashboard.incidents.set_model(self._timeline)
        window.incidents.set_model(self.incidents)
        window.dashboard.filter_requested.connect(
            lambda choice: self.filter(window.dashboard.endpoints, choice)
        )
        window.installEventFilter(self)
        self._show_states()
        self._subscribe()

    def _fill(self, panel: EndpointPanel) -> EndpointTableModel:
        table = EndpointTableModel(self._store, self, self._standings)
        panel.set_model(table)
        table.look_through(panel.view.rows_in_sight)
        self._holds.append(RowHold(panel.view, table))
        panel.filter_changed.connect(lambda choice: self.filter(panel, choice))
        panel.bulk.tags_wanted.connect(lambda: panel.bulk.show_known_tags(self._known_tags()))
        return table

    def _known_tags(self) -> list[str]:
        records = self._store.records.values()
        return sorted({tag for record in records for tag in record.view.tags}, key=str.casefold)

    def show_progress(self, words: str) -> None:
        """Say in the lists how far a step over many endpoints has come, "" when it is over."""
        for panel in self._tables:
            panel.show_progress(words)

    def on_change(self, change: Change) -> None:
        """Bring lists and states up to date with what the store altered."""
        for table in self._tables.values():
            table.apply(change)
        self.incidents.apply(change)
        self._timeline.apply(change)
        self._detail.on_change(change)
        if change.everything:
            self._show_states()

    def show_days(self, days_of: DaysOf) -> None:
        """Show the last days in the lists."""
        for table in self._tables.values():
            table.show_days(days_of)

    def filter(self, panel: EndpointPanel, choice: EndpointFilter) -> None:
        """Narrow a page's list to one state; the pressed state once more shows all again."""
        panel.set_filter(choice)
        self._tables[panel].set_filter(choice)
        self._say_whether_narrowed()

    def search(self, words: str) -> None:
        """Narrow both lists to what contains the words."""
        for table in self._tables.values():
            table.set_search(words)
        self._say_whether_narrowed()

    def open_endpoint(self, endpoint_id: str) -> None:
        """Bring the window to the front, on the page of an endpoint; "" keeps the page."""
        self.bring_to_front()
        if not endpoint_id:
            return
        if self._detail.open(endpoint_id):
            self._window.show_page(Page.ENDPOINT)
            self._subscribe()

    def put_in_order(self) -> None:
        """Sort the lists now, whatever the pointer is on."""
        for hold in self._holds:
            hold.release()

    def first_endpoint(self) -> str:
        """Return the endpoint at the top of the list, "" when there is none."""
        keys = self._tables[self._window.endpoints.endpoints].keys
        return keys[0] if keys else ""

    def on_page(self, name: str) -> None:
        """Listen to what the new page needs."""
        if name != Page.ENDPOINT:
            self._detail.close()
        self._subscribe()

    def fail(self, sentence: str) -> None:
        """Say in every list why there are no data; "" for data that can be had."""
        self._failure = sentence
        self._show_states()

    def bring_to_front(self) -> None:
        """Show the window and give it the keyboard."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    @property
    def is_in_front(self) -> bool:
        """Whether the user looks at the window."""
        window = self._window
        return window.isVisible() and not window.isMinimized() and window.isActiveWindow()

    def close(self) -> None:
        """Do what closing the window means: to the tray where there is one, else the end."""
        self._looks.keep()
        settings = self._settings.settings
        if not (settings.close_to_tray and self._has_tray()) or self._failure:
            self.quit_requested.emit()
            return
        self._window.hide()
        if not settings.tray_explained:
            self._settings.change("tray_explained", True)
            self.went_to_tray.emit()

    def _subscribe(self) -> None:
        self._subscriptions.page(self._wanted())
        for panel, table in self._tables.items():
            table.watch(panel.isVisibleTo(self._window))

    def _wanted(self) -> Subscription | None:
        match Page(self._window.page):
            case Page.DASHBOARD | Page.ENDPOINTS | Page.FIRST_RUN:
                return ALL_CHECKS
            case Page.ENDPOINT if self._detail.endpoint_id:
                return Subscription(self._detail.endpoint_id)
            case _:
                return None

    def _show_states(self) -> None:
        if self._failure:
            state, why = ViewState.ERROR, self._failure
        elif self._store.is_filled:
            state, why = ViewState.NORMAL, ""
        else:
            state, why = ViewState.LOADING, ""
        window = self._window
        for panel in self._tables:
            panel.show_state(state, why)
        for incidents in (window.dashboard.incidents, window.incidents):
            incidents.show_state(state, why)

    def _say_whether_narrowed(self) -> None:
        for panel, table in self._tables.items():
            panel.set_narrowed(table.is_narrowed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice when the window can be seen and when it cannot."""
        if watched is self._window and event.type() in {
            QEvent.Type.Show,
            QEvent.Type.Hide,
            QEvent.Type.WindowStateChange,
        }:
            visible = self._window.isVisible() and not self._window.isMinimized()
            if visible != self._visible:
                self._visible = visible
                self.seen.emit(visible)
        return super().eventFilter(watched, event)


def explanation() -> tuple[str, str]:
    """Return title and text for the first time the window goes to the tray."""
    return (
        QCoreApplication.translate("presenters", "Vigil keeps watching"),
        QCoreApplication.translate(
            "presenters",
            "It is in the tray now. Quit there, or change this in the preferences.",
        ),
    )
