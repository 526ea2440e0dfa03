"""Brings endpoints in from a file: reads it, shows the dry run, carries out what is chosen.

Wired to the file menu and to files dropped on the window by the composition root. Reading and
comparing happen in a thread. What was added and changed can be taken back with one word.
"""

import asyncio
import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue
from PySide6.QtCore import QCoreApplication

from app.interchange.plan import Planned, Step, plan
from app.interchange.reading import Reading
from app.models.import_table import ImportLine, ImportTableModel
from app.presenters import import_words as words_of
from app.presenters.toasts import ToastsPresenter, why
from app.services.asking import Fields
from app.services.failures import NotFound, RestFailure, Unreachable
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.resources import EndpointView
from widgets import import_words, interchange
from widgets.import_words import ImportStep
from widgets.main_window import MainWindow

if TYPE_CHECKING:
    from widgets.import_sheet import ImportSheet

_AT_ONCE = 8

translate = QCoreApplication.translate


@dataclass
class _Run:
    """What one import has done: the way back."""

    added: list[str] = field(default_factory=list)
    changed: list[tuple[str, Fields]] = field(default_factory=list)
    failed: int = 0
    is_stopped: bool = False

    @property
    def done(self) -> int:
        """How many rows were carried out."""
        return len(self.added) + len(self.changed)


class ImportingPresenter:
    """Import.

    Args:
        window: Has the sheet, and is the parent of the file picker.
        rest: Adds, changes and takes back.
        store: Knows what is watched already.
        tasks: Owns reading and importing.
        toasts: Says what was done and offers the way back.
    """

    def __init__(
        self,
        window: MainWindow,
        rest: Rest,
        store: Store,
        tasks: TaskOwner,
        toasts: ToastsPresenter,
    ) -> None:
        self._window, self._rest, self._store = window, rest, store
        self._tasks, self._toasts = tasks, toasts
        self._model = ImportTableModel(window)
        self._planned: tuple[Planned, ...] = ()
        # Which opening of the sheet this is: what an earlier one read must not be shown.
        self._opening = 0
        self._run: _Run | None = None
        self._model.choice_changed.connect(self._show_totals)
        window.sheets.imports.then(self._connect)

    @property
    def _sheet(self) -> "ImportSheet":
        return self._window.files.imports

    def _connect(self, sheet: "ImportSheet") -> None:
        sheet.set_model(self._model)
        sheet.chosen_all.connect(self._model.choose_all)
        sheet.another_requested.connect(self.choose)
        sheet.confirmed.connect(self._start)
        sheet.stopped.connect(self._stop)
        sheet.cancelled.connect(self._forget)

    def choose(self) -> None:
        """Ask for a file."""
        interchange.ask_which(
            self._window,
            translate("presenters", "Import endpoints"),
            [
                translate("presenters", "All that can be read")
                + " (*.json *.yaml *.yml *.db *.csv *.tsv *.txt)",
                translate("presenters", "All files") + " (*)",
            ],
            self.open,
        )

    def open(self, path: str) -> None:
        """Read a file and show what it would bring."""
        if self._run is not None:
            return
        self._opening += 1
        self._planned = ()
        self._model.show_lines(())
        self._sheet.open_reading(Path(path).name)
        self._tasks.spawn(self._read(Path(path), self._opening), "read a file")

    async def _read(self, path: Path, opening: int) -> None:
        watched = [record.view for record in self._store.records.values()]
        reading, planned, lines = await asyncio.to_thread(_look_at, path, watched)
        if opening != self._opening:
            return
        self._planned = planned
        self._model.show_lines(lines)
        self._sheet.show_file(words_of.source(reading), words_of.of_file(reading), bool(lines))

    def _show_totals(self) -> None:
        chosen = self._model.chosen_counts()
        changing = chosen.get(ImportStep.CHANGE, 0)
        adding = sum(chosen.values()) - changing
        go = import_words.go(adding, changing) if self._planned else ""
        totals = import_words.totals(self._model.counts())
        self._sheet.show_totals(totals, go, can_go=bool(chosen))

    def _start(self) -> None:
        rows = self._model.chosen()
        if self._run is None and rows:
            self._run = _Run()
            self._tasks.spawn(self._carry_out(rows, self._run), f"import {len(rows)}")

    def _stop(self) -> None:
        if self._run is not None:
            self._run.is_stopped = True

    def _forget(self) -> None:
        self._opening += 1
        self._planned = ()
        self._model.show_lines(())

    async def _carry_out(self, rows: Sequence[int], run: _Run) -> None:
        left = iter(rows)
        self._sheet.show_progress(0, len(rows))
        try:
            async with asyncio.TaskGroup() as group:
                for number in range(_AT_ONCE):
                    group.create_task(self._work(left, len(rows), run), name=f"import {number}")
        finally:
            self._run = None
            self._sheet.show_ended()
            self._show_totals()
        self._offer_way_back(run)
        if not run.failed and not run.is_stopped:
            self._sheet.close_sheet()
            self._forget()

    async def _work(self, left: Iterator[int], count: int, run: _Run) -> None:
        for row in left:
            if run.is_stopped:
                return
            failure = await self._one(self._planned[row], run)
            if failure is None:
                self._model.show_outcome(row, ImportStep.DONE, "")
            else:
                run.failed += 1
                # Nobody is there: asking for all the others would only take its time.
                run.is_stopped |= isinstance(failure, Unreachable)
                self._model.show_outcome(row, ImportStep.FAILED, why(failure))
            self._sheet.show_progress(run.done + run.failed, count)

    async def _one(self, planned: Planned, run: _Run) -> RestFailure | None:
        """Carry out one row and note the way back."""
        answer: EndpointView | RestFailure
        if planned.step is Step.CHANGE and planned.changes is not None:
            answer = await self._rest.patch(planned.endpoint_id, planned.changes)
            if isinstance(answer, RestFailure):
                return answer
            run.changed.append((planned.endpoint_id, planned.before or {}))
        elif planned.row.draft is not None:
            draft: dict[str, JsonValue] = planned.row.draft.model_dump(mode="json", by_alias=True)
            answer = await self._rest.create(draft)
            if isinstance(answer, RestFailure):
                return answer
            run.added.append(answer.id)
        return None

    def _offer_way_back(self, run: _Run) -> None:
        if not run.done:
            return
        added, changed = len(run.added), len(run.changed)
        if added and changed:
            words = translate("presenters", "Import: {added} added, {changed} changed")
        elif changed:
            words = translate("presenters", "Import: {changed} changed")
        else:
            words = translate("presenters", "Import: {added} added")
        self._toasts.offer(
            words.format(added=f"{added:,}", changed=f"{changed:,}"),
            translate("presenters", "Undo"),
            lambda: self._undo(run),
        )

    def _undo(self, run: _Run) -> None:
        self._tasks.spawn(self._take_back(run), "undo an import")

    async def _take_back(self, run: _Run) -> None:
        room, failures = asyncio.Semaphore(_AT_ONCE), list[RestFailure]()

        async def one(key: str, before: Fields | None) -> None:
            async with room:
                if before is None:
                    answer: object = await self._rest.delete(key)
                else:
                    answer = await self._rest.patch(key, before)
            # What is gone already was taken back by somebody else.
            if isinstance(answer, RestFailure) and not isinstance(answer, NotFound):
                failures.append(answer)

        back: list[tuple[str, Fields | None]] = [(key, None) for key in run.added]
        async with asyncio.TaskGroup() as group:
            for key, before in (*back, *run.changed):
                group.create_task(one(key, before), name=f"take back {key}")
        if failures:
            self._toasts.command_failed(translate("presenters", "Could not undo"), failures[0])
        else:
            self._toasts.say("info", translate("presenters", "The import was taken back"))


def _look_at(
    path: Path, watched: Sequence[EndpointView]
) -> tuple[Reading, tuple[Planned, ...], list[ImportLine]]:
    """Return what a file holds, what would become of it, and that in words."""
    # Loaded here, in the thread: YAML and SQLite take 1.7 MB, and few ever import a file.
    reading: Reading = importlib.import_module("app.interchange.readers").read_file(path)
    planned = plan(reading, watched)
    lines = [
        ImportLine(
            each.row.name,
            each.row.address,
            ImportStep(each.step),
            words_of.of_row(each, reading),
            each.is_chosen,
        )
        for each in planned
    ]
    return reading, planned, lines
