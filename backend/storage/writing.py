"""Transactions on the worker, what is owed to them, and whether they succeed.

Used by the archive for all it reads and writes. What could not be stored and must not be lost is
owed: it is stored first, within the next transaction that succeeds, before anything newer.
"""

from collections import deque
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from peewee import IntegrityError, SqliteDatabase

from backend.contract.events import StateEvent
from backend.contract.vocabulary import StorageTrouble
from backend.storage.database import Database
from backend.storage.errors import ArchiveError, NotStored
from backend.storage.worker import Worker

Answer = TypeVar("Answer")
Debt = Callable[[SqliteDatabase], tuple[StateEvent, ...]]

MOST_DEBTS: Final = 5000
"""The oldest are given up beyond that: memory is not to follow the disk."""


class StoringWatch(Protocol):
    """What is told how every transaction that writes came out."""

    def stored(self, paid: tuple[StateEvent, ...]) -> None:
        """Hear that something was stored, and which events that were owed are numbered now."""

    def failed(self, trouble: StorageTrouble) -> None:
        """Hear that nothing can be stored, and why."""


class Writing:
    """The archive's transactions."""

    def __init__(self, worker: Worker, database: Database) -> None:
        self._worker = worker
        self._database = database
        self._debts: deque[Debt] = deque(maxlen=MOST_DEBTS)
        self._watch: StoringWatch | None = None

    def watch(self, watch: StoringWatch) -> None:
        """Tell ``watch`` from now on."""
        self._watch = watch

    def owe(self, debt: Debt) -> None:
        """Store something as soon as anything can be stored."""
        self._debts.append(debt)

    async def read(self, job: Callable[[SqliteDatabase], Answer]) -> Answer:
        """Read one consistent state."""

        def reading() -> Answer:
            with self._database.reading() as db:
                return job(db)

        return await self._worker.run(reading)

    async def write_softly(self, job: Callable[[SqliteDatabase], Answer]) -> Answer:
        """Write what can be made again after a loss of power."""
        return await self.write(job, durable=False)

    async def write(
        self, job: Callable[[SqliteDatabase], Answer], *, durable: bool = True
    ) -> Answer:
        """Write all or nothing, and before it what is owed."""
        try:
            answer, paid, wrote = await self._worker.run(lambda: self._written(job, durable))
        except NotStored as error:
            if error.trouble is not None and self._watch is not None:
                self._watch.failed(error.trouble)
            raise
        if wrote and self._watch is not None:
            self._watch.stored(paid)
        return answer

    def _written(
        self, job: Callable[[SqliteDatabase], Answer], durable: bool
    ) -> tuple[Answer, tuple[StateEvent, ...], bool]:
        """Run a job on the worker; say also what was paid and whether anything was written."""
        debts = tuple(self._debts)
        with self._database.writing(durable=durable or bool(debts)) as db:
            before = db.connection().total_changes
            paid = tuple(event for debt in debts for event in _paid(db, debt))
            answer = job(db)
            wrote = db.connection().total_changes != before
        # Here and not on the loop: the next job may begin before that hears of this one.
        for _ in debts:
            self._debts.popleft()
        return answer, paid, wrote


def _paid(db: SqliteDatabase, debt: Debt) -> tuple[StateEvent, ...]:
    """Store what is owed; what no longer fits (its endpoint is gone) is let go."""
    db.execute_sql("SAVEPOINT debt")
    try:
        return debt(db)
    except (ArchiveError, IntegrityError):
        db.execute_sql("ROLLBACK TO debt")
        return ()
    finally:
        if db.connection().in_transaction:  # a full disk has ended it already
            db.execute_sql("RELEASE debt")
