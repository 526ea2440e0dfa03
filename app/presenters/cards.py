"""Turns the store's totals into the cards, the chips' counts, the sidebar's and the title.

The composition root hands it every merged Change. It shows only what differs from before.
"""

from PySide6.QtCore import QCoreApplication

from app.state.change import Change, Part
from app.state.store import Store
from app.state.summary import Summary, summarize
from backend.contract.resources import IncidentView
from backend.contract.vocabulary import Status
from widgets.dashboard_page import Overview
from widgets.main_window import MainWindow
from widgets.pages import Page
from widgets.roles import EndpointFilter

_COUNTED = Part.SETTINGS | Part.STATUS | Part.STATISTICS | Part.INCIDENT


class CardsPresenter:
    """What is said of all endpoints together.

    Args:
        window: Shows it.
        store: Knows it.
        server: The name of the server joined, "" for a backend of our own.
    """

    def __init__(self, window: MainWindow, store: Store, server: str = "") -> None:
        self._window, self._store = window, store
        self._name = f"Vigil - {server}" if server else "Vigil"
        self._shown: Overview | None = None
        self._counts: dict[EndpointFilter, int] = {}
        self._open_incidents: int | None = None

    def on_change(self, change: Change) -> None:
        """Show new totals, if the store's change touches any."""
        listed = change.added or change.removed or change.touches_incidents or change.everything
        if listed or change.parts() & _COUNTED:
            self.refresh()

    def on_standing(self, change: Change) -> None:
        """Keep the title true also while the window is hidden and no merged Change comes."""
        standing = change.parts() & (Part.STATUS | Part.SETTINGS)
        if standing or change.added or change.removed or change.everything:
            self.show_title()

    def refresh(self) -> None:
        """Show the totals as they are."""
        self.show_title()
        summary = summarize(self._store)
        overview = overview_of(self._store, summary)
        if overview != self._shown:
            self._shown = overview
            self._window.dashboard.show_overview(overview)
        self._show_counts(summary)

    def _show_counts(self, summary: Summary) -> None:
        counts = {
            EndpointFilter.ALL: summary.total,
            EndpointFilter.DOWN: summary.down,
            EndpointFilter.DEGRADED: summary.degraded,
            EndpointFilter.UP: summary.up,
            EndpointFilter.UNKNOWN: summary.unknown,
            EndpointFilter.PAUSED: summary.paused,
        }
        if counts == self._counts and summary.active_incidents == self._open_incidents:
            return
        self._counts, self._open_incidents = counts, summary.active_incidents
        window = self._window
        for panel in (window.dashboard.endpoints, window.endpoints.endpoints):
            panel.filters.set_counts(counts)
        window.sidebar.set_counts(
            {Page.ENDPOINTS: summary.total, Page.INCIDENTS: summary.active_incidents}
            if summary.active_incidents
            else {Page.ENDPOINTS: summary.total}
        )

    def show_title(self) -> None:
        """Say in the window's title how many are down; it is read while the window is not."""
        down = self._store.tally.active[Status.DOWN]
        words = QCoreApplication.translate("presenters", "{count} down").format(count=down)
        self._window.setWindowTitle(f"{words} - {self._name}" if down else self._name)


def overview_of(store: Store, summary: Summary) -> Overview:
    """Return what the cards say of the store; of many names only the first, for it is said."""
    if not store.is_filled:
        return Overview(known=False)
    records = store.records
    longest_down = min(
        (records[key] for key in store.tally.down),
        key=lambda record: (record.view.status_since or record.view.updated_at, record.id),
        default=None,
    )
    newest = next((each for each in store.newest_incidents() if each.resolved_at is None), None)
    return Overview(
        total=summary.total,
        up=summary.up,
        down=summary.down,
        longest_down="" if longest_down is None else longest_down.view.name,
        slow=summary.degraded,
        first_slow=summary.slow_names[0] if summary.slow_names else "",
        waiting=summary.unknown,
        paused=summary.paused,
        uptime_24h=summary.uptime_24h,
        incidents=summary.active_incidents,
        newest_incident="" if newest is None else _name_at(store, newest),
    )


def _name_at(store: Store, incident: IncidentView) -> str:
    record = store.records.get(incident.endpoint_id)
    return incident.endpoint_name if record is None else record.view.name
