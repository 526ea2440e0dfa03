"""The last checks of one endpoint over the store, newest first.

The detail page shows it; the bridge hands it what changed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.models.keyed_table import NO_PARENT, Index, KeyedTable, heading
from app.state.change import Change, Part
from app.state.rings import Check
from app.state.store import Store
from widgets import headings, phrases
from widgets.roles import CheckColumn, CheckRole

_ANSWERS: dict[int, Callable[[Check], Any]] = {
    CheckRole.AT: lambda check: check.checked_at,
    CheckRole.STATUS: lambda check: check.speaks_for,
    CheckRole.CODE: lambda check: check.status_code,
    CheckRole.LATENCY_MS: lambda check: check.response_time,
    CheckRole.MESSAGE: lambda check: check.error_message,
}


class CheckLogModel(KeyedTable[datetime]):
    """Rows of checks, known by their time."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._endpoint_id = ""
        self._checks: dict[datetime, Check] = {}

    def choose(self, endpoint_id: str) -> None:
        """Show the checks of an endpoint, "" for none."""
        self._endpoint_id = endpoint_id
        self._checks = {}
        self._reset(())
        self._refresh()

    def apply(self, change: Change) -> None:
        """Show what the store altered."""
        mine = self._endpoint_id
        told = change.changed.get(mine)
        if (
            change.everything
            or mine in change.added
            or mine in change.removed
            or (told is not None and told & Part.CHECKS)
        ):
            self._refresh()

    def _refresh(self) -> None:
        record = self._store.records.get(self._endpoint_id)
        ring = () if record is None else record.checks
        self._checks |= {check.checked_at: check for check in ring}
        self._arrange([check.checked_at for check in reversed(ring)])
        self._checks = {check.checked_at: check for check in ring}

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(CheckColumn)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column, which a screen reader says; rows have none."""
        return heading(section, orientation, role, CheckColumn, headings.check_column_word)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row; every role answers on every column."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        check = self._checks[self._rows[index.row()]]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _spoken(check, index.column())
        answer = _ANSWERS.get(role)
        return None if answer is None else answer(check)


def _spoken(check: Check, column: int) -> str:
    match column:
        case CheckColumn.TIME:
            return phrases.clock_seconds(check.checked_at)
        case CheckColumn.RESULT:
            return phrases.check_word(check.speaks_for)
        case CheckColumn.CODE:
            return "" if check.status_code is None else str(check.status_code)
        case CheckColumn.LATENCY:
            return phrases.latency(check.response_time)
        case _:
            return phrases.failure_words(check.error_message)
