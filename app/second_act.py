"""What follows the first paint: the backend begins to load, the frame is furnished, the rest loads.

Loaded by name once the window is on the screen, so that nothing of it is waited for.
"""

import asyncio
import importlib
from contextlib import AsyncExitStack
from dataclasses import replace

from app import loop
from app.services.backend_process import backend_command
from app.services.early_backend import EarlyBackend
from app.stage import Stage, furnish
from backend.sparing import DESKTOP, sparing, trusting_nobody


async def play(stage: Stage, asked_to_end: asyncio.Future[None]) -> int:
    """Load what is slow, the backend beside it, and let it work; return the exit code.

    Args:
        stage: The painted window and what the host offers.
        asked_to_end: Done when a signal asks for the end, perhaps already.
    """
    if stage.instance is not None:
        stage.instance.listen()
    async with AsyncExitStack() as stack:
        command = command_of(stage)
        if command is not None:
            early = await EarlyBackend.start(command)
            stack.push_async_callback(early.aclose)
            stage = replace(stage, early=early)
        furnish(stage)
        # In a thread, so that the window answers meanwhile; it ends before the loop may.
        await asyncio.to_thread(import_slow_libraries)
        if asked_to_end.done():
            return 0
        main = importlib.import_module("app.main")
        loop.keep_loaded()
        code: int = await main.run(stage, asked_to_end)
    return code


def command_of(stage: Stage) -> list[str] | None:
    """Return what starts the backend; none for a server elsewhere, or where nothing can work."""
    if stage.refusal is not None or stage.arguments.connect is not None:
        return None
    # What a demonstration keeps goes with it: nothing of it belongs into anybody's keyring.
    return backend_command(stage.paths.data_dir, keyring=not stage.arguments.demo)


def import_slow_libraries() -> None:
    """Load the network's libraries, without what they load for others only."""
    with sparing(DESKTOP), trusting_nobody():
        for name in ("pydantic", "httpx", "aiohttp", "socketio", "desktop_notifier"):
            importlib.import_module(name)
