"""By which column the endpoint table is sorted, and what that makes of its rows.

The endpoint table asks. Untouched it is worst first, as every list of endpoints comes; rows that
are alike in a column stay so.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from app.models.row_answers import DaysOf
from app.state.record import EndpointRecord
from backend.contract.vocabulary import RECENT_CHECKS, Status
from widgets.roles import Column

_ALTERED_BY_CHECKS = frozenset({Column.HEARTBEATS, Column.LATENCY, Column.DAYS, Column.UPTIME})


class RowOrder(NamedTuple):
    """What a table is sorted by.

    Attributes:
        column: None for worst first.
        is_descending: Whether the largest, or what the alphabet has last, comes first.
    """

    column: Column | None = None
    is_descending: bool = False

    @classmethod
    def of(cls, column: int, order: Qt.SortOrder) -> "RowOrder":
        """Return what a press on a heading asks for; no column (-1) is worst first again."""
        if column < 0:
            return cls()
        return cls(Column(column), order is Qt.SortOrder.DescendingOrder)

    @property
    def is_worst_first(self) -> bool:
        """Whether the rows stand as every list of endpoints comes."""
        return self.column is None or (self.column is Column.STATUS and not self.is_descending)

    @property
    def follows_checks(self) -> bool:
        """Whether a mere check may alter where a row stands."""
        return self.column in _ALTERED_BY_CHECKS

    def arranged(
        self, keys: Sequence[str], records: Mapping[str, EndpointRecord], days_of: DaysOf
    ) -> list[str]:
        """Return the ids in this order; what is not known of an endpoint comes last either way.

        Args:
            keys: Ids, worst first; of those that are gone none is asked about.
            records: Every endpoint by id.
            days_of: Returns the last days of an endpoint.
        """
        if self.is_worst_first:
            return list(keys)
        if self.column is Column.STATUS:
            return list(reversed(keys))
        value_of = _VALUES[self.column] if self.column in _VALUES else _mean_of(days_of)
        values: dict[str, Any] = {key: value_of(records[key]) for key in keys if key in records}
        known = [key for key, value in values.items() if value is not None]
        known.sort(key=values.__getitem__, reverse=self.is_descending)
        return known + [key for key in keys if values.get(key) is None]


def _good_share(record: EndpointRecord) -> float | None:
    shown = record.checks.statuses(RECENT_CHECKS)
    return shown.count(Status.UP) / len(shown) if shown else None


_VALUES: Mapping[Column | None, Callable[[EndpointRecord], Any]] = {
    Column.ENDPOINT: lambda record: record.view.name.casefold(),
    Column.HEARTBEATS: _good_share,
    Column.LATENCY: lambda record: record.view.last_response_time,
    Column.UPTIME: lambda record: record.uptime_24h,
}


def _mean_of(days_of: DaysOf) -> Callable[[EndpointRecord], float | None]:
    """Return what gives the mean of the days of an endpoint, of which something is known."""

    def mean(record: EndpointRecord) -> float | None:
        known = [day.percent for day in days_of(record.id) if day.percent is not None]
        return sum(known) / len(known) if known else None

    return mean
