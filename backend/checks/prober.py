"""What a probe is to the engine. Kinds of checks beyond HTTP come behind the same door."""

from typing import Protocol

from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Reply


class Prober(Protocol):
    """Asks a target once."""

    async def ask(self, endpoint: Endpoint) -> Reply | Failure:
        """Return the reply of the target, or how it failed.

        The answer comes at most 2 s after the endpoint's ``timeout_threshold``, whatever the
        target does. Nothing is raised but ``CancelledError``.
        """
        ...
