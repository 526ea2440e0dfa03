"""Runs a blocking call in a thread that nobody has to wait for.

For libraries without asyncio (smtplib, apprise). A thread of a pool would be joined at the end of
the program, and a server that says nothing could keep us from stopping; these threads are not.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

Answer = TypeVar("Answer")


async def detached(call: Callable[[], Answer], name: str) -> Answer:
    """Return what ``call`` returns, or raise what it raises.

    When the caller is cancelled the thread is left to itself, and what comes of it is forgotten.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Answer] = loop.create_future()

    def tell(finish: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(lambda: None if future.done() else finish())

    def run() -> None:
        try:
            answer = call()
        except Exception as error:  # noqa: BLE001  # handed to whoever waits
            tell(lambda error=error: future.set_exception(error))  # type: ignore[misc]
        else:
            tell(lambda: future.set_result(answer))

    threading.Thread(target=run, name=name, daemon=True).start()
    return await future
