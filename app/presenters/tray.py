"""Keeps the tray icon true: worst state, how many are down, open incidents, last check.

Told every Change and every state of the line, also while the window is hidden. What is no news
but for the time of the last check may be told seconds later: each time wakes the panel too.
"""

from datetime import datetime

from PySide6.QtCore import QObject

from app.state.change import Change, Part
from app.state.store import Store
from app.state.summary import summarize
from backend.contract.vocabulary import Status
from widgets.tray_icon import MOST_INCIDENTS, OpenIncident, TrayIcon, TrayState

_STANDING = Part.SETTINGS | Part.STATUS


class TrayPresenter(QObject):
    """What the tray icon says."""

    def __init__(self, tray: TrayIcon, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray, self._store = tray, store
        self._connected = False
        self._checked_at: datetime | None = None
        self._shown: TrayState | None = None
        self._quiet_until: datetime | None = None

    def set_connected(self, connected: bool) -> None:
        """Say whether the line to the backend stands."""
        self._connected = connected
        self.refresh()

    def set_quiet(self, until: datetime | None) -> None:
        """Say until when alerts are paused, None for not at all."""
        self._quiet_until = until
        self.refresh()

    def on_change(self, change: Change) -> None:
        """Take what the store altered."""
        if change.everything:
            self._checked_at = None
        records = self._store.records
        for key in (*change.added, *change.changed):
            record = records.get(key)
            at = record.view.last_checked_at if record is not None else None
            if at is not None and (self._checked_at is None or self._checked_at < at):
                self._checked_at = at
        self.refresh()

    def refresh(self) -> None:
        """Show the state as it is now."""
        state = self._state()
        if state != self._shown:
            self._shown = state
            self._tray.show_state(state)

    def retell(self) -> None:
        """Say everything again in another language: the icon is no widget, so Qt does not."""
        self._shown = None
        self.refresh()

    def _state(self) -> TrayState:
        summary = summarize(self._store)
        incidents = [each for each in self._store.newest_incidents() if each.resolved_at is None]
        records = self._store.records
        return TrayState(
            worst=summary.worst or Status.UNKNOWN,
            down=summary.down,
            slow=summary.degraded,
            up=summary.up,
            connected=self._connected,
            checked_at=self._checked_at,
            incidents=tuple(
                OpenIncident(
                    each.endpoint_id,
                    records[each.endpoint_id].view.name
                    if each.endpoint_id in records
                    else each.endpoint_name,
                    each.started_at,
                )
                for each in incidents[:MOST_INCIDENTS]
            ),
            quiet_until=self._quiet_until,
        )


def is_news(store: Store, change: Change) -> bool:
    """Say whether a change alters more of tray and title than when was checked last."""
    if change.added or change.removed or change.everything or change.parts() & _STANDING:
        return True
    # Each failure of those that are down alters their incidents, which still goes on.
    held = store.incidents
    return bool(change.incidents_added or change.incidents_removed) or any(
        key in held and held[key].resolved_at is not None for key in change.incidents_changed
    )
