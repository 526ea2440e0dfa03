"""Turns: no answer, however odd, holds the loop longer than a moment.

Shared by all exchanges of a prober. An answer made to be expensive (ten thousand chunks of one
byte, members of gzip without content) is read a moment at a time, and of many such answers only
one goes on between two turns of the loop, so that all of them together slow nobody else down.
"""

import asyncio
from time import perf_counter
from typing import Final

MOMENT_S: Final = 0.003


class Pace:
    """Gives out turns. Used on one loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    def begin(self) -> "Stretch":
        """Return the first stretch of somebody's work, which begins now."""
        return Stretch(self._turn)


class Stretch:
    """Work without a rest since some time."""

    def __init__(self, turn: asyncio.Lock) -> None:
        self._turn = turn
        self._until = perf_counter() + MOMENT_S

    async def rest(self) -> None:
        """Let everybody else go first, where this work has gone on for a moment."""
        if perf_counter() < self._until:
            return
        async with self._turn:
            await asyncio.sleep(0)
        self.renew()

    def renew(self) -> None:
        """Begin anew, after a wait for something else."""
        self._until = perf_counter() + MOMENT_S
