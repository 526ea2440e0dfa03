"""What is monitored now, in memory: each endpoint, where it stands, and its open incident.

Written by the pipeline and the commands, after the archive has committed and under the lock they
share; read by all of the engine. A ticket says whether a check that is under way still counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend.domain.endpoint import Endpoint
from backend.storage.archive import Monitored


@dataclass(frozen=True, slots=True)
class Ticket:
    """The right of one check to be recorded; void once its endpoint starts anew."""

    endpoint: Endpoint
    generation: int


class Monitors:
    """All endpoints that are not deleted, by id."""

    def __init__(self, monitored: Iterable[Monitored] = ()) -> None:
        self._generations = 0
        self._monitored: dict[str, tuple[Monitored, int]] = {}
        for one in monitored:
            self.renew(one)

    def __len__(self) -> int:
        return len(self._monitored)

    def __iter__(self) -> Iterator[Monitored]:
        return (monitored for monitored, _ in self._monitored.values())

    def __contains__(self, endpoint_id: object) -> bool:
        return endpoint_id in self._monitored

    def get(self, endpoint_id: str) -> Monitored | None:
        """Return an endpoint with its standing, or ``None`` where there is none."""
        found = self._monitored.get(endpoint_id)
        return None if found is None else found[0]

    def newest_check_ms(self) -> int:
        """Return when any of them was last checked, Unix milliseconds; 0 if none ever was."""
        return max((it.health.last_checked_ms or 0 for it in self), default=0)

    def ticket(self, endpoint_id: str) -> Ticket | None:
        """Return the ticket for a check that begins now."""
        found = self._monitored.get(endpoint_id)
        return None if found is None else Ticket(found[0].endpoint, found[1])

    def admit(self, ticket: Ticket) -> Monitored | None:
        """Return what a check's result is to be recorded for; ``None`` when it is void."""
        found = self._monitored.get(ticket.endpoint.id)
        return found[0] if found is not None and found[1] == ticket.generation else None

    def put(self, monitored: Monitored) -> None:
        """Keep a new standing, or an edit after which old checks still count."""
        generation = self._monitored[monitored.endpoint.id][1]
        self._monitored[monitored.endpoint.id] = (monitored, generation)

    def renew(self, monitored: Monitored) -> None:
        """Keep a new endpoint, or one that starts anew: checks under way are void."""
        self._generations += 1
        self._monitored[monitored.endpoint.id] = (monitored, self._generations)

    def drop(self, endpoint_id: str) -> None:
        """Forget an endpoint: checks under way are void."""
        del self._monitored[endpoint_id]
