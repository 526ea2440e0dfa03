"""What transports share: how a try to deliver came out, and a thread for those that block.

Returned by the transports, read by the courier.
"""

import asyncio
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import httpx

from backend.checks.failures import TIMED_OUT, failure_of


@dataclass(frozen=True, slots=True)
class Result:
    """How one target answered; ``error`` is ``None`` where it took the letter.

    ``retry_after_s`` is how many seconds its server wants to be left alone.
    """

    target: str
    error: str | None = None
    retry_after_s: float | None = None


def in_words(error: BaseException) -> str:
    """Return what an exception of a delivery says, in plain words and without secrets."""
    if isinstance(error, httpx.TimeoutException):
        return TIMED_OUT.message
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (OSError, ssl.SSLError)):
            return failure_of(cause).message
        cause = cause.__cause__ or cause.__context__
    return f"Delivery failed: {type(error).__name__}"


def summary_of(results: Sequence[Result]) -> str:
    """Return the errors as one line, naming the targets where there are several."""
    failed = [it for it in results if it.error is not None]
    if len(results) == 1:
        return failed[0].error or "" if failed else ""
    return "; ".join(f"{it.target}: {it.error}" for it in failed)


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
