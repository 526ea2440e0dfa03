"""Carries out what the user asks of endpoints: check, pause, resume, delete, undo.

Wired to the window's intents by the composition root. It never alters the store: what a command
changed comes back as an event.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QCoreApplication

from app.presenters.toasts import ToastsPresenter
from app.services.failures import NotFound, RestFailure
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner

_AT_ONCE = 8

translate = QCoreApplication.translate


class CommandsPresenter:
    """Commands on endpoints.

    Args:
        rest: Carries them to the backend.
        store: Knows what is paused and what it is called.
        tasks: Owns them while they run.
        toasts: Says what failed and offers undo.
    """

    def __init__(self, rest: Rest, store: Store, tasks: TaskOwner, toasts: ToastsPresenter) -> None:
        self._rest, self._store, self._tasks, self._toasts = rest, store, tasks, toasts
        self._checking: set[str] = set()
        self._room = asyncio.Semaphore(_AT_ONCE)

    def check(self, ids: Sequence[str]) -> None:
        """Check endpoints now; one that is being checked is not asked twice."""
        fresh = [key for key in ids if key not in self._checking]
        if fresh:
            self._checking.update(fresh)
            self._tasks.spawn(self._check_all(fresh), f"check {len(fresh)} now")

    def check_everything(self) -> None:
        """Check every endpoint that is not paused."""
        records = self._store.records.values()
        self.check([record.id for record in records if not record.is_paused])

    def toggle_pause(self, ids: Sequence[str]) -> None:
        """Pause endpoints; when all of them are paused, resume them."""
        held = [record for key in ids if (record := self._store.records.get(key)) is not None]
        resuming = all(record.is_paused for record in held)
        chosen = [record.id for record in held if record.is_paused is resuming]
        if not chosen:
            return
        if resuming:
            failed = translate("presenters", "Could not resume")
        else:
            failed = translate("presenters", "Could not pause")
        changes = {"isActive": resuming}
        self._tasks.spawn(
            self._each(chosen, lambda key: self._rest.patch(key, changes), failed),
            "resume" if resuming else "pause",
        )

    def delete(self, ids: Sequence[str]) -> None:
        """Delete endpoints and offer to undo it."""
        names = {key: self._name(key) for key in ids}
        self._tasks.spawn(self._delete(names), f"delete {len(ids)}")

    def restore(self, ids: Sequence[str]) -> None:
        """Bring deleted endpoints back."""
        failed = translate("presenters", "Could not undo")
        self._tasks.spawn(self._each(ids, self._rest.restore, failed), f"restore {len(ids)}")

    def acknowledge(self, incident_ids: Sequence[str]) -> None:
        """Say that somebody knows of these incidents."""
        failed = translate("presenters", "Could not acknowledge")
        asked = self._each(incident_ids, lambda key: self._rest.acknowledge(key, {}), failed)
        self._tasks.spawn(asked, f"acknowledge {len(incident_ids)}")

    async def _check_all(self, ids: Sequence[str]) -> None:
        failed = translate("presenters", "Could not check now")
        try:
            await self._each(ids, self._rest.check_now, failed)
        finally:
            self._checking.difference_update(ids)

    async def _delete(self, names: dict[str, str]) -> None:
        failed = translate("presenters", "Could not delete")
        gone = await self._each(tuple(names), self._rest.delete, failed)
        if not gone:
            return
        if len(gone) == 1:
            words = translate("presenters", "Deleted {name}").format(name=names[gone[0]])
        else:
            count = f"{len(gone):,}"
            words = translate("presenters", "Deleted {count} endpoints").format(count=count)
        self._toasts.offer(words, translate("presenters", "Undo"), lambda: self.restore(gone))

    async def _each(
        self, ids: Sequence[str], ask: Callable[[str], Awaitable[object]], failed: str
    ) -> list[str]:
        """Ask for each id, a few at once; say once what failed and return where it went well."""

        async def one(key: str) -> object:
            async with self._room:
                return await ask(key)

        async with asyncio.TaskGroup() as group:
            tasks = {key: group.create_task(one(key), name=f"command for {key}") for key in ids}
        answers = {key: task.result() for key, task in tasks.items()}
        failures = {
            key: answer
            for key, answer in answers.items()
            # What is gone already cannot be asked for, and nobody misses the answer.
            if isinstance(answer, RestFailure) and not isinstance(answer, NotFound)
        }
        if failures:
            key, failure = next(iter(failures.items()))
            name = self._name(key)
            more = f" (+{len(failures) - 1})" if len(failures) > 1 else ""
            self._toasts.command_failed(f"{failed}: {name}{more}", failure)
        return [key for key, answer in answers.items() if not isinstance(answer, RestFailure)]

    def _name(self, key: str) -> str:
        incident = self._store.incidents.get(key)
        record = self._store.records.get(key if incident is None else incident.endpoint_id)
        return key if record is None else record.view.name
