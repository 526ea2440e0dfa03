"""Endpoints, checks and reports leave a real backend as files: by keyboard and by mouse."""

import asyncio
import csv
import io
import json
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.interchange.plan import Step, plan
from app.interchange.readers import read_file
from app.presenters.exporting import ExportingPresenter
from app.presenters.toasts import ToastsPresenter
from app.services.failures import RestFailure
from app.state.store import Store
from app.tasks import TaskOwner
from backend.cli.transfer import import_
from backend.contract.resources import EndpointView
from backend.contract.vocabulary import Period
from tests.app.services.conftest import Served
from tests.app.state.builders import snapshot, state
from tests.helpers.waiting import done
from widgets.export_sheet import ExportKind
from widgets.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Desk:
    """A window, and behind it a real backend with two endpoints."""

    window: MainWindow
    exporting: ExportingPresenter
    served: Served
    tasks: TaskOwner
    shop: str
    blog: str

    async def save(self, kind: ExportKind, path: Path, period: Period = Period.DAY) -> None:
        self.exporting.open(kind)
        self.window.files.exports.periods.set_period(period)
        self.exporting.save(str(path))
        await done(self.tasks, timeout=30)


@pytest.fixture
async def desk(window: MainWindow, store: Store, served: Served, tasks: TaskOwner) -> Desk:
    made = []
    for name in ("Shop", "=Blog()"):
        fields = {
            "name": name,
            "url": "http://u:hunter2@127.0.0.1:9/",
            "checkInterval": 86_400,
            "headers": {"Authorization": "Bearer t0ken"},
        }
        view = await served.rest.create(fields)
        assert not isinstance(view, RestFailure)
        made.append(view)
    store.replace(snapshot(*(state(it.id, **dict(EndpointView(**dict(it)))) for it in made)))
    toasts = ToastsPresenter(window.toasts, store, print)
    presenter = ExportingPresenter(window, served.rest, store, tasks, toasts)
    files = window.header.files
    files.export_requested.connect(lambda: presenter.open(ExportKind.ENDPOINTS))
    files.report_requested.connect(lambda: presenter.open(ExportKind.REPORT))
    window.show()
    window.activateWindow()
    return Desk(window, presenter, served, tasks, made[0].id, made[1].id)


async def test_endpoints_are_exported_with_the_keyboard_alone(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    sheet = desk.window.files.exports
    qtbot.keyClick(desk.window, Qt.Key.Key_E, CTRL)
    assert sheet.is_open
    assert sheet.kind is ExportKind.ENDPOINTS
    for _ in range(12):
        if desk.window.focusWidget() is sheet.go_button:
            break
        qtbot.keyClick(desk.window.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(sheet.go_button, Qt.Key.Key_Return)
    picker = desk.window.findChild(QFileDialog)
    field = picker.findChild(QLineEdit, "fileNameEdit")
    assert field.text().startswith("vigil-endpoints-")
    field.selectAll()
    path = tmp_path / "mine.json"
    qtbot.keyClicks(field, str(path), delay=5)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    await done(desk.tasks)
    assert not sheet.is_open
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"hunter2" not in path.read_bytes()
    assert b"t0ken" not in path.read_bytes()
    (toast,) = desk.window.toasts.toasts()
    assert toast.title == "Saved mine.json"
    assert toast.detail == "Endpoints: 2, secrets left out: 4"
    page = await desk.served.rest.endpoints()
    assert not isinstance(page, RestFailure)
    assert {each.step for each in plan(read_file(path), page.data)} == {Step.SKIP}


async def test_checks_of_a_chosen_endpoint_are_exported_with_the_mouse_alone(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    await desk.served.take_down(desk.shop)
    sheet, files = desk.window.files.exports, desk.window.header.files
    qtbot.mouseClick(files, LEFT)
    export = files.choices.actions()[1]
    qtbot.mouseClick(files.choices, LEFT, pos=files.choices.actionGeometry(export).center())
    qtbot.mouseClick(sheet.chip(ExportKind.RESULTS), LEFT)
    rows = sheet.endpoints
    first = rows.visualRect(rows.model().index(0, 0))  # "=Blog()", by name
    qtbot.mouseClick(rows.viewport(), LEFT, pos=first.center())
    assert rows.chosen() == [desk.shop]
    qtbot.mouseClick(sheet.go_button, LEFT)
    path = tmp_path / "checks.csv"
    desk.window.findChild(QFileDialog).fileSelected.emit(str(path))
    await done(desk.tasks)
    head, *cells = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    told = await desk.served.rest.check_results(desk.shop)
    assert not isinstance(told, RestFailure)
    assert len(cells) == told.total >= 3
    failed = [row for row in cells if row[head.index("status")] == "failure"]
    assert failed[0][head.index("errorMessage")] == "Expected status 200, got 503"
    assert "hunter2" not in path.read_text("utf-8")
    times = [row[head.index("checkedAt")] for row in cells]
    assert times == sorted(times, reverse=True)


async def test_a_name_that_is_a_formula_is_a_text_in_the_table(desk: Desk, tmp_path: Path) -> None:
    await desk.served.check(desk.blog)
    await desk.save(ExportKind.RESULTS, tmp_path / "checks.csv")
    names = {line.partition(",")[0] for line in (tmp_path / "checks.csv").read_text().split("\n")}
    assert "'=Blog()" in names
    assert "=Blog()" not in names


async def test_a_report_is_a_pdf_with_the_fonts_in_it(desk: Desk, tmp_path: Path) -> None:
    await desk.served.take_down(desk.shop)
    path = tmp_path / "report.pdf"
    await desk.save(ExportKind.REPORT, path, Period.WEEK)
    content = path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"Pretendard" in content
    assert b"/FontFile" in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (toast,) = desk.window.toasts.toasts()
    assert (toast.title, toast.detail) == ("Saved report.pdf", "Endpoints: 2")


async def test_a_report_key_opens_the_sheet_for_a_report(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClick(desk.window, Qt.Key.Key_P, CTRL)
    sheet = desk.window.files.exports
    assert sheet.kind is ExportKind.REPORT
    assert sheet.periods.isVisible()
    sheet.chip(ExportKind.ENDPOINTS).click()
    assert not sheet.periods.isVisible()


async def test_a_file_that_cannot_be_written_is_said_and_the_sheet_stays(
    desk: Desk, tmp_path: Path
) -> None:
    await desk.save(ExportKind.ENDPOINTS, tmp_path / "none" / "out.json")
    sheet = desk.window.files.exports
    assert sheet.is_open
    assert "The file cannot be written: No such file or directory." in _texts(desk.window)
    assert sheet.go_button.isEnabled()


async def test_without_a_backend_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    await desk.served.rest.set_address(None)
    path = tmp_path / "report.pdf"
    path.write_bytes(b"the one before")
    for kind in (ExportKind.REPORT, ExportKind.RESULTS):
        await desk.save(kind, path)
        assert any("no connection right now" in text for text in _texts(desk.window))
        assert path.read_bytes() == b"the one before"
    assert _files(tmp_path) == ["report.pdf"]


async def test_an_export_that_is_stopped_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    desk.exporting.open(ExportKind.RESULTS)
    desk.exporting.save(str(tmp_path / "checks.csv"))
    desk.window.files.exports.stopped.emit()
    await done(desk.tasks)
    assert _files(tmp_path) == []
    assert desk.window.files.exports.go_button.isEnabled()


async def test_an_export_can_be_read_by_the_command_line_too(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    await desk.save(ExportKind.ENDPOINTS, path)
    assert await asyncio.to_thread(import_, tmp_path / "elsewhere", path, apply=True) == 0
    assert {it["name"] for it in json.loads(path.read_bytes())["endpoints"]} == {"Shop", "=Blog()"}


def _files(folder: Path) -> list[str]:
    """Return the names of the files in a folder, but for the backend's own."""
    return [path.name for path in folder.iterdir() if path.name != "data"]


def _texts(window: MainWindow) -> list[str]:
    sheet = window.files.exports
    return [label.text() for label in sheet.findChildren(type(sheet._problem))]
