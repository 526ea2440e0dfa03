"""How the line to the backend and this computer's network stand, and what alters the latter.

Told by the connection and by events, shown by the light and the banner.
"""

from dataclasses import dataclass
from enum import StrEnum

from backend.contract.events import NetworkChanged
from backend.contract.resources import NetworkView, OfflineSpell


class Phase(StrEnum):
    """Where the connection is in its life."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    WAITING = "waiting"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class LinkState:
    """The state of the line.

    Attributes:
        phase: ``WAITING`` counts down to the next try, ``GIVEN_UP`` used up all tries.
        attempt: which try this is or the next one will be, from 1; 0 while connected.
        retry_in_s: seconds from this state's beginning until the next try, while waiting.
        latency_ms: the last measured round trip while connected, ``None`` before the first.
        reason: why there is no connection, in the library's words; for logs and tooltips.
        transport: ``websocket`` or ``polling`` while connected.
    """

    phase: Phase
    attempt: int = 0
    retry_in_s: float | None = None
    latency_ms: float | None = None
    reason: str | None = None
    transport: str | None = None


SPELLS_KEPT = 50
"""As many as a snapshot carries."""


def network_after(network: NetworkView, event: NetworkChanged) -> NetworkView:
    """Return how the network stands after an event."""
    if not event.online:
        begun = OfflineSpell(since=event.since, until=None)
        return NetworkView(online=False, spells=(begun, *network.spells)[:SPELLS_KEPT])
    spells = tuple(
        spell if spell.until is not None else spell.model_copy(update={"until": event.since})
        for spell in network.spells
    )
    return NetworkView(online=True, spells=spells)
