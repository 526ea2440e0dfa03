"""What became of alerts, newest first: a page of the backend's delivery log as rows.

The notifications presenter fills it with each answer; the delivery log shows it.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.models.keyed_table import NO_PARENT, Index, KeyedTable, heading
from backend.contract.alerts import DeliveryView
from widgets import channel_phrases
from widgets.channel_roles import DeliveryColumn, DeliveryRole
from widgets.delivery_log import delivery_words

_ANSWERS: dict[int, Callable[[DeliveryView], Any]] = {
    DeliveryRole.AT: lambda it: it.created_at,
    DeliveryRole.ENDPOINT_NAME: lambda it: it.endpoint_name,
    DeliveryRole.ENDPOINT_ID: lambda it: it.endpoint_id,
    DeliveryRole.KIND: lambda it: it.kind,
    DeliveryRole.CHANNEL_NAME: lambda it: it.channel_name,
    DeliveryRole.STATE: lambda it: it.state,
    DeliveryRole.TRIES: lambda it: it.attempts,
    DeliveryRole.ERROR: lambda it: it.error,
    DeliveryRole.NEXT_TRY_AT: lambda it: it.next_try_at,
}


class DeliveryLogModel(KeyedTable[str]):
    """Rows of deliveries, known by their id."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deliveries: dict[str, DeliveryView] = {}

    def show(self, deliveries: Sequence[DeliveryView]) -> None:
        """Show these deliveries, in this order."""
        before = self._deliveries
        fresh = {it.id: it for it in deliveries}
        # Rows on their way out are still painted until they are gone.
        self._deliveries = before | fresh
        self._arrange(tuple(fresh))
        self._deliveries = fresh
        altered = [key for key, it in fresh.items() if key in before and before[key] != it]
        self._repaint(altered, 0, len(DeliveryColumn) - 1)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(DeliveryColumn)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the heading of a column, which a screen reader says; rows have none."""
        return heading(section, orientation, role, DeliveryColumn, channel_phrases.column_word)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row; every role answers on every column."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return delivery_words(index, datetime.now(UTC))
        answer = _ANSWERS.get(role)
        return None if answer is None else answer(self._deliveries[self._rows[index.row()]])
