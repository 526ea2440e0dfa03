"""A backend's process before anything here can talk to it: it loads while the desktop loads.

Started by the entry point at the first paint, handed to ``backend_process`` for its first start.
It has no token yet; without one it opens nothing, and waits.
"""

from collections import deque
from collections.abc import Sequence
from typing import Self

from app.services.child import Child, program_home

_STOP_S = 5.0
"""How long one that nobody took may take to end before it is killed."""


class EarlyBackend:
    """A child that loads.

    Attributes:
        lines: the end of what it logged so far.

    Args:
        child: that process, if it could be started.
        lines: as above.
    """

    def __init__(self, child: Child | None, lines: deque[str]) -> None:
        self.lines = lines
        self._child = child

    @classmethod
    async def start(cls, command: Sequence[str]) -> Self:
        """Start one; where that is not possible, whoever needs it tries again and says why."""
        lines: deque[str] = deque(maxlen=50)
        try:
            return cls(await Child.start(command, program_home(), lines.append), lines)
        except OSError:
            return cls(None, lines)

    def take(self) -> Child | None:
        """Return the child, once; it is then the caller's to end."""
        child, self._child = self._child, None
        return child

    async def aclose(self) -> None:
        """End a child that nobody took."""
        child = self.take()
        if child is not None:
            await child.end(_STOP_S)
