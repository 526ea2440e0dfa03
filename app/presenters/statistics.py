"""The statistics page: the comparison, whom the chart can show, its numbers.

The history presenter says when the page is looked at and gives it its chart's presenter.
"""

from PySide6.QtCore import QObject

from app.models.comparison_table import ComparisonTableModel
from app.presenters import figures
from app.presenters.days import MANY, DaysPresenter
from app.presenters.refresh import Refresh
from app.presenters.response import ResponsePresenter
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.state.change import Change, Part
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.statistics import LatencyView, TotalLatencyView
from widgets.pages import ViewState
from widgets.statistics_page import StatisticsPage

EVERY_MS = 60_000


class StatisticsPresenter(QObject):
    """What the statistics page shows."""

    def __init__(
        self,
        page: StatisticsPage,
        rest: Rest,
        store: Store,
        tasks: TaskOwner,
        days: DaysPresenter,
    ) -> None:
        super().__init__(page)
        self._page, self._rest, self._store = page, rest, store
        self._is_filled = False
        self._why_not = ""
        self._days = days
        self.chart = ResponsePresenter(page.response, rest, store, tasks)
        self.table = ComparisonTableModel(days.days_of, page)
        self.refresh = Refresh(self._load, tasks, EVERY_MS, "load the comparison", self)
        page.set_model(self.table)
        page.states.show_state(ViewState.LOADING)
        days.changed.connect(self.table.show_days)
        page.subject_changed.connect(self._show_subject)
        page.retry_requested.connect(self.refresh.now)
        page.response.period_changed.connect(lambda _: self.refresh.now())
        self.chart.loaded.connect(self._show_figures)

    def look(self, looked_at: bool) -> None:
        """Begin or end to show the page."""
        if looked_at:
            self._name_subjects()
        self.refresh.want(looked_at)
        self.chart.look_at(self._page.subject if looked_at else None)

    def fail(self, why_not: str) -> None:
        """Say why there will be no data; "" for data that can be had."""
        self.chart.fail(why_not)
        if why_not != self._why_not and not self._is_filled:
            state = ViewState.ERROR if why_not else ViewState.LOADING
            self._page.states.show_state(state, why_not)
        self._why_not = why_not

    def on_change(self, change: Change) -> None:
        """Show what the store altered."""
        if not self.refresh.is_wanted:
            return
        self.chart.on_change(change)
        listed = change.added or change.removed or change.everything
        if listed or change.parts() & Part.SETTINGS:
            self._name_subjects()
            self.refresh.soon()
        # No check is heard on this page: an outage's beginning and end stand for them.
        if change.touches_incidents and len(self._store.records) <= MANY:
            self.refresh.soon()
            self._days.refresh.soon()

    def _name_subjects(self) -> None:
        named = [(record.id, record.view.name) for record in self._store.records.values()]
        self._page.show_subjects(sorted(named, key=lambda each: each[1].casefold()))

    def _show_subject(self, endpoint_id: str) -> None:
        if self.refresh.is_wanted:
            self.chart.look_at(endpoint_id)

    def _show_figures(self, told: LatencyView | TotalLatencyView) -> None:
        self._page.show_figures(figures.figures_of(told.statistics))

    async def _load(self) -> None:
        periods = self._page.response.periods
        period, span, words = periods.period, periods.span, periods.words
        told = await self._rest.comparison(period, span)
        if isinstance(told, RestFailure):
            if not self._is_filled:
                self._page.states.show_state(ViewState.ERROR, str(told))
            return
        self._is_filled = True
        self.table.show_rows(told.data)
        self._page.show_compared(words)
        self._page.states.show_state(ViewState.NORMAL)
