"""Carries out one step over one or many endpoints: a few at once, told once, undone as a whole.

The commands presenter describes the steps. The loop stays free meanwhile: a step of a thousand
endpoints is a thousand small requests, eight at a time, and says how far it has come.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.presenters.toasts import ToastsPresenter, why
from app.services.failures import NotFound, RestFailure, Unreachable
from app.state.store import Store
from app.tasks import TaskOwner

_AT_ONCE = 8
_LONG = 20
"""From how many endpoints on a step says how far it has come."""

_TELL_EVERY = 10

translate = QCoreApplication.translate
Ask = Callable[[str], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done to endpoints.

    Attributes:
        ask: Does it to one, by its id.
        doing: What is said while it goes on: "Pausing".
        failed: What is said when it fails for all: "Could not pause".
        done: What is said when it is done: "Paused {count} endpoints".
        done_one: The same of one: "Deleted {name}".
        undo: Takes it back for one, None where nobody wants that.
    """

    ask: Ask
    doing: str
    failed: str
    done: str = ""
    done_one: str = ""
    undo: Ask | None = None


class Steps:
    """Whoever carries steps out.

    Args:
        store: Knows names.
        tasks: Owns steps while they run.
        toasts: Says what was done and what failed.
        progress: Says how far a long step has come, "" when it is over.
    """

    def __init__(
        self,
        store: Store,
        tasks: TaskOwner,
        toasts: ToastsPresenter,
        progress: Callable[[str], None],
    ) -> None:
        self._store, self._tasks, self._toasts = store, tasks, toasts
        self._progress = progress
        self._room = asyncio.Semaphore(_AT_ONCE)

    def begin(self, ids: Sequence[str], step: Step) -> None:
        """Start a step."""
        if ids:
            self._tasks.spawn(self.run(ids, step), f"{step.doing} {len(ids)}")

    async def run(self, ids: Sequence[str], step: Step) -> None:
        """Carry a step out; say once what was done, with a way back, and what failed."""
        names = {key: self._name(key) for key in ids}
        done, failures = await self._each(ids, step.ask, step.doing)
        undo = step.undo
        if undo is None or not done:
            self._say_failed(step.failed, names, failures)
            return
        if len(done) == 1 and step.done_one:
            words = step.done_one.format(name=names[done[0]])
        else:
            words = step.done.format(count=f"{len(done):,}")
        self._toasts.offer(
            words,
            translate("presenters", "Undo"),
            lambda: self._take_back(done, undo),
            _left_out(len(ids), failures),
        )

    def _take_back(self, ids: Sequence[str], undo: Ask) -> None:
        self.begin(
            ids,
            Step(
                undo, translate("presenters", "Undoing"), translate("presenters", "Could not undo")
            ),
        )

    def _say_failed(
        self, failed: str, names: dict[str, str], failures: dict[str, RestFailure]
    ) -> None:
        if failures:
            key, failure = next(iter(failures.items()))
            more = f" (+{len(failures) - 1:,})" if len(failures) > 1 else ""
            self._toasts.command_failed(f"{failed}: {names[key]}{more}", failure)

    async def _each(
        self, ids: Sequence[str], ask: Ask, doing: str
    ) -> tuple[list[str], dict[str, RestFailure]]:
        """Ask for each id, a few at once; return where it went well, and what failed."""
        answers: dict[str, object] = {}

        async def one(key: str) -> None:
            async with self._room:
                answers[key] = await ask(key)
            if len(ids) >= _LONG and len(answers) % _TELL_EVERY == 0:
                self._tell(doing, len(answers), len(ids))

        try:
            async with asyncio.TaskGroup() as group:
                for key in ids:
                    group.create_task(one(key), name=f"command for {key}")
        finally:
            if len(ids) >= _LONG:
                self._progress("")
        done = [key for key in ids if not isinstance(answers[key], RestFailure)]
        failures = {
            key: answer
            for key, answer in answers.items()
            # What is gone already cannot be asked for, and nobody misses the answer.
            if isinstance(answer, RestFailure) and not isinstance(answer, NotFound)
        }
        return done, failures

    def _tell(self, doing: str, done: int, count: int) -> None:
        words = translate("presenters", "{doing}: {done} of {count}")
        self._progress(words.format(doing=doing, done=f"{done:,}", count=f"{count:,}"))

    def _name(self, key: str) -> str:
        record = self._store.records.get(key)
        return key if record is None else record.view.name


def _left_out(count: int, failures: dict[str, RestFailure]) -> str:
    """Return how many endpoints a step could not be done to, and why; "" for none."""
    if not failures:
        return ""
    first = next(iter(failures.values()))
    if isinstance(first, Unreachable):
        # Unlike what is said of a single command: something was changed.
        reason = translate("presenters", "The connection was lost")
    else:
        reason = why(first)
    return translate("presenters", "Not for {failed} of {count}: {why}").format(
        failed=f"{len(failures):,}", count=f"{count:,}", why=reason
    )
