"""Carries out what the user asks of endpoints: check, pause, resume, tag, interval, delete.

Wired to the window's intents by the composition root. It never alters the store: what a command
changed comes back as an event. Whatever is done to several is undone in one step.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication

from app.presenters.steps import Step, Steps
from app.presenters.toasts import ToastsPresenter
from app.services.asking import Fields
from app.services.rest import Rest
from app.state.record import EndpointRecord
from app.state.store import Store
from app.tasks import TaskOwner

translate = QCoreApplication.translate


class CommandsPresenter:
    """Commands on endpoints.

    Args:
        rest: Carries them to the backend.
        store: Knows what is paused, tagged, and what it is called.
        tasks: Owns them while they run.
        toasts: Says what failed and offers undo.
        progress: Says how far a long command has come, "" when it is over.
    """

    def __init__(
        self,
        rest: Rest,
        store: Store,
        tasks: TaskOwner,
        toasts: ToastsPresenter,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._rest, self._store, self._tasks, self._toasts = rest, store, tasks, toasts
        self._steps = Steps(store, tasks, toasts, progress)
        self._checking: set[str] = set()

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
        held = self._held(ids)
        resuming = all(record.is_paused for record in held)
        chosen = [record.id for record in held if record.is_paused is resuming]
        several = len(chosen) > 1
        step = Step(
            lambda key: self._rest.patch(key, {"isActive": resuming}),
            translate("presenters", "Resuming") if resuming else translate("presenters", "Pausing"),
            translate("presenters", "Could not resume")
            if resuming
            else translate("presenters", "Could not pause"),
            translate("presenters", "Resumed {count} endpoints")
            if resuming
            else translate("presenters", "Paused {count} endpoints"),
            # The same key takes it back for one endpoint: that needs no toast.
            undo=(lambda key: self._rest.patch(key, {"isActive": not resuming}))
            if several
            else None,
        )
        self._steps.begin(chosen, step)

    def tag(self, ids: Sequence[str], tag: str, add: bool) -> None:
        """Add a tag to endpoints, or take it from them."""
        before = {
            record.id: record.view.tags
            for record in self._held(ids)
            if (tag in record.view.tags) is not add
        }
        after = {
            key: (*tags, tag) if add else tuple(each for each in tags if each != tag)
            for key, tags in before.items()
        }
        count = translate("presenters", "{count} endpoints")
        done = (
            translate("presenters", "Tagged {endpoints}: {tag}")
            if add
            else translate("presenters", "No longer tagged, {endpoints}: {tag}")
        )
        step = Step(
            lambda key: self._rest.patch(key, _tagged(after[key])),
            translate("presenters", "Tagging"),
            translate("presenters", "Could not tag"),
            _escaped(done, endpoints=count, tag=tag),
            _escaped(done, endpoints="{name}", tag=tag),
            undo=lambda key: self._rest.patch(key, _tagged(before[key])),
        )
        self._begin_or_say_nothing(list(before), step)

    def set_interval(self, ids: Sequence[str], seconds: int) -> None:
        """Check endpoints every so many seconds."""
        before = {
            record.id: record.view.check_interval
            for record in self._held(ids)
            if record.view.check_interval != seconds
        }
        step = Step(
            lambda key: self._rest.patch(key, {"checkInterval": seconds}),
            translate("presenters", "Changing the interval"),
            translate("presenters", "Could not change the interval"),
            translate("presenters", "{count} endpoints are checked in another interval"),
            translate("presenters", "{name} is checked in another interval"),
            undo=lambda key: self._rest.patch(key, {"checkInterval": before[key]}),
        )
        self._begin_or_say_nothing(list(before), step)

    def delete(self, ids: Sequence[str]) -> None:
        """Delete endpoints and offer to undo it."""
        step = Step(
            self._rest.delete,
            translate("presenters", "Deleting"),
            translate("presenters", "Could not delete"),
            translate("presenters", "Deleted {count} endpoints"),
            translate("presenters", "Deleted {name}"),
            undo=self._rest.restore,
        )
        self._steps.begin(ids, step)

    async def _check_all(self, ids: Sequence[str]) -> None:
        step = Step(
            self._rest.check_now,
            translate("presenters", "Checking"),
            translate("presenters", "Could not check now"),
        )
        try:
            await self._steps.run(ids, step)
        finally:
            self._checking.difference_update(ids)

    def _begin_or_say_nothing(self, ids: Sequence[str], step: Step) -> None:
        if ids:
            self._steps.begin(ids, step)
        else:
            self._toasts.say("info", translate("presenters", "There was nothing to change"))

    def _held(self, ids: Sequence[str]) -> list[EndpointRecord]:
        records = self._store.records
        return [records[key] for key in ids if key in records]


def _tagged(tags: Sequence[str]) -> Fields:
    return {"tags": [*tags]}


def _escaped(words: str, endpoints: str, tag: str) -> str:
    """Fill in what is known; a tag's own braces are no places to fill."""
    return words.format(endpoints=endpoints, tag=tag.replace("{", "{{").replace("}", "}}"))
