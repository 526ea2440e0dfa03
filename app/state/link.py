"""How the line to the backend stands: told by the connection, shown by the light."""

from dataclasses import dataclass
from enum import StrEnum


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
