"""The one thread on which all SQL runs, and the way to it from the loop.

Used by the archive. Failures of the database leave it as :class:`NotStored`.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Final, Protocol, Self, TypeVar

import structlog
from peewee import PeeweeException, SqliteDatabase

from backend.storage.errors import not_stored

Answer = TypeVar("Answer")

WORD_S: Final = 5.0
"""How often a long job says that it goes on; whoever waits for us hears by it that we live."""

log = structlog.stdlib.get_logger(__name__)


class Transaction(Protocol):
    """Runs a job on the worker, within one transaction."""

    async def __call__(self, job: Callable[[SqliteDatabase], Answer]) -> Answer:
        """Return what the job returned, after the commit."""


class Worker:
    """Runs jobs one after another, in the order they were asked for."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="archive")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._thread.shutdown()

    async def run(self, job: Callable[[], Answer]) -> Answer:
        """Run a job on the thread and return its answer.

        A job that was begun is finished even when the caller is cancelled meanwhile.

        Raises:
            ArchiveError: the job raised it, or the database did.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, _guarded, job)

    async def run_long(self, job: Callable[[], Answer], every_s: float) -> Answer:
        """Run a job as :meth:`run` that may take minutes, and say now and then that it goes on.

        A large archive does that is looked through whole, restored or migrated while it is opened.

        Raises:
            ArchiveError: as for :meth:`run`.
        """
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        word: asyncio.TimerHandle

        def say() -> None:
            nonlocal word
            log.info("the archive is still at work", seconds=round(loop.time() - began_s))
            word = loop.call_later(every_s, say)

        word = loop.call_later(every_s, say)
        try:
            return await self.run(job)
        finally:
            word.cancel()


def _guarded(job: Callable[[], Answer]) -> Answer:
    try:
        return job()
    except (PeeweeException, sqlite3.Error) as error:
        raise not_stored(error) from error
