"""Waits for the tasks that the code under test spawned; knows nothing of what they do."""

import asyncio

from app.tasks import TaskOwner


async def done(tasks: TaskOwner, timeout: float = 10) -> None:
    """Wait until an owner's tasks have ended.

    Raises:
        AssertionError: some still run after ``timeout`` seconds; the message names them.
    """
    try:
        async with asyncio.timeout(timeout):
            while tasks.names:
                await asyncio.sleep(0.01)  # the owner does not tell when it is idle
    except TimeoutError:
        raise AssertionError(f"still running after {timeout} s: {tasks.names}") from None
