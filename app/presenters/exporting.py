"""Takes endpoints, checks or a report out as a file.

Wired to the file menu by the composition root. It asks the backend, writes in a thread, and says
what was saved and what was left out.
"""

import asyncio
import importlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.interchange import results_table, vigil_file
from app.interchange.results_table import PrivateFile
from app.presenters.reporting import report_of
from app.presenters.toasts import ToastsPresenter, why
from app.services.failures import NotFound, RestFailure
from app.services.rest import Rest
from app.state.store import Store
from app.tasks import TaskOwner
from backend.contract.resources import CheckResultView, EndpointView
from backend.contract.vocabulary import Period
from widgets import interchange
from widgets.export_sheet import ExportKind, ExportSheet
from widgets.main_window import MainWindow
from widgets.pages import Page
from widgets.report_values import Report

_PAGE = 1000
_SPANS = {Period.DAY: timedelta(days=1), Period.WEEK: timedelta(days=7)}
_LONGEST_SPAN = timedelta(days=30)
_MILLISECOND = timedelta(milliseconds=1)
_SUFFIXES = {ExportKind.ENDPOINTS: "json", ExportKind.RESULTS: "csv", ExportKind.REPORT: "pdf"}

translate = QCoreApplication.translate


class ExportingPresenter:
    """Export and reports.

    Args:
        window: Has the sheet, and is the parent of the file picker.
        rest: Brings what is not in the store.
        store: Knows the endpoints.
        tasks: Owns an export while it runs.
        toasts: Says what was saved.
        now: The present time (aware).
    """

    def __init__(
        self,
        window: MainWindow,
        rest: Rest,
        store: Store,
        tasks: TaskOwner,
        toasts: ToastsPresenter,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._window, self._rest, self._store = window, rest, store
        self._tasks, self._toasts, self._now = tasks, toasts, now
        self._running: asyncio.Task[None] | None = None
        window.sheets.exports.then(self._connect)

    @property
    def _sheet(self) -> ExportSheet:
        return self._window.files.exports

    def _connect(self, sheet: ExportSheet) -> None:
        sheet.confirmed.connect(self._ask)
        sheet.stopped.connect(self._stop)

    def open(self, kind: ExportKind) -> None:
        """Open the sheet, with what the window speaks of already chosen."""
        views = [record.view for record in self._store.records.values()]
        names = sorted(((it.id, it.name) for it in views), key=lambda pair: pair[1].casefold())
        told = self._window.target_ids()
        if self._window.page != Page.ENDPOINT and len(told) < 2:
            told = [it.id for it in views]
        self._sheet.open_for(kind, names, set(told))

    def _ask(self) -> None:
        kind, day = self._sheet.kind, self._now().astimezone()
        names = {
            ExportKind.ENDPOINTS: "vigil-endpoints",
            ExportKind.RESULTS: "vigil-checks",
            ExportKind.REPORT: "vigil-report",
        }
        suffix = _SUFFIXES[kind]
        interchange.ask_where(
            self._window,
            translate("presenters", "Save as"),
            f"{names[kind]}-{day:%Y-%m-%d}.{suffix}",
            f"{suffix.upper()} (*.{suffix})",
            self.save,
        )

    def save(self, path: str) -> None:
        """Do what the sheet says, into this file."""
        if self._running is None:
            self._running = self._tasks.spawn(self._save(Path(path)), "export")

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    async def _save(self, path: Path) -> None:
        kind, period = self._sheet.kind, self._sheet.period
        views = self._chosen()
        problem = ""
        try:
            self._sheet.show_progress(0, len(views))
            outcome = await self._made(kind, path, views, period)
            if isinstance(outcome, RestFailure):
                problem = why(outcome)
            else:
                self._sheet.close_sheet()
                words = translate("presenters", "Saved {file}").format(file=path.name)
                self._toasts.say("success", words, outcome)
        except OSError as error:
            words = translate("presenters", "The file cannot be written: {reason}.")
            problem = words.format(reason=error.strerror or type(error).__name__)
        finally:
            self._running = None
            self._sheet.show_problem(problem)

    async def _made(
        self, kind: ExportKind, path: Path, views: Sequence[EndpointView], period: Period
    ) -> str | RestFailure:
        match kind:
            case ExportKind.ENDPOINTS:
                return await self._save_endpoints(path, views)
            case ExportKind.RESULTS:
                return await self._save_results(path, views, period)
            case ExportKind.REPORT:
                return await self._save_report(path, views, period)

    def _chosen(self) -> list[EndpointView]:
        records = self._store.records
        return [records[key].view for key in self._sheet.endpoints.chosen() if key in records]

    async def _save_endpoints(self, path: Path, views: Sequence[EndpointView]) -> str:
        made = vigil_file.document(views, self._now())
        await asyncio.to_thread(_write, path, made.content)
        if not made.secrets:
            return translate("presenters", "Endpoints: {n}").format(n=f"{made.count:,}")
        words = translate("presenters", "Endpoints: {n}, secrets left out: {secrets}")
        return words.format(n=f"{made.count:,}", secrets=f"{made.secrets:,}")

    async def _save_results(
        self, path: Path, views: Sequence[EndpointView], period: Period
    ) -> str | RestFailure:
        end = self._now()
        start, count = end - _SPANS.get(period, _LONGEST_SPAN), 0
        with PrivateFile(path) as file:
            file.write(results_table.head())
            for number, view in enumerate(views):
                before: datetime | None = end
                while before is not None:
                    page = await self._page(view, start, before)
                    if isinstance(page, RestFailure):
                        return page
                    count += len(page)
                    await asyncio.to_thread(file.write, results_table.lines(view, page))
                    before = page[-1].checked_at - _MILLISECOND if len(page) == _PAGE else None
                self._sheet.show_progress(number + 1, len(views))
            await asyncio.to_thread(file.keep)
        return translate("presenters", "Checks: {n}").format(n=f"{count:,}")

    async def _page(
        self, view: EndpointView, start: datetime, end: datetime
    ) -> tuple[CheckResultView, ...] | RestFailure:
        if end < start:
            return ()
        answer = await self._rest.check_results(view.id, span=(start, end), limit=_PAGE)
        if isinstance(answer, NotFound):
            return ()  # deleted meanwhile
        return answer if isinstance(answer, RestFailure) else answer.results

    async def _save_report(
        self, path: Path, views: Sequence[EndpointView], period: Period
    ) -> str | RestFailure:
        now = self._now()
        span = _SPANS.get(period, _LONGEST_SPAN)
        progress = self._sheet.show_progress
        told = await report_of(self._rest, views, period, (now - span, now), progress)
        if isinstance(told, RestFailure):
            return told
        content = await asyncio.to_thread(_pdf, told, now)
        await asyncio.to_thread(_write, path, content)
        return translate("presenters", "Endpoints: {n}").format(n=f"{len(told.endpoints):,}")


def _pdf(told: Report, now: datetime) -> bytes:
    """Return the report as a PDF file; what lays it out is loaded for it."""
    content: bytes = importlib.import_module("widgets.report").pdf(told, now)
    return content


def _write(path: Path, content: bytes) -> None:
    with PrivateFile(path) as file:
        file.write(content)
        file.keep()
