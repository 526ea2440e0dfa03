"""The raw facts of one attempt: the reply that came back, or how it failed; and who asks.

Made by a :class:`Prober`, judged by :mod:`backend.domain.assertions`. Kinds of checks beyond HTTP
come behind the same door.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from backend.contract.vocabulary import Reason
from backend.domain.endpoint import Endpoint
from backend.domain.facts import Facts

JUDGED_BYTES = 256 * 1024
"""How much of a body assertions look at; of the rest only the length is known."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its body was read to the end within the deadline.

    ``latency_ms`` runs from before the name was resolved until the last byte was read. ``body``
    is its beginning, inflated: :data:`JUDGED_BYTES` at most, less where nothing looks at it.
    ``body_bytes`` is how long the whole of it was; ``None``: as long as ``body``.
    """

    status_code: int
    latency_ms: float
    headers: Mapping[str, str]
    body: bytes
    body_bytes: int | None = None
    certificate_days: float | None = None
    """How long the server's certificate is still valid; ``None`` where nothing asks for it."""
    facts: Facts | None = field(default=None, compare=False)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the body was left out."""
        return self.body_bytes is None or self.body_bytes == len(self.body)


@dataclass(frozen=True, slots=True)
class Failure:
    """No whole answer. ``message`` names the cause in plain words, without secrets."""

    reason: Reason
    message: str
    status_code: int | None = None
    latency_ms: float | None = None
    facts: Facts | None = field(default=None, compare=False)


class Prober(Protocol):
    """Asks a target once."""

    async def ask(self, endpoint: Endpoint) -> Reply | Failure:
        """Return the reply of the target, or how it failed.

        The answer comes at most 2 s after the endpoint's ``timeout_threshold``, whatever the
        target does. Nothing is raised but ``CancelledError``.
        """
        ...
