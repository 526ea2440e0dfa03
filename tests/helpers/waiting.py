"""Waits for the tasks that the code under test spawned; knows nothing of what they do."""

import asyncio

from app.tasks import TaskOwner


async def done(tasks: TaskOwner, timeout: float = 10, besides: str = "") -> None:
    """Wait until an owner's tasks, and those they spawn, have ended; one may be named that stays.

    Raises:
        AssertionError: some still run after ``timeout`` seconds; the message names them.
    """
    try:
        async with asyncio.timeout(timeout):
            while names := set(tasks.names) - {besides}:
                mine = [task for task in asyncio.all_tasks() if task.get_name() in names]
                if mine:
                    await asyncio.wait(mine)
                await asyncio.sleep(0)  # their owner hears of it a moment later
    except TimeoutError:
        raise AssertionError(f"still running after {timeout} s: {tasks.names}") from None
