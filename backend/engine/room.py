"""How many checks may be under way: a cap that those which hang do not use up for the others.

Used by the scheduler, which says who takes off and who has landed.
"""

import math
from itertools import islice
from typing import Final

SLOW_MS: Final = 1000
"""A check that is under way for longer only waits, and leaves its place to the next one ..."""

MOST: Final = 2
"""... until so many times the cap are under way in all: each holds a socket, and a process of macOS
may open 256 files."""


class Room:
    """Who is under way.

    Endpoints that failed last time may take half of the places: a hundred that hang again and
    again are to wait among themselves.

    Args:
        at_once: how many that are not slow may be under way.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._failing_at_once = max(1, at_once // 2)
        # In the order in which they began, the newest last.
        self._began_ms: dict[str, float] = {}
        self._failing: set[str] = set()

    def enter(self, endpoint_id: str, now_ms: float, *, fails: bool = False) -> None:
        """Take a place; who asks for it by hand takes one where there is none."""
        self._began_ms[endpoint_id] = now_ms
        if fails:
            self._failing.add(endpoint_id)

    def leave(self, endpoint_id: str) -> None:
        """Give a place back, if it was taken."""
        self._began_ms.pop(endpoint_id, None)
        self._failing.discard(endpoint_id)

    def opens_ms(self, *, fails: bool = False) -> float:
        """Return since when there is a place, or from when on, if nobody lands before.

        Args:
            fails: for an endpoint that failed last time.
        """
        if fails and len(self._failing) >= self._failing_at_once:
            return math.inf
        if len(self._began_ms) < self._at_once:
            return -math.inf
        if len(self._began_ms) >= self._at_once * MOST:
            return math.inf
        newest = islice(reversed(self._began_ms.values()), self._at_once - 1, None)
        return next(newest) + SLOW_MS
