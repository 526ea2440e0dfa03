"""The last days of all endpoints, for the bars in the lists.

Loaded when a list is looked at and every minute, or every ten where there are many endpoints.
Lists ask it for the days of a row when they paint it.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from PySide6.QtCore import QObject, Signal

from app.presenters import figures
from app.presenters.refresh import Refresh
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.tasks import TaskOwner
from backend.contract.statistics import UptimeRow
from widgets.series import UptimeDay
from widgets.uptime_bars import CELL_DAYS

EVERY_MS = 60_000
MANY = 500
MANY_EVERY_MS = 600_000
_REMEMBERED = 512


class DaysPresenter(QObject):
    """What is known of the last days.

    Signals:
        changed: Other days are known.
    """

    changed = Signal()

    def __init__(self, rest: Rest, tasks: TaskOwner, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = rest
        self._dates: Sequence[date] = ()
        self._rows: dict[str, UptimeRow] = {}
        self.refresh = Refresh(self._load, tasks, EVERY_MS, "load the last days", self)
        # Ten thousand endpoints have 300,000 days: values are made for rows that are painted.
        self._made = lru_cache(_REMEMBERED)(self._make)

    def days_of(self, endpoint_id: str) -> tuple[UptimeDay, ...]:
        """Return the last days of an endpoint, oldest first; none when they are not known."""
        return self._made(endpoint_id)

    def _make(self, endpoint_id: str) -> tuple[UptimeDay, ...]:
        row = self._rows.get(endpoint_id)
        return () if row is None else figures.days_of_row(self._dates, row)

    async def _load(self) -> None:
        told = await self._rest.daily_uptimes(CELL_DAYS)
        if isinstance(told, RestFailure):
            return  # the bars are a side dish: what was known stays
        self._dates = told.dates
        self._rows = {row.endpoint_id: row for row in told.data}
        self._made.cache_clear()
        self.refresh.set_every(MANY_EVERY_MS if len(self._rows) > MANY else EVERY_MS)
        self.changed.emit()
