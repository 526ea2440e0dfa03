"""What the dashboard's timeline shows: incidents, and between them the times offline.

A time offline has a sentence of its own and belongs to no endpoint; it appears once it is over.
"""

from typing import Any

from PySide6.QtCore import Qt

from app.models.incident_list import IncidentListModel
from app.models.keyed_table import Index
from app.state.change import Change
from backend.contract.resources import OfflineSpell
from widgets import incident_phrases
from widgets.roles import IncidentRole


class TimelineModel(IncidentListModel):
    """Rows of incidents and of times offline, newest first."""

    def apply(self, change: Change) -> None:
        """Show what the store altered."""
        super().apply(change)
        if change.network:
            self._refresh()

    def _refresh(self) -> None:
        spells = [each for each in self._store.network.spells if each.until is not None]
        self._spells = {f"offline since {each.since.isoformat()}": each for each in spells}
        began = [
            (each.started_at, each.id) for each in self._store.newest_incidents()[: self._most]
        ]
        began += [(each.since, key) for key, each in self._spells.items()]
        self._arrange([key for _, key in sorted(began, reverse=True)[: self._most]])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one value of a row."""
        if index.isValid() and index.row() < len(self._rows):
            spell = self._spells.get(self._rows[index.row()])
            if spell is not None:
                return _value(spell, role)
        return super().data(index, role)


def _value(spell: OfflineSpell, role: int) -> Any:
    match role:
        case (
            IncidentRole.SENTENCE | Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole
        ):
            until = spell.until or spell.since
            return incident_phrases.offline_for((until - spell.since).total_seconds())
        case IncidentRole.STARTED_AT:
            return spell.since
        case IncidentRole.RESOLVED_AT:
            return spell.until
        case IncidentRole.ENDPOINT_ID:
            return ""
        case _:
            return None
