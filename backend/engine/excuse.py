"""Why a failure is not held against a target: what the pipeline asks, and the network answers."""

from dataclasses import dataclass
from typing import Protocol

from backend.contract.vocabulary import UnknownReason
from backend.domain.assertions import Outcome
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Reply


@dataclass(frozen=True, slots=True)
class Excuse:
    """A failure is not the target's. ``unseen``: its status is to become UNKNOWN, and why."""

    words: str
    unseen: UnknownReason | None = None


class Network(Protocol):
    """What the pipeline asks about this computer's network."""

    def note(self, endpoint: Endpoint, attempt: Reply | Failure) -> None:
        """Take what an attempt showed."""

    async def excuse(self, endpoint: Endpoint, outcome: Outcome, began_ms: float) -> Excuse | None:
        """Return why what came is ours; ``None`` for the target's own, and for its success.

        Args:
            endpoint: whose check it was.
            outcome: how it went.
            began_ms: when the check began, on the monotonic clock.
        """
