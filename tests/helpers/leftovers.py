"""Fails a test of the desktop that leaves something running: a timer, a thread, a task.

Loaded by the root conftest as a plugin. What runs on after its test fires into another one, and
in the program into a window that is gone. Qt's own classes note what is started meanwhile.
"""

import asyncio
import gc
import inspect
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_WATCHED = tuple(Path(__file__).parents[1] / folder for folder in ("app", "widgets"))


@pytest.fixture
async def no_task_left() -> AsyncIterator[None]:
    """Fail when a task still runs once everything of the test was taken down."""
    yield
    # Ours all have names; a library's own end by themselves.
    running = asyncio.all_tasks() - {asyncio.current_task()}
    left = [task for task in running if not task.get_name().startswith("Task-")]
    assert not left, f"left running: {[task.get_name() for task in left]}"


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Watch a test under tests/app and tests/widgets."""
    if not any(request.path.is_relative_to(folder) for folder in _WATCHED):
        yield
        return
    if inspect.iscoroutinefunction(request.function):
        request.getfixturevalue("no_task_left")
    from PySide6.QtCore import QThread, QTimer  # noqa: PLC0415 - most tests need no Qt

    timers, threads = _started(monkeypatch, QTimer), _started(monkeypatch, QThread)
    yield
    left = [it for it in _alive(timers) if it.isActive()]
    left += [it for it in _alive(threads) if it.isRunning()]
    if left:
        del left
        _let_die()
    left = [
        f"a timer of {it.parent()}, {it.interval()} ms" for it in _alive(timers) if it.isActive()
    ]
    left += [f"the thread {it.objectName()!r}" for it in _alive(threads) if it.isRunning()]
    assert not left, f"left running: {left}"


def _started(monkeypatch: pytest.MonkeyPatch, kind: type[Any]) -> "weakref.WeakSet[Any]":
    """Return a set that takes in every object of a class of Qt when it is started."""
    seen: weakref.WeakSet[Any] = weakref.WeakSet()
    start: Callable[..., object] = kind.start

    def noted(it: object, *arguments: object) -> object:
        seen.add(it)
        return start(it, *arguments)

    monkeypatch.setattr(kind, "start", noted)
    return seen


def _alive(seen: "weakref.WeakSet[Any]") -> list[Any]:
    from shiboken6 import isValid  # noqa: PLC0415 - most tests need no Qt

    return [it for it in seen if isValid(it)]


def _let_die() -> None:
    """Let windows that were closed go, as the loop would, and what only holds itself."""
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - most tests need no Qt

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
