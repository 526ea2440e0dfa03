"""Incidents over the store, newest first: all of them, or those of one endpoint.

The dashboard and the incidents page share one; the detail page has its own. The bridge hands
it what changed.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.models.keyed_table import NO_PARENT, Index, KeyedTable
from app.state.change import Change, Part
from app.state.store import Store
from backend.contract.resources import IncidentView
from widgets import incident_phrases
from widgets.incident_values import Acknowledgement
from widgets.roles import IncidentRole

_ANSWERS: dict[int, Callable[[IncidentView], Any]] = {
    IncidentRole.INCIDENT_ID: lambda incident: incident.id,
    IncidentRole.ENDPOINT_ID: lambda incident: incident.endpoint_id,
    IncidentRole.STARTED_AT: lambda incident: incident.started_at,
    IncidentRole.RESOLVED_AT: lambda incident: incident.resolved_at,
    IncidentRole.FAILURE_COUNT: lambda incident: incident.failure_count,
    IncidentRole.MESSAGE: lambda incident: incident.error_message,
    IncidentRole.RESOLUTION: lambda incident: incident.reason,
    IncidentRole.ACKNOWLEDGED_AT: lambda incident: incident.acknowledged_at,
    IncidentRole.SNOOZED_UNTIL: lambda incident: incident.snoozed_until,
    IncidentRole.SNOOZED_TO_RECOVERY: lambda incident: incident.snoozed_until_recovery,
    IncidentRole.NOTE: lambda incident: incident.note,
}


class IncidentListModel(KeyedTable[str]):
    """Rows of incidents.

    Args:
        store: Where they are.
        whole: Whether it starts with all; else it is empty until an endpoint is chosen.
        most: How many rows it has at most; ``None`` for all.
    """

    def __init__(
        self,
        store: Store,
        whole: bool = True,
        parent: QObject | None = None,
        most: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._whole = whole
        self._most = most
        self._endpoint_id = ""
        self._refresh()

    def choose(self, endpoint_id: str) -> None:
        """Show the incidents of one endpoint, "" for none."""
        self._endpoint_id = endpoint_id
        self._refresh()

    def apply(self, change: Change) -> None:
        """Show what the store altered."""
        if change.everything or change.touches_incidents:
            self._refresh()
        if change.everything:
            self._repaint(self._rows, 0, 0)
            return
        self._repaint(self._named_anew(change) | change.incidents_changed, 0, 0)

    def _named_anew(self, change: Change) -> set[str]:
        """Return the rows whose endpoint may have another name now."""
        if not change.parts() & Part.SETTINGS:
            return set()
        renamed = {key for key, parts in change.changed.items() if parts & Part.SETTINGS}
        held = self._store.incidents
        return {key for key in self._rows if key in held and held[key].endpoint_id in renamed}

    def _refresh(self) -> None:
        found = (
            incident.id
            for incident in self._store.newest_incidents()
            if self._whole or incident.endpoint_id == self._endpoint_id
        )
        self._arrange(list(islice(found, self._most)))

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        incident = self._store.incidents.get(self._rows[index.row()])
        return None if incident is None else self._value(incident, role)

    def _value(self, incident: IncidentView, role: int) -> Any:
        if role in {IncidentRole.ENDPOINT_NAME, Qt.ItemDataRole.DisplayRole}:
            record = self._store.records.get(incident.endpoint_id)
            return incident.endpoint_name if record is None else record.view.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(incident)
        answer = _ANSWERS.get(role)
        return None if answer is None else answer(incident)

    def _spoken(self, incident: IncidentView) -> str:
        return incident_phrases.incident_sentence(
            self._value(incident, IncidentRole.ENDPOINT_NAME),
            incident.started_at,
            incident.resolved_at,
            incident.reason,
            datetime.now(UTC),
            failed=incident.failure_count,
            message=incident.error_message,
            said=said_of(incident),
        )


def said_of(incident: IncidentView) -> Acknowledgement:
    """Return what somebody said of an incident."""
    return Acknowledgement(
        incident.acknowledged_at,
        incident.snoozed_until,
        incident.snoozed_until_recovery,
        incident.note,
    )
