"""Fills a chart of response times: of one endpoint or of all, for the period that is chosen.

Each panel has one. Loaded by REST when it is looked at and every minute; between two loads checks
that arrive are added at its end, at most once a second.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from app.presenters import figures
from app.presenters.refresh import Refresh
from app.services.failures import NotFound, RestFailure
from app.services.rest import Rest
from app.state.change import Change, Part
from app.state.rings import Check
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.statistics import LatencyView, TotalLatencyView
from backend.contract.vocabulary import Period
from widgets.response_panel import ResponsePanel
from widgets.series import Series

EVERY_MS = 60_000
_LIVE_MS = 1000
_FEW_ENDPOINTS = 200
_YOUNG = timedelta(minutes=30)


class ResponsePresenter(QObject):
    """The values of one panel.

    Args:
        panel: Shows them.
        rest: Brings them.
        store: Brings what is newer.
        tasks: Owns the loads.
        now: The present time (aware).

    Signals:
        loaded: What the backend told (LatencyView or TotalLatencyView).
    """

    loaded = Signal(object)

    def __init__(
        self,
        panel: ResponsePanel,
        rest: Rest,
        store: Store,
        tasks: TaskOwner,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(panel)
        self._panel, self._rest, self._store, self._now = panel, rest, store, now
        self._subject: str | None = None
        self._why_not = ""
        self._told: LatencyView | TotalLatencyView | None = None
        self.refresh = Refresh(self._load, tasks, EVERY_MS, "load response times", self)
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.setInterval(_LIVE_MS)
        self._live.timeout.connect(self._show)
        panel.period_changed.connect(self._anew)
        panel.retry_requested.connect(self.refresh.now)

    def fail(self, why_not: str) -> None:
        """Say why there will be no data; "" for data that can be had."""
        if why_not == self._why_not:
            return
        self._why_not = why_not
        if self._told is None:
            self._panel.fail(why_not)

    def look_at(self, subject: str | None) -> None:
        """Show an endpoint by its id, "" for all of them, None while nobody looks."""
        if subject is None:
            self._live.stop()
            self.refresh.want(False)
        elif subject != self._subject:
            self._subject = subject
            self._panel.forget()
            self.refresh.want(True)
            self._anew()
        else:
            self.refresh.want(True)

    def on_change(self, change: Change) -> None:
        """Add what the store altered, soon."""
        if not self.refresh.is_wanted or self._told is None or self._live.isActive():
            return
        mine = change.changed.get(self._subject or "", change.parts())
        if change.touches_incidents or (mine & Part.CHECKS):
            self._live.start()

    def _anew(self) -> None:
        self._told = None
        if self._why_not:
            self._panel.fail(self._why_not)
        self.refresh.now()

    async def _load(self) -> None:
        told = await self._ask(self._subject or "")
        if isinstance(told, RestFailure):
            if not isinstance(told, NotFound):
                self._panel.fail(str(told))
            return
        self._told = told
        self._show()
        self.loaded.emit(told)

    async def _ask(self, subject: str) -> LatencyView | TotalLatencyView | RestFailure:
        period, span = self._panel.periods.period, self._panel.periods.span
        if subject:
            return await self._rest.response_time(subject, period, span)
        return await self._rest.total_response_time(period, span)

    def _show(self) -> None:
        told = self._told
        if told is None:
            return
        series = self._series(told)
        spans = figures.outages(self._store.incidents, told, self._subject or "")
        self._panel.show_series(
            Series(series.start, series.end, series.step_s, series.points, spans), told.period
        )

    def _series(self, told: LatencyView | TotalLatencyView) -> Series:
        series, now = figures.series_of(told), self._now()
        if told.period is Period.CUSTOM:
            return series
        records = self._store.records
        if not self._subject and len(records) > _FEW_ENDPOINTS:
            return series
        chosen = list(records.values()) if not self._subject else [records.get(self._subject)]
        checks: list[Check] = []
        for record in chosen:
            checks.extend(() if record is None else record.checks)
        if figures.is_young(series) and all(
            record is None or now - record.view.created_at < _YOUNG for record in chosen
        ):
            return figures.series_of_checks(checks, now) or series
        return figures.extended(series, checks, now)
