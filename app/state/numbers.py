"""Up to which number each endpoint was told of, and where the last that was told had none.

Kept by the store. What had no number was told before the backend could store it, and may never
have been: a backend that dies while its disk is full takes such things with it. A snapshot then
stands, whatever seems to be newer here.
"""

from dataclasses import replace

from app.state.incidents import IncidentShelf
from app.state.record import EndpointRecord
from backend.contract.events import EndpointEvent
from backend.contract.vocabulary import UNSTORED


class Numbers:
    """The numbers of what was told."""

    def __init__(self) -> None:
        self._whole = UNSTORED
        self._of: dict[str, int] = {}
        self._unstored: set[str] = set()

    def of(self, key: str) -> int:
        """Return up to which number an endpoint was told of."""
        return max(self._whole, self._of.get(key, UNSTORED))

    def take(self, event: EndpointEvent) -> bool:
        """Take an event; return whether nothing later was told of its endpoint.

        One with a number is stored, and what was told before it as well.
        """
        key = event.endpoint_id
        if event.seq == UNSTORED:
            self._unstored.add(key)
            return True
        self._unstored.discard(key)
        if event.seq <= self._of.get(key, UNSTORED):
            return False
        self._of[key] = event.seq
        return True

    def take_part(self, key: str, seq: int) -> None:
        """Take that an endpoint was told of as it stood at a number."""
        self._of[key] = seq

    def take_whole(self, seq: int) -> None:
        """Take that all were told of as they stood at a number."""
        self._whole = seq
        self._of.clear()

    def doubt(self, records: dict[str, EndpointRecord], shelf: IncidentShelf) -> frozenset[str]:
        """Let a snapshot overrule what may never have been; return incidents that count no more.

        Args:
            records: every endpoint by id; the doubtful ones are exchanged.
            shelf: the incidents, which are left as they are.
        """
        ids, self._unstored = self._unstored, set()
        for key in ids & records.keys():
            view = records[key].view.model_copy(update={"last_checked_at": None})
            records[key] = replace(records[key], view=view)
        return frozenset(it.id for it in shelf.held.values() if it.endpoint_id in ids)
