"""The last days of all endpoints, for the bars in the lists.

Loaded when a list is looked at and every minute, or every ten where there are many endpoints.
Lists ask it for the days of a row when they paint it, which a check makes them do: what was
checked since the load is counted on then, for the rows in sight and no others.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.presenters import figures, today
from app.presenters.refresh import Refresh
from app.services.failures import RestFailure
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.statistics import UptimeRow
from widgets.series import UptimeDay
from widgets.uptime_bars import CELL_DAYS

EVERY_MS = 60_000
MANY = 500
MANY_EVERY_MS = 600_000
_REMEMBERED = 512


class _Made(NamedTuple):
    """Days of a row that was painted: as they were loaded, and with what was checked until then."""

    newest_ms: int | None
    loaded: tuple[UptimeDay, ...]
    counted: tuple[UptimeDay, ...]


class DaysPresenter(QObject):
    """What is known of the last days.

    Signals:
        changed: Other days are known.
    """

    changed = Signal()

    def __init__(self, rest: Rest, store: Store, tasks: TaskOwner, parent: QObject) -> None:
        super().__init__(parent)
        self._rest, self._store = rest, store
        self._dates: Sequence[date] = ()
        self._until: datetime | None = None
        self._rows: dict[str, UptimeRow] = {}
        self.refresh = Refresh(self._load, tasks, EVERY_MS, "load the last days", self)
        # Ten thousand endpoints have 300,000 days: values are made for rows that are painted.
        self._made: dict[str, _Made] = {}

    def days_of(self, endpoint_id: str) -> tuple[UptimeDay, ...]:
        """Return the last days of an endpoint, oldest first; none when they are not known."""
        record, row = self._store.records.get(endpoint_id), self._rows.get(endpoint_id)
        if row is None:
            return ()
        # What may have been checked since is told by the newest check.
        newest_ms = record.checks.newest_ms if record else None
        made = self._made.get(endpoint_id)
        if made is None and len(self._made) >= _REMEMBERED:
            self._made.clear()
        if made is None or made.newest_ms != newest_ms:
            loaded = made.loaded if made else figures.days_of_row(self._dates, row)
            counted = loaded
            if record is not None and self._until is not None:
                since = today.Counted(self._until, row.checks_today)
                counted = today.counted_on(loaded, since, record)
            made = self._made[endpoint_id] = _Made(newest_ms, loaded, counted)
        return made.counted

    async def _load(self) -> None:
        told = await self._rest.daily_uptimes(CELL_DAYS)
        if isinstance(told, RestFailure):
            return  # the bars are a side dish: what was known stays
        self._dates, self._until = told.dates, told.until
        self._rows = {row.endpoint_id: row for row in told.data}
        self._made.clear()
        self.refresh.set_every(MANY_EVERY_MS if len(self._rows) > MANY else EVERY_MS)
        self.changed.emit()
