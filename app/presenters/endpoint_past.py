"""The past of the endpoint on the detail page: uptimes, 90 days, percentiles, certificate.

The history presenter says which endpoint is looked at; percentiles come with its chart. Checks that
arrive move today's bar at once.
"""

import asyncio
from dataclasses import replace

from PySide6.QtCore import QObject

from app.presenters import figures, today
from app.presenters.refresh import Refresh
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.state.change import NO_PART, Change, Part
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.statistics import DailyUptime, LatencyView, TotalLatencyView, UptimeView
from backend.contract.vocabulary import Period
from widgets.endpoint_page import EndpointPage
from widgets.uptime_bars import DAYS

EVERY_MS = 300_000


class EndpointPastPresenter(QObject):
    """Tiles and days of the detail page."""

    def __init__(self, page: EndpointPage, rest: Rest, store: Store, tasks: TaskOwner) -> None:
        super().__init__(page)
        self._page, self._rest, self._store = page, rest, store
        self._told: DailyUptime | None = None
        self._endpoint_id = ""
        self.refresh = Refresh(self._load, tasks, EVERY_MS, "load an endpoint's past", self)
        page.days.retry_requested.connect(self.refresh.now)

    def look_at(self, endpoint_id: str | None) -> None:
        """Show an endpoint's past, None while nobody looks."""
        if endpoint_id is None:
            self.refresh.want(False)
            return
        switched, self._endpoint_id = endpoint_id != self._endpoint_id, endpoint_id
        if self.refresh.is_wanted and switched:
            self.refresh.now()
        self.refresh.want(True)

    def on_change(self, change: Change) -> None:
        """Move today's bar by what was checked."""
        if self.refresh.is_wanted and change.changed.get(self._endpoint_id, NO_PART) & Part.CHECKS:
            self._show_days()

    def show_percentiles(self, told: LatencyView | TotalLatencyView) -> None:
        """Show the percentiles of the chart's period."""
        values = told.statistics
        past = replace(
            self._page.tiles.past,
            p50_ms=values.p50,
            p95_ms=values.p95,
            p99_ms=values.p99,
            period=told.period,
        )
        self._page.tiles.show_past(past)

    async def _load(self) -> None:
        mine = self._endpoint_id
        week, month, days, endpoint = await asyncio.gather(
            self._rest.uptime(mine, Period.WEEK),
            self._rest.uptime(mine, Period.MONTH),
            self._rest.daily_uptime(mine, DAYS),
            self._rest.endpoint(mine),
        )
        if isinstance(days, RestFailure):
            self._page.days.fail(str(days))
        else:
            self._told = days
            self._show_days()
        past = self._page.tiles.past
        self._page.tiles.show_past(
            replace(
                past,
                uptime_7d=_percent(week),
                uptime_30d=_percent(month),
                certificate_until=(
                    None if isinstance(endpoint, RestFailure) else endpoint.certificate_until
                ),
            )
        )

    def _show_days(self) -> None:
        told, record = self._told, self._store.records.get(self._endpoint_id)
        if told is None or told.endpoint_id != self._endpoint_id:
            return  # another endpoint's: its own are on their way
        days = figures.days_of(told)
        if record is not None and told.until is not None and days:
            counted = today.Counted(told.until, told.days[-1].total_checks)
            days = today.counted_on(days, counted, record)
        self._page.days.show_days(days)


def _percent(told: UptimeView | RestFailure) -> float | None:
    return None if isinstance(told, RestFailure) else told.uptime
