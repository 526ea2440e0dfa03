"""The comparison of endpoints as a table that can be sorted by any of its columns.

The statistics presenter fills it with the backend's ranking; the statistics page shows it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.models.keyed_table import NO_PARENT, Index, KeyedTable, heading
from app.models.row_answers import DaysOf
from backend.contract.statistics import ComparisonRow
from widgets import chart_phrases, headings, phrases
from widgets.roles import ComparisonColumn, ComparisonRole
from widgets.series import UptimeDay

_ANSWERS: dict[int, Callable[[ComparisonRow], Any]] = {
    ComparisonRole.ENDPOINT_ID: lambda row: row.endpoint_id,
    ComparisonRole.NAME: lambda row: row.name,
    ComparisonRole.RANK: lambda row: row.rank,
    ComparisonRole.SCORE: lambda row: row.stability_score,
    ComparisonRole.UPTIME: lambda row: row.uptime,
    ComparisonRole.LATENCY_MS: lambda row: row.avg_response_time,
    ComparisonRole.INCIDENTS: lambda row: row.incident_count,
}

_SORTED_BY: dict[ComparisonColumn, Callable[[ComparisonRow], Any]] = {
    ComparisonColumn.RANK: lambda row: row.rank,
    ComparisonColumn.NAME: lambda row: row.name.casefold(),
    ComparisonColumn.SCORE: lambda row: row.stability_score,
    ComparisonColumn.UPTIME: lambda row: row.uptime,
    ComparisonColumn.LATENCY: lambda row: row.avg_response_time,
    ComparisonColumn.INCIDENTS: lambda row: row.incident_count,
}

_SPOKEN: dict[ComparisonColumn, Callable[[ComparisonRow], str]] = {
    ComparisonColumn.RANK: lambda row: f"{row.rank:,}",
    ComparisonColumn.NAME: lambda row: row.name,
    ComparisonColumn.SCORE: lambda row: phrases.score(row.stability_score),
    ComparisonColumn.UPTIME: lambda row: phrases.uptime(row.uptime),
    ComparisonColumn.LATENCY: lambda row: phrases.latency(row.avg_response_time),
    ComparisonColumn.INCIDENTS: lambda row: f"{row.incident_count:,}",
}


class ComparisonTableModel(KeyedTable[str]):
    """Rows of endpoints, each known by its id."""

    def __init__(self, days_of: DaysOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: dict[str, ComparisonRow] = {}
        self._days_of = days_of
        self._column, self._order = ComparisonColumn.RANK, Qt.SortOrder.AscendingOrder

    def show_rows(self, rows: Sequence[ComparisonRow]) -> None:
        """Show another ranking, in the order that was chosen."""
        before = self._held
        fresh = {row.endpoint_id: row for row in rows}
        self._held = before | fresh  # rows that leave are still asked for while they do
        self._arrange(self._sorted(fresh))
        self._held = fresh
        changed = [key for key, row in fresh.items() if before.get(key) != row]
        self._repaint(changed, 0, max(ComparisonColumn))

    def show_days(self) -> None:
        """Show the last days anew: others are known now."""
        self._repaint(self._rows, ComparisonColumn.DAYS, ComparisonColumn.DAYS)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is not known comes last either way."""
        self._column, self._order = ComparisonColumn(column), order
        self._reorder(self._sorted(self._held))

    def _sorted(self, rows: dict[str, ComparisonRow]) -> list[str]:
        known = [key for key, row in rows.items() if self._sort_value(row) is not None]
        unknown = [key for key, row in rows.items() if self._sort_value(row) is None]
        known.sort(key=lambda key: (rows[key].rank, key))
        unknown.sort(key=lambda key: (rows[key].rank, key))
        known.sort(
            key=lambda key: self._sort_value(rows[key]),
            reverse=self._order is Qt.SortOrder.DescendingOrder,
        )
        return known + unknown

    def _sort_value(self, row: ComparisonRow) -> Any:
        if self._column is ComparisonColumn.DAYS:
            return _mean(self._days_of(row.endpoint_id))
        return _SORTED_BY[self._column](row)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(ComparisonColumn)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column, which a screen reader says; rows have none."""
        return heading(
            section, orientation, role, ComparisonColumn, headings.comparison_column_word
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row; every role answers on every column."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._held[self._rows[index.row()]]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._spoken(row, ComparisonColumn(index.column()))
        if role == ComparisonRole.DAYS:
            return self._days_of(row.endpoint_id)
        answer = _ANSWERS.get(role)
        return None if answer is None else answer(row)

    def _spoken(self, row: ComparisonRow, column: ComparisonColumn) -> str:
        if column is ComparisonColumn.DAYS:
            return chart_phrases.uptime_summary(self._days_of(row.endpoint_id))
        return _SPOKEN[column](row)


def _mean(days: Sequence[UptimeDay]) -> float | None:
    known = [day.percent for day in days if day.percent is not None]
    return sum(known) / len(known) if known else None
