"""Owned tasks and plain-Python signals: what the half without Qt has instead of Qt's.

A task has a name, is waited for, and tells of its failure once; every long-lived part of the
desktop spawns here instead of leaving tasks loose. Services own one :class:`Listeners` per thing
they tell; the composition root adds who hears it. Knows no Qt and no network.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Generic, ParamSpec, TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)


class TaskOwner:
    """A group of tasks where one may fail without the others being cancelled."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: set[asyncio.Task[object]] = set()
        self._closed = False

    def spawn(self, coro: Coroutine[object, object, T], name: str) -> asyncio.Task[T]:
        """Start a task under this owner.

        Raises:
            RuntimeError: the owner is closed already; the coroutine is closed unstarted.
        """
        if self._closed:
            coro.close()
            raise RuntimeError(f"{self._name} is closed: {name} cannot start")
        task = asyncio.get_running_loop().create_task(coro, name=f"{self._name}: {name}")
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be spawned any more."""
        return self._closed

    @property
    def names(self) -> list[str]:
        """The names of the tasks that still run."""
        return sorted(task.get_name() for task in self._tasks)

    async def aclose(self) -> None:
        """Cancel every task and wait until each has ended; nothing can be spawned any more."""
        self._closed = True
        current = asyncio.current_task()
        while others := [task for task in self._tasks if task is not current]:
            for task in others:
                task.cancel()
            await asyncio.wait(others)

    def _done(self, task: asyncio.Task[T]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("the task %r failed", task.get_name(), exc_info=error)


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
