"""Who wants to be told: a plain-Python signal, so that services need no Qt.

Services own one per thing they tell; the composition root adds the listeners.
"""

import logging
from collections.abc import Callable
from typing import Generic, ParamSpec

P = ParamSpec("P")

log = logging.getLogger(__name__)


class Listeners(Generic[P]):
    """Callables that are told the same things, in the order they were added."""

    def __init__(self) -> None:
        self._listeners: list[Callable[P, None]] = []

    def add(self, listener: Callable[P, None]) -> Callable[[], None]:
        """Tell this listener from now on; call what is returned to stop that."""
        self._listeners.append(listener)
        return lambda: self._remove(listener)

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call every listener; the failure of one is logged and does not keep the others."""
        for listener in tuple(self._listeners):
            try:
                listener(*args, **kwargs)
            except Exception:
                log.exception("a listener failed")

    def _remove(self, listener: Callable[P, None]) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)
