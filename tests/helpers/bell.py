"""Lets a test wait for a condition over what a helper records, without sleeping.

Used by every recorder of the stage: it rings when it recorded something, and whoever waits looks
again. It knows nothing of what is recorded.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

Seen = TypeVar("Seen")


class Bell:
    """Wakes those who wait, each time something changed."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Say that something changed."""
        self._next.set()
        self._next = asyncio.Event()

    async def until(
        self,
        seen: Callable[[], Seen | Awaitable[Seen]],
        what: str,
        timeout: float,
        picture: Callable[[], object] = lambda: "nothing more",
    ) -> Seen:
        """Return what ``seen`` gives as soon as that is true (not None, not empty, not 0).

        Args:
            seen: looks at the records, awaited if need be; called now and after every ring.
            what: what is waited for, in words, for the message.
            timeout: seconds to wait at most.
            picture: what to show when it did not come.

        Raises:
            AssertionError: it did not come in time.
        """
        try:
            async with asyncio.timeout(timeout):
                while True:
                    following = self._next  # taken first, so that no ring is missed
                    found = seen()
                    if inspect.isawaitable(found):
                        found = await found
                    if found:
                        return found
                    await following.wait()
        except TimeoutError:
            raise AssertionError(f"waited {timeout} s for {what}; seen: {picture()}") from None
