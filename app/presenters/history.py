"""Decides which parts of the past are loaded: those on the page that somebody looks at.

Wired by the composition root to the window's pages, to its being seen, to the line and to the
bridge. Charts, days and comparison load themselves.
"""

from collections.abc import Callable

from app.models.row_answers import DaysOf
from app.presenters.days import DaysPresenter
from app.presenters.endpoint_past import EndpointPastPresenter
from app.presenters.response import ResponsePresenter
from app.presenters.statistics import StatisticsPresenter
from app.services.rest import Rest
from app.state.change import Change
from app.state.store import Store
from app.tasks import TaskOwner
from widgets.main_window import MainWindow
from widgets.pages import Page


class HistoryPresenter:
    """The past, on every page.

    Args:
        window: Its pages show it.
        rest: Brings it.
        store: Brings what is newer.
        tasks: Owns the loads.
        show_days: Lets the lists ask for the days of a row.
    """

    def __init__(
        self,
        window: MainWindow,
        rest: Rest,
        store: Store,
        tasks: TaskOwner,
        show_days: Callable[[DaysOf], None],
    ) -> None:
        self._window = window
        self._seen = window.isVisible()
        self.days = DaysPresenter(rest, store, tasks, window)
        self.all_endpoints = ResponsePresenter(window.dashboard.response, rest, store, tasks)
        self.endpoint = ResponsePresenter(window.endpoint.response, rest, store, tasks)
        self.endpoint_past = EndpointPastPresenter(window.endpoint, rest, store, tasks)
        self.statistics = StatisticsPresenter(window.statistics, rest, store, tasks, self.days)
        self.endpoint.loaded.connect(self.endpoint_past.show_percentiles)
        self.days.changed.connect(lambda: show_days(self.days.days_of))
        window.endpoint.switched.connect(lambda _: self._look())
        self._look()

    def on_page(self, _: str) -> None:
        """Load what the new page shows."""
        self._look()

    def on_seen(self, seen: bool) -> None:
        """Load nothing while the window cannot be seen."""
        self._seen = seen
        self._look()

    def set_online(self, online: bool) -> None:
        """Load what was missed when the line is back."""
        for part in (self.days, self.all_endpoints, self.endpoint, self.endpoint_past):
            part.refresh.set_online(online)
        self.statistics.refresh.set_online(online)
        self.statistics.chart.refresh.set_online(online)

    def fail(self, why_not: str) -> None:
        """Say on every page why there will be no data; "" for data that can be had."""
        for chart in (self.all_endpoints, self.endpoint):
            chart.fail(why_not)
        self.statistics.fail(why_not)

    def on_change(self, change: Change) -> None:
        """Show what the store altered; new endpoints have days to be asked for."""
        if change.added or change.everything:
            self.days.refresh.soon()
        self.all_endpoints.on_change(change)
        self.endpoint.on_change(change)
        self.endpoint_past.on_change(change)
        self.statistics.on_change(change)

    def _look(self) -> None:
        page = self._window.page if self._seen else ""
        shown = self._window.endpoint.endpoint_id
        on_detail = page == Page.ENDPOINT and bool(shown)
        self.days.refresh.want(page in {Page.DASHBOARD, Page.ENDPOINTS, Page.STATISTICS})
        self.all_endpoints.look_at("" if page == Page.DASHBOARD else None)
        self.endpoint.look_at(shown if on_detail else None)
        self.endpoint_past.look_at(shown if on_detail else None)
        self.statistics.look(page == Page.STATISTICS)
