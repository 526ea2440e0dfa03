"""What was told before the backend could store it, and so may never have been.

Kept by the store. A backend that dies while its disk is full takes such things with it; a snapshot
then stands, whatever seems to be newer here.
"""

from dataclasses import replace

from app.state.incidents import IncidentShelf
from app.state.record import EndpointRecord
from backend.contract.events import EndpointEvent
from backend.contract.vocabulary import UNSTORED


class Unstored:
    """The endpoints of which the last that was told had no number."""

    def __init__(self) -> None:
        self._ids: set[str] = set()

    def note(self, event: EndpointEvent) -> None:
        """Take an event; one with a number is stored, and what was told before it as well."""
        if event.seq == UNSTORED:
            self._ids.add(event.endpoint_id)
        else:
            self._ids.discard(event.endpoint_id)

    def doubt(self, records: dict[str, EndpointRecord], shelf: IncidentShelf) -> frozenset[str]:
        """Let a snapshot overrule what is known of them; return the incidents that count no more.

        Args:
            records: every endpoint by id; the doubtful ones are exchanged.
            shelf: the incidents, which are left as they are.
        """
        ids, self._ids = self._ids, set()
        for key in ids & records.keys():
            view = records[key].view.model_copy(update={"last_checked_at": None})
            records[key] = replace(records[key], view=view)
        return frozenset(it.id for it in shelf.held.values() if it.endpoint_id in ids)
