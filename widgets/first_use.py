"""A part of the window that is built when it is first asked for.

What most people never open in a day need not be there from the start: a form is a hundred and
fifty parts, each with its style. Who has something to say to such a part leaves it with ``then``.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Part = TypeVar("Part")


class FirstUse(Generic[Part]):
    """One such part.

    Attributes:
        built: The part, ``None`` as long as nobody asked for it.

    Args:
        build: Builds it; called once.
    """

    def __init__(self, build: Callable[[], Part]) -> None:
        self._build = build
        self._waiting: list[Callable[[Part], object]] = []
        self.built: Part | None = None

    def get(self) -> Part:
        """Return the part, built now if it was not there yet."""
        if self.built is None:
            self.built = self._build()
            waiting, self._waiting = self._waiting, []
            for say in waiting:
                say(self.built)
        return self.built

    def then(self, say: Callable[[Part], object]) -> None:
        """Say something to the part: at once where it is there, else as soon as it is."""
        if self.built is None:
            self._waiting.append(say)
        else:
            say(self.built)
