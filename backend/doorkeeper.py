"""Who knows the token, and what becomes of those who do not: a line in the log, and a wait.

One for both doors, the guard's and the gateway's, made by the composition root. Who shows the
right token never waits, whatever others do. Knows neither HTTP nor Socket.IO.
"""

import asyncio
import hmac
import time
from collections.abc import Callable
from typing import Final

import structlog

WAIT_S: Final = 0.25
"""How long a wrong token waits for its answer."""

_AT_ONCE: Final = 4
_WAITING: Final = 64
"""How many wrong tokens may stand in the queue; the next one is told that there are too many."""

_LINES: Final = 60
_PER_S: Final = 60.0
_LONGEST: Final = 120

log = structlog.stdlib.get_logger(__name__)


class Doorkeeper:
    """Compares tokens, and tells of whom it sends away, but never what they showed."""

    def __init__(
        self, token: str, *, wait_s: float = WAIT_S, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep the door.

        Args:
            token: what must be shown.
            wait_s: how long a wrong one waits for its answer.
            now_s: seconds on a line that never goes back.
        """
        self._token = token
        self._expected = token.encode()
        self._wait_s = wait_s
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        self._now_s = now_s
        self._minute_s = now_s()
        self._lines = self._unlogged = 0

    def knows(self, shown: bytes) -> bool:
        """Say whether this is the token, in a time that does not depend on where it differs."""
        return hmac.compare_digest(shown, self._expected)

    async def slow_down(self) -> bool:
        """Let a wrong token wait for its turn; False at once where too many wait already."""
        if self._waiting >= _WAITING:
            return False
        self._waiting += 1
        try:
            async with self._turns:
                await asyncio.sleep(self._wait_s)
        finally:
            self._waiting -= 1
        return True

    def tell(self, door: str, why: str) -> None:
        """Write a line about somebody who was sent away.

        At most sixty in a minute, so that a flood does not wash the log away; the next line says
        how many were left out.

        Args:
            door: where it was tried, in the words of who tried: cut, and without the token.
            why: in our words.
        """
        now_s = self._now_s()
        if now_s - self._minute_s >= _PER_S:
            self._minute_s, self._lines = now_s, 0
        if self._lines >= _LINES:
            self._unlogged += 1
            return
        self._lines += 1
        left_out = {"left_out": self._unlogged} if self._unlogged else {}
        self._unlogged = 0
        shown = door.replace(self._token, "...")[:_LONGEST]
        log.warning("somebody was sent away", door=shown, why=why, **left_out)
